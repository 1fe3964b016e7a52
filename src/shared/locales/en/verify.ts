import type { Messages } from '../words.ts';

/** What `joulebench verify` can find. */
export const verifyWords = {
  notSealed: 'The session has no manifest: it was not finished, so nothing proves that its files are complete.',
  traceRemoved:
    'The trace {path} was deleted on {at} to save space: the energy figures cannot be computed from it again.',
  fileMissing: 'File {path} is missing.',
  fileChanged: 'File {path} was changed: its SHA-256 is {found}, the manifest says {expected}.',
  fileAdded: 'File {path} is not in the manifest: it was added later.',
  journalDamaged: 'The journal was changed or is damaged at line {line} ({reason}).',
  journalCut: 'The journal ends in the middle of a record: {bytes} bytes were cut off.',
  journalDiffers:
    'The journal has {found} records ending in {foundHash}; the manifest says {expected} records ending in {expectedHash}.',
  noOpening: 'The journal does not begin with the opening of a session.',
  figureDiffers:
    'Run {runId}: {figure} is {recorded} in the record but {recomputed} when computed again from the raw records.',
  judgementDiffers: 'Run {runId}: rule {rule} says {recorded} in the record but {recomputed} when judged again.',
  notJudged: 'Run {runId} was never judged.',
  traceDiffers: 'Run {runId}: the trace gives {recomputed} for {figure}, the record says {recorded}.',
  traceDiffersMore:
    'Run {runId}: the trace gives another value for one further figure. | Run {runId}: the trace gives other values for {count} further figures.',
  traceUnreadable: 'Run {runId}: its trace {path} cannot be read ({reason}).',
  fileNotReproduced: 'File {path} differs from what the raw records give.',
  signaturesUnreadable: 'The signatures cannot be read ({reason}): nobody can be taken to have signed this session.',
  signatureForged: 'The signature of {name} is not genuine: what it says was changed, or it was made with another key.',
  signatureOther: 'The signature of {name} was made for session {session}, not for this one.',
  signatureFileChanged: 'File {path} was changed after {name} signed: the signature does not hold any more.',
  signatureFileMissing: 'File {path} was removed after {name} signed: the signature does not hold any more.',
  signatureFileAdded: 'File {path} was added after {name} signed: the signature does not hold any more.',
  signatureSealChanged:
    'The manifest was made anew or removed after {name} signed: the signature does not hold any more.',
  signatureJournalChanged: 'The journal was changed after {name} signed: the signature does not hold any more.',
  signatureVerdictsDiffer: 'The verdicts that {name} signed are not those of the journal: the signature does not hold.',
  signatureSameKey: 'One key signed as operator and as reviewer: nobody else has looked at this session.',
  signatureSameName: 'Operator and reviewer have the same name: nobody else may have looked at this session.',
  signatureKeyName: 'The key of {name} is known here as {known}.',
  signatureOtherKey:
    'On this computer {name} has signed with another key before ({fingerprint}): ask them whether this one is theirs as well.',
  knownKeysUnreadable: 'The list of known keys cannot be used ({reason}): every key counts as new.',
  signedReportMissing: 'The report with the signatures on it ({path}) is missing.',
  signedReportChanged: 'The report with the signatures on it ({path}) was changed after it was made.',
  signedReportForged:
    'What is recorded about the report with the signatures on it ({path}) comes from none of the signers.',
  otherVersion: 'The session was written by version {version}; result files are compared by their hashes only.',
} as const satisfies Messages;
