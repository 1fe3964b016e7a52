/** Words about recipes, limits and batches that screens, command line and reports share. */
export const recipeWords = {
  figure: { throughput: 'Throughput', top1: 'Top-1', auc: 'AUC', energy: 'Energy per inference' },
  outcome: { pass: 'PASS', fail: 'FAIL', undecided: 'NOT DECIDED' },
  limit: {
    throughput: 'Throughput at least {bound}',
    top1: 'Top-1 at least {bound}',
    auc: 'AUC at least {bound}',
    energy: 'Energy per inference at most {bound}',
    qualityTarget: 'Quality target met',
    verdict: { valid: 'Measurement valid', remarks: 'Measurement valid, remarks allowed' },
    regression: '{figure} at most {share} worse than the baseline',
  },
  bound: { atLeast: 'at least {bound}', atMost: 'at most {bound}' },
  reason: {
    withinUncertainty: 'Cannot be decided within the uncertainty.',
    noUncertainty: 'The energy has no uncertainty, so nothing can be decided.',
    notMeasured: 'Not measured.',
    invalid: 'The measurement is not valid, so it decides nothing.',
    noTarget: 'There is no quality target for these inputs.',
    otherBench: 'Only one of unit and baseline is simulated.',
  },
  state: { running: 'Running', interrupted: 'Interrupted', putAside: 'Put aside', ended: 'Done' },
  notCounted: 'Measured again later; does not count.',
  rule: 'Decision rule: an energy passes when it lies below its limit by at least its expanded uncertainty, fails when it lies above by at least as much, and cannot be decided in between (ILAC-G8:2019, guard band w = U). Throughput, top-1 and AUC are accepted simply.',
};
