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
} satisfies Record<string, FaultWords>;
