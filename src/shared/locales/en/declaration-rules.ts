import type { Messages } from '../words.ts';

/** Words of the rules that go by what a submission declares; messages of wrong answers stand under the question. */
export const declarationRuleWords = {
  'DIV-01': {
    title: 'Closed: the weights of the reference',
    explanation:
      'In the closed division everybody runs the same weights; they may be quantised with the calibration set, and not trained again, replaced, pruned or changed while the time runs. Files show it only in part, so the rule goes by the checklist, and compares model files among the code with the official ones.',
    remedy:
      'Use the weights of the reference, or submit to the open division. Where it cannot be decided from the files, compare the weights by hand.',
    passed: 'The checklist declares it, and no model file speaks against it.',
    outsideCalibration: 'The checklist says that data outside the calibration set were used to calibrate the weights.',
    retraining: 'The checklist says that the model was trained again.',
    weightReplacement: 'The checklist says that weights were replaced or supplemented.',
    pruning: 'The checklist says that weights other than zero were discarded.',
    timedWeights: 'The checklist says that weights change while the time runs.',
    forbidden: 'The checklist says that a forbidden technique was used.',
    congruent: 'The checklist says that the submission does not keep to the rules.',
    described: 'The description of {system} speaks of training. Compare the weights by hand.',
    otherModel:
      'A model file among the code is not, byte for byte, an official one: {first}. Compare its weights by hand. | {count} model files among the code are not, byte for byte, official ones; the first is {first}. Compare their weights by hand.',
  },
  'DIV-02': {
    title: 'Closed: processing as in the reference',
    explanation:
      'Pre- and post-processing are not timed, so in the closed division they have to be those of the reference.',
    remedy:
      'Process as the reference does, or submit to the open division. Where it cannot be decided from the files, read the code.',
    passed: 'The checklist declares it.',
    referenceProcessing: 'The checklist says that pre- or post-processing differs from the reference.',
  },
  'DIV-04': {
    title: 'The same code in all modes',
    explanation: 'A figure of speed holds only for the code whose accuracy was shown.',
    remedy:
      'Measure accuracy and performance with the same code. Where it cannot be decided from the files, compare the images by hand.',
    passed: 'The checklist declares it, and the logs do not speak against it.',
    sameCode: 'The checklist says that accuracy and performance ran different code.',
    otherFirmware:
      'In {folder} the device names itself, its firmware or its results otherwise than in another mode (RUN-11). | In {count} folders the device names itself, its firmware or its results otherwise than in another mode (RUN-11); the first is {folder}.',
  },
  'DIV-05': {
    title: 'Nothing is cached',
    explanation:
      'Every inference has to be computed anew, without knowledge of inputs that came before or are to come. A streaming model may keep what it computed for earlier frames of the same stream.',
    remedy: 'Compute every inference from its input. Where it cannot be decided from the files, read the code.',
    passed: 'The checklist declares it, and no window got faster with an input that had been there before.',
    caching: 'The checklist says that inputs, responses or intermediate values are cached.',
    foreknowledge: 'The checklist says that knowledge of the test is made use of.',
    faster:
      'A later window with the input {input} took {percent} % less time an inference than an earlier one. | {count} later windows took less time an inference than earlier ones with the same input, with {input} by {percent} %.',
  },
  'CAT-01': {
    title: 'Available: to be had by everybody',
    explanation:
      'Hardware and software of an available system can be bought or downloaded on the day of submission, were delivered to a third party, and there is public evidence for it.',
    remedy:
      'Submit as preview or rdi, or name the evidence. Where it cannot be decided from the files, look for the offer.',
    passed: 'The checklist declares it.',
    noAvailable: 'No system is of the category available.',
    availability: 'The checklist says that a system of the category available cannot be had by everybody.',
  },
  'CAT-02': {
    title: 'Preview: available in time',
    explanation:
      'A preview has to be available at the next submission after 140 days, with at most 2 % lower performance.',
    remedy: 'Submit the system again in time. Compare with the results of the later round.',
    noPreview: 'No system is of the category preview.',
    previewPlan: 'The checklist says that a system of the category preview will not be available in time.',
    later:
      'The system {system} is a preview: it has to be available in round {next}, at most 2 % slower. Compare with that round by hand. | {count} systems are previews, the first is {system}: they have to be available in round {next}, at most 2 % slower. Compare with that round by hand.',
    undecided:
      'The system {system} is a preview; which submission it has to be available at is not known here. Compare by hand. | {count} systems are previews, the first is {system}; which submission they have to be available at is not known here. Compare by hand.',
  },
  'NAME-01': {
    title: 'The name of a result',
    explanation:
      'A reviewed result of the closed division is called "MLPerf", one of the open division "MLPerf Open". Figures that nobody reviewed must not use the name.',
    remedy: 'Use a neutral heading for figures that were not reviewed, and say "Open" for those of the open division.',
    passed: 'No text of the package uses the name where it must not.',
    failed: 'A result of the open division is called one of MLPerf without "Open": {text}',
    unverified: 'Figures that nobody reviewed are called results of MLPerf: {text}',
  },
  'CLS-01': {
    title: 'Single stream only',
    explanation: 'The benchmark for small devices has one scenario: one input after the other.',
    remedy: 'Leave other scenarios out of the package.',
    passed: 'Nothing speaks of another scenario.',
    failed: 'There is another scenario than the single stream: {scenario}',
  },
} as const satisfies Messages;
