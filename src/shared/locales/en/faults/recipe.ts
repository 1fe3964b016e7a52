import type { FaultWords } from '../../words.ts';

export const recipeFaultWords = {
  'recipe.unknown': {
    what: 'There is no recipe {recipe}.',
    causes: ['It was removed, on this page or in another window.', 'Its id is misspelled.'],
    remedies: ['Look at the list of recipes.', 'Import it from a file.'],
  },
  'recipe.notARecipe': {
    what: '{path} is no recipe that can be used ({reason}: {detail}). The file was left as it is.',
    causes: ['It is another kind of file.', 'It was edited by hand, or cut short while it was copied.'],
    remedies: ['Mend the member that is named.', 'Take the copy that was exported from Joulebench.'],
  },
  'recipe.contradicts': {
    what: 'The recipe contradicts itself ({problem}) and was not saved.',
    causes: ['A limit is about a workload, a mode or a baseline that the recipe does not have.'],
    remedies: ['Open the recipe, follow the remark beside the limit, and save again.'],
  },
  'recipe.fixed': {
    what: '{extra} cannot stand beside --recipe: the recipe says what is measured and how.',
    causes: ['The command was made from one without a recipe.'],
    remedies: ['Leave {extra} out.', 'Change the recipe, or run without it.'],
  },
  'recipe.noBaseline': {
    what: 'Session {sessionId} has no judged figure that could serve as a baseline.',
    causes: ['Its runs were interrupted.'],
    remedies: ['Choose a finished session.', 'Resume that session first.'],
  },
  'recipe.batchUnknown': {
    what: 'There is no batch {batch}.',
    causes: ['Its file was moved or deleted outside Joulebench.', 'Its id is misspelled.'],
    remedies: ['Look at the list of batches.'],
  },
  'recipe.batchFull': {
    what: 'Batch {batch} holds {most} units, which is the most that one batch takes.',
    causes: ['Many units were measured, or some of them many times.'],
    remedies: ['Begin a new batch with the same recipe.'],
  },
  'recipe.batchEmpty': {
    what: 'Batch {batch} has no unit yet: there is nothing to write.',
    causes: ['No unit has come to an end.'],
    remedies: ['Measure a unit first.'],
  },
  'recipe.nothingUnderWay': {
    what: 'No unit of batch {batch} is under way.',
    causes: ['It ended, or was put aside in another window.'],
    remedies: ['Start the next unit.'],
  },
  'recipe.unitUnderWay': {
    what: 'Unit {serial} of batch {batch} has not come to an end.',
    causes: [
      'It is being measured in another window or program.',
      'It was interrupted, and nobody has decided about it.',
    ],
    remedies: ['Resume it or put it aside on the page of the batch.'],
  },
  'recipe.badSerial': {
    what: 'Serial {serial} does not look as the recipe wants it: {pattern}.',
    causes: ['Another label of the unit was scanned.', 'The serial was mistyped.'],
    remedies: ['Scan or type the serial again.', 'Change the pattern in the recipe.'],
  },
  'recipe.unitKnown': {
    what: 'Unit {serial} already has a result in batch {batch}.',
    causes: ['The unit was taken from the wrong tray.', 'It is to be measured again.'],
    remedies: [
      'Take the next unit.',
      'Say --again to measure it once more: both results are kept, the last one counts.',
    ],
  },
} satisfies Record<string, FaultWords>;
