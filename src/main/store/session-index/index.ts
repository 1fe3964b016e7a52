export { createMemoryIndex } from './memory-index.ts';
export { indexFile, openSessionIndex, removeIndex } from './open.ts';
export type { FoundSession, IndexedFigure, IndexedRun, IndexedSession, IndexEntry, SessionIndex } from './types.ts';
