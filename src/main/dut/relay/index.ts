export { openRelay } from './relay.ts';
export type { Relay, RelayCommandOptions, RelayLap, RelayOptions } from './relay.ts';
