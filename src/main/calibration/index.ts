export {
  applicableCertificates,
  certificateMismatch,
  certificateState,
  correctionFrom,
  openCertificates,
  parseCertificate,
  summariseCertificate,
} from './certificate/index.ts';
export type {
  ApplicableCertificate,
  CertificateList,
  CertificateStore,
  CertificateUse,
  ParsedCertificate,
} from './certificate/index.ts';
export { conduct } from './engine/conduct.ts';
export type { Beginning } from './engine/conduct.ts';
export { openCalibrationJournal, readCalibrationJournal } from './engine/journal.ts';
export type { CalibrationJournal } from './engine/journal.ts';
export { loadsFor } from './engine/places.ts';
export type { BenchHands, CalibrationPorts, LiveReading, Operator } from './engine/ports.ts';
export type { CalibrationEvent, CalibrationState, Opening } from './engine/state.ts';
export { findProcedure, readProcedures } from './procedures.ts';
export { startCalibration } from './service.ts';
export type { CalibrationOperation, CalibrationRequest, CalibrationResult } from './service.ts';
