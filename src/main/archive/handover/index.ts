export { placeImport, prepareImport, unpackTree } from './import.ts';
export { zipSessions } from './zip-sessions.ts';
