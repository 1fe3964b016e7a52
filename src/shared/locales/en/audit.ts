import type { Messages } from '../words.ts';

/** Words of an audit: what the official checker says, and the table of the command line. */
export const auditWords = {
  official: {
    notLookedAt: 'The folder is not one that it looks at.',
    noResults: 'results.txt is missing.',
    noPattern: 'It finds no figure in results.txt.',
    fileList: 'The list of files is not the expected one (a message only).',
    target: 'The printed accuracy of {value} is below {target}.',
    streaming: '{falseNegatives} misses and {falsePositives} false alarms; 8 of each are allowed.',
    ownRunner: 'It accepts the official runners only.',
  },
  table: {
    folder: 'folder',
    figure: 'figure',
    published: 'published',
    recomputed: 'recomputed',
    agrees: 'agrees',
    verdict: 'verdict',
    findings: 'findings',
    yes: 'yes',
    no: 'NO',
    unknown: '–',
    throughput: 'inf./s',
    energy: 'uJ/inf.',
    top1: 'top-1',
    auc: 'AUC',
    streaming: 'heard/missed/false',
    none: 'none',
  },
  verdict: { valid: 'valid', remarks: 'remarks', invalid: 'INVALID' },
  severity: { E: 'error', W: 'warning', I: 'remark' },
  finding: '  {severity} {rule} {message}',
  place: '      {place}',
  line: '{file}, line {line}',
  junit: {
    name: 'audit',
    package: 'package',
    figures: 'figures',
    notCompared: 'No printed figure could be compared.',
    agree: 'All {count} printed figures came out again.',
    differ:
      '{count} printed figures did not come out again; the first is {figure}: printed {published}, recomputed {recomputed}.',
    windowsMissing: 'Windows were printed that the raw files do not have.',
  },
  packageTitle: 'The package:',
  officialAccepts: '  The official checker accepts this result.',
  officialRefuses: '  The official checker refuses this result: {reasons}',
  simulated: 'SIMULATED',
  summary:
    '{runs} run: the printed figures of {agree} agree, {disagree} disagree, {notCompared} could not be compared. Findings: {E} errors, {W} warnings, {I} remarks. | {runs} runs: the printed figures of {agree} agree, {disagree} disagree, {notCompared} could not be compared. Findings: {E} errors, {W} warnings, {I} remarks.',
} as const satisfies Messages;
