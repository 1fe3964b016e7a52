import type { Messages } from '../words.ts';

/** What `joulebench verify` can find. */
export const verifyWords = {
  notSealed: 'The session has no manifest: it was not finished, so nothing proves that its files are complete.',
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
  traceUnreadable: 'Run {runId}: its trace {path} cannot be read ({reason}).',
  fileNotReproduced: 'File {path} differs from what the raw records give.',
  otherVersion: 'The session was written by version {version}; result files are compared by their hashes only.',
} as const satisfies Messages;
