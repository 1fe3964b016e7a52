import { applyPackageRule, packageRuleBook } from '../../../src/main/rules/index.ts';
import type {
  DeclarationAnswer,
  DeclarationEvidence,
  DeclarationQuestion,
  EntryEvidence,
  PackageEvidence,
  SystemEvidence,
} from '../../../src/main/rules/index.ts';
import type { Finding } from '../../../src/shared/domain/verdict.ts';
import { wordsOf } from './words.ts';
import { ruleWords } from '../../../src/shared/locales/en/rules.ts';

const fields: readonly (readonly [string, string])[] = [
  ['Submitter', 'Org'],
  ['Division', 'Closed'],
  ['Status', 'Available'],
  ['Board Name', 'NUCLEO'],
  ['SoC Name', 'STM32'],
  ['Processor(s) Name', 'Cortex-M4'],
  ['Processor(s) Frequencies', '120 MHz'],
  ['Inference Framework', 'TFLM'],
  ['Quantization Method', 'int8'],
  ['General Compiler(s)', 'gcc'],
];

/** One system with one benchmark, flawless but for what a test changes; fields set to '' are there and empty. */
export function systemOf(
  change: Partial<SystemEvidence> = {},
  changed: Record<string, string | null> = {},
): SystemEvidence {
  const own = new Map(fields);
  for (const [key, value] of Object.entries(changed)) {
    if (value === null) own.delete(key);
    else own.set(key, value);
  }
  return {
    system: 'Board',
    folder: 'closed/Org/results/Board',
    file: 'closed/Org/systems/Board.json',
    exact: true,
    broken: null,
    duplicates: [],
    fields: own,
    entries: [entryOf('kws')],
    ...change,
  };
}

export function entryOf(benchmark: string, change: Partial<EntryEvidence> = {}): EntryEvidence {
  return {
    name: benchmark,
    folder: `closed/Org/results/Board/${benchmark}`,
    benchmark,
    direct: true,
    modes: ['accuracy', 'performance'],
    ...change,
  };
}

/** As a flawless form of a closed submission answers. */
const rightAnswers: Readonly<Record<DeclarationQuestion, 'yes' | 'no'>> = {
  sameCode: 'yes',
  outsideCalibration: 'no',
  retraining: 'no',
  weightReplacement: 'no',
  pruning: 'no',
  timedWeights: 'no',
  forbidden: 'no',
  congruent: 'yes',
  referenceProcessing: 'yes',
  caching: 'no',
  foreknowledge: 'no',
  availability: 'yes',
  previewPlan: 'yes',
};

export function declarationOf(question: DeclarationQuestion, answer: DeclarationAnswer, line = 7): DeclarationEvidence {
  return { question, answer, ref: { file: 'closed/Org/systems/TinyMLPerf_v1.3_Submission_Checklist.pdf', line } };
}

/** A flawless package of one system. */
export function packageOf(change: Partial<PackageEvidence> = {}): PackageEvidence {
  return {
    folder: 'closed/Org',
    round: 'v1.3',
    division: 'closed',
    organisation: 'Org',
    systems: [systemOf()],
    folders: ['code', 'results', 'systems'],
    links: [],
    emptyFolders: [],
    caches: [],
    oddNames: [],
    largeFiles: [],
    checklists: [{ file: 'closed/Org/systems/TinyMLPerf_v1.3_Submission_Checklist.pdf', round: 'v1.3' }],
    hookUps: ['closed/Org/systems/Energy-Hookup.pdf'],
    code: { files: 10, readmes: 1, models: 1 },
    mappedFolders: null,
    personal: [],
    declarations: (Object.entries(rightAnswers) as [DeclarationQuestion, 'yes' | 'no'][]).map(([question, answer]) =>
      declarationOf(question, answer),
    ),
    models: [],
    otherFirmware: [],
    runtimeDrops: [],
    claims: [],
    unverified: false,
    scenarios: [],
    ...change,
  };
}

/** The finding of one rule; throws where its message has no words or words ask for facts that it lacks. */
export function packageFinding(id: string, evidence: PackageEvidence): Finding {
  for (const rule of packageRuleBook) checkWords(applyPackageRule(rule, evidence));
  const rule = packageRuleBook.find((candidate) => candidate.id === id);
  if (!rule) throw new Error(`no rule ${id}`);
  return applyPackageRule(rule, evidence);
}

function checkWords({ rule, message, facts }: Finding): void {
  const words = wordsOf(rule)[message] ?? (ruleWords.common as Record<string, string>)[message];
  if (words === undefined) throw new Error(`${rule} has no words for ${message}`);
  for (const [, name] of words.matchAll(/\{(\w+)\}/g)) {
    if (!Object.hasOwn(facts, name as string)) throw new Error(`${rule} ${message} lacks ${name}`);
  }
}
