export { readImage } from './read.ts';
export type { ReadImageOptions } from './read.ts';
export { hexAddress } from './segments.ts';
