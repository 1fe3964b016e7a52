export { Fault, faultFromRecord, isFault, toFault } from './fault.ts';
export type { FaultKind } from './catalogue/define.ts';
export type { FaultCode, FaultFacts, FaultRecord } from './fault.ts';
export { faultCatalogue } from './catalogue/index.ts';
