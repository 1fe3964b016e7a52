import type { FaultWords } from '../../words.ts';

export const reportFaultWords = {
  'report.failed': {
    what: 'The PDF report could not be made: {reason}',
    causes: ['A defect in Joulebench, or too little memory.'],
    remedies: [
      'Nothing that was measured is lost. Make the report again with: joulebench report SESSION',
      'Send the log to the maintainers.',
    ],
  },
  'report.nothingToCompare': {
    what: '{a} and {b} have no run of the same workload and mode to compare.',
    causes: ['They measured different workloads.', 'They measured the same workload in different modes.'],
    remedies: ['Choose two sessions that have runs of one workload in the same mode.'],
  },
  'report.badPublished': {
    what: 'The table of published results cannot be read: {reason}',
    causes: ['{path} was changed, or is of another version of Joulebench.'],
    remedies: ['Install Joulebench again. Sessions can be compared with each other without the table.'],
  },
  'report.badLimit': {
    what: '"{text}" is no limit.',
    causes: ['A limit is written FIGURE=SIZE: energy=2%, throughput=1%, power=3%, top1=0.5pp, auc=1%.'],
    remedies: ['Name one of {figures}; sizes in % of the baseline, or for top1 and auc in percentage points (pp).'],
  },
  'report.oneSession': {
    what: 'A comparison needs at least two sessions.',
    causes: ['Only {sessions} was named.'],
    remedies: ['Name the baseline first and then what is compared with it: joulebench compare A B'],
  },
  'report.sessionNotFound': {
    what: 'There is no session {session}.',
    causes: ['It is neither a session folder nor the name of one in the folder of sessions.'],
    remedies: ['Give the path of a session folder, or its name as the list of sessions shows it.'],
  },
} satisfies Record<string, FaultWords>;
