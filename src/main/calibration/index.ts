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
