export { explainLayout, planFlash } from './plan/index.ts';
export { hexAddress, readImage } from './image/index.ts';
export type { ReadImageOptions } from './image/index.ts';
export type * from './types.ts';
