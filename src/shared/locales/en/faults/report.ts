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
    what: '{a} and {b} have no energy run of the same workload to compare.',
    causes: ['One of them has no energy run, or an invalid one.', 'They measured different workloads.'],
    remedies: ['Choose two sessions with valid energy runs of one workload.'],
  },
} satisfies Record<string, FaultWords>;
