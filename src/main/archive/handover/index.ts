export { isSessionName, nameProblem } from './entry-name.ts';
export { draftPrefix, dropImport, placeImport, prepareImport } from './import.ts';
export { filesOf, zipSessions } from './zip-sessions.ts';
