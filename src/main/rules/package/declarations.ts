import type { EvidenceRef } from '../../../shared/domain/verdict.ts';

/**
 * What the papers of a submission are asked, as far as a rule hangs on it. The official form asks in its own words; these are the
 * questions behind them. Source: results and submission, sections 9 and 16.
 */
export const declarationQuestions = [
  'sameCode',
  'outsideCalibration',
  'retraining',
  'weightReplacement',
  'pruning',
  'timedWeights',
  'forbidden',
  'congruent',
  'referenceProcessing',
  'caching',
  'foreknowledge',
  'availability',
  'previewPlan',
] as const;
export type DeclarationQuestion = (typeof declarationQuestions)[number];

/** `unanswered`: asked, and open. `unreadable`: the paper cannot be read, or what stands there is no plain answer. */
export type DeclarationAnswer = 'yes' | 'no' | 'unanswered' | 'unreadable';

export interface DeclarationEvidence {
  question: DeclarationQuestion;
  answer: DeclarationAnswer;
  /** The paper, and the line of its text. */
  ref: EvidenceRef;
}

/** Answers that the rules want. */
export const wantedAnswers: Readonly<Record<DeclarationQuestion, 'yes' | 'no'>> = {
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

/** What declarations say about a rule that asks several questions. */
export type Declared =
  | { outcome: 'wrong'; question: DeclarationQuestion; refs: EvidenceRef[] }
  | { outcome: 'right'; refs: EvidenceRef[] }
  /** No E and no W may come of it: a person has to look. */
  | { outcome: 'absent' | 'unanswered' | 'unreadable'; refs: EvidenceRef[] };

/**
 * One wrong answer is enough. Right is what has an answer to one question of every group; groups are alternatives of different forms.
 */
export function declared(
  declarations: readonly DeclarationEvidence[],
  groups: readonly (readonly DeclarationQuestion[])[],
): Declared {
  const questions = groups.flat();
  const own = declarations.filter(({ question }) => questions.includes(question));
  const wrong = own.filter(({ question, answer }) => isPlain(answer) && answer !== wantedAnswers[question]);
  const [first] = wrong;
  if (first) return { outcome: 'wrong', question: first.question, refs: refsOf(wrong) };
  const right = own.filter(({ answer }) => isPlain(answer));
  if (groups.every((group) => right.some(({ question }) => group.includes(question))))
    return { outcome: 'right', refs: refsOf(right) };
  const open = own.filter(({ answer }) => !isPlain(answer));
  if (open.length === 0) return { outcome: 'absent', refs: [] };
  const unanswered = open.some(({ answer }) => answer === 'unanswered');
  return { outcome: unanswered ? 'unanswered' : 'unreadable', refs: refsOf(open) };
}

const isPlain = (answer: DeclarationAnswer): answer is 'yes' | 'no' => answer === 'yes' || answer === 'no';

/** Each place once: one unreadable paper stands for all of its questions. */
function refsOf(declarations: readonly DeclarationEvidence[]): EvidenceRef[] {
  return [...new Map(declarations.map(({ ref }) => [JSON.stringify(ref), ref])).values()];
}
