export { openVirtualProbe } from './probe.ts';
export type { Boot, ProbeChip, ProbeFaults, VirtualProbe, VirtualProbeOptions } from './types.ts';
