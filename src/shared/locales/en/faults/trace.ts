import type { FaultWords } from '../../words.ts';

export const traceFaultWords = {
  'trace.notATrace': {
    what: '{path} is no trace of Joulebench: {reason}',
    causes: ['The file is of another kind.'],
    remedies: ['Import it: joulebench trace import.'],
  },
  'trace.newerVersion': {
    what: '{path} has trace format {found}; this program reads up to {supported}.',
    causes: ['A newer Joulebench wrote it.'],
    remedies: ['Update Joulebench.'],
  },
  'trace.damaged': {
    what: '{path} is damaged at byte {offsetBytes}: {reason}',
    causes: ['The disk or a copy has changed it.'],
    remedies: ['What precedes the damage can be read.', 'Take it from a backup.'],
  },
  'trace.writeFailed': {
    what: 'The trace {path} could not be written on: {reason}',
    causes: ['The disk is full or was removed.'],
    remedies: ['Free space on the disk, then repeat the run.', 'The first {samples} samples are kept and can be read.'],
  },
  'trace.diskTooSmall': {
    what: '{path} would need {neededBytes} bytes; {freeBytes} are free.',
    causes: ['The disk is nearly full.'],
    remedies: ['Free space or choose another folder.'],
  },
  'trace.outOfRange': {
    what: '{fromS} to {toS} s is not inside the trace {path}, which lasts {durationS} s.',
    causes: ['The interval is wrong.'],
    remedies: ['Choose an interval inside the trace.'],
  },
  'trace.unreadable': {
    what: '{path} cannot be read: {reason}',
    causes: ['The file does not exist or may not be read.'],
    remedies: ['Check the path and its permissions.'],
  },
  'trace.voltageNeeded': {
    what: 'The trace of {instrument} holds currents and no voltage, so their energy is not known.',
    causes: ['The instrument did not set the supply, or the imported file does not state it.'],
    remedies: ['Give the supply voltage with --voltage.'],
  },
  'trace.rateNotWhole': {
    what: 'Samples at {sampleRateHz} Hz cannot be summed up to {targetHz} Hz.',
    causes: ['The rate of the trace is no multiple of it.'],
    remedies: ['Export every sample: --rate trace.'],
  },
  'trace.noWindow': {
    what: '{path} has no window {window}; it holds {edges} time marks.',
    causes: ['The run ended before that window.', 'A time mark was lost.'],
    remedies: ['Look at its marks: joulebench trace info.', 'Name an interval: --from and --to.'],
  },
  'trace.none': {
    what: 'Run {runId} of {sessionId} has no trace.',
    causes: ['It is no energy run.', 'It ended before anything was recorded.'],
    remedies: ['Look at another run of the session.'],
  },
  'trace.onlyWhole': {
    what: 'The published format takes {path} as a whole: its time marks count from the first sample.',
    causes: ['--from, --to or --window was given.'],
    remedies: ['Leave them out, or export the interval with --format csv.'],
  },
} satisfies Record<string, FaultWords>;
