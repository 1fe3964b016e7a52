export { ThumbCore } from './core.ts';
export type { Bus, Stop } from './core.ts';
