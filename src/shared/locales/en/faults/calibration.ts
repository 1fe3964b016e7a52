import type { FaultWords } from '../../words.ts';

export const calibrationFaultWords = {
  'calibration.unknownProcedure': {
    what: 'There is no procedure {procedure}.',
    causes: ['The name is misspelt.'],
    remedies: ['Use one of: {known}.'],
  },
  'calibration.badCertificate': {
    what: '{path} is no valid certificate: {reason}',
    causes: ['The file was changed or is of another kind.'],
    remedies: ['Calibrate again, or take the file from a backup.'],
  },
  'calibration.unknownCertificate': {
    what: 'There is no certificate {certificate}.',
    causes: ['The id is misspelt.', 'The certificate was made by another user or on another computer.'],
    remedies: ['See which there are: joulebench calibrate --certificates.'],
  },
  'calibration.certificateMismatch': {
    what: 'Certificate {certificate} cannot be applied: {reason}',
    causes: ['It belongs to another instrument, mode or voltage.'],
    remedies: ['Choose a certificate of this instrument, or run without one.'],
  },
} satisfies Record<string, FaultWords>;
