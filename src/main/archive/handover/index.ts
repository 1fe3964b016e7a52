export { placeImport, prepareImport } from './import.ts';
export { zipSessions } from './zip-sessions.ts';
