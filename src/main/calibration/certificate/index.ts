export {
  certificateChainStart,
  certificateHash,
  formatCertificate,
  parseCertificate,
  sealCertificate,
} from './format.ts';
export type { ParsedCertificate } from './format.ts';
export {
  applicableCertificates,
  certificateMismatch,
  certificateState,
  correctionFrom,
  summariseCertificate,
} from './match.ts';
export type { ApplicableCertificate, CertificateUse } from './match.ts';
export { openCertificates } from './store.ts';
export type { CertificateList, CertificateStore } from './store.ts';
