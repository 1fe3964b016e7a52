export { Fault, faultFromRecord, isFault, toFault } from './fault.ts';
export type { FaultCode, FaultFacts, FaultKind, FaultRecord } from './fault.ts';
export { faultCatalogue } from './catalogue/index.ts';
