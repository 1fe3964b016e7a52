import type { FaultWords } from '../../words.ts';

export const flashFaultWords = {
  'flash.imageMissing': {
    what: 'There is no image {path}.',
    causes: ['The path is misspelt.', 'The firmware was not built yet.'],
    remedies: ['Build it: joulebench firmware build.', 'Name another image.'],
  },
} satisfies Record<string, FaultWords>;
