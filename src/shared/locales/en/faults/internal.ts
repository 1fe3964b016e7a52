import type { FaultWords } from '../../words.ts';

export const internalFaultWords = {
  'internal.unexpected': {
    what: 'Something went wrong inside Joulebench: {message}',
    causes: ['A defect in Joulebench.'],
    remedies: ['Nothing that was measured is lost: open the session again.', 'Send the log to the maintainers.'],
  },
  'operation.cancelled': {
    what: 'The work was stopped before it was finished.',
    causes: ['Stop was chosen, or the window that asked for it was closed.'],
    remedies: ['Start it again, or resume the session where it stopped.'],
  },
} satisfies Record<string, FaultWords>;
