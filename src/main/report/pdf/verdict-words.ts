import type { Text } from '../../../shared/text/index.ts';
import type { SessionView } from '../view.ts';
import { outcomeOf, sessionOutcome, sessionTarget, Words } from './words.ts';
import type { Outcome } from './words.ts';

/** What the cover says first, for whoever shows it elsewhere. */
export interface VerdictWords {
  outcome: Outcome;
  sentence: string;
  /** Which runs, and which rules failed. */
  reason: string;
}

export function sessionVerdict(view: SessionView, text: Text): VerdictWords {
  return verdictWords(new Words(text), view);
}

export function verdictWords(words: Words, view: SessionView): VerdictWords {
  return { outcome: sessionOutcome(view), sentence: verdictSentence(words, view), reason: reasonSentence(words, view) };
}

/** The outcome of the whole session in one sentence. */
function verdictSentence(words: Words, view: SessionView): string {
  if (view.runs.length === 0) return words.t('verdict.empty');
  const outcome = sessionOutcome(view);
  if (outcome === 'unfinished') return words.t('verdict.unfinished');
  return words.t(`verdict.${outcome}.${sessionTarget(view)}`);
}

/** What the sentence rests on: which runs, and which rules failed. */
function reasonSentence(words: Words, view: SessionView): string {
  if (view.runs.length === 0) return words.t('verdict.nothing');
  const findings = view.runs.flatMap((run) => run.judgement?.findings ?? []);
  const against = findings.filter((finding) => finding.outcome === 'failed' && finding.severity !== 'I');
  const failed = new Set(against.map((finding) => finding.rule));
  const unfinished = view.runs.filter((run) => outcomeOf(run) === 'unfinished');
  const parts = [
    words.t('verdict.runs', { runs: view.runs.map((run) => `${words.mode(run)} (${run.workload.id})`).join(', ') }),
  ];
  if (unfinished.length > 0)
    parts.push(words.t('verdict.notCompleted', { runs: unfinished.map((run) => run.runId).join(', ') }));
  if (failed.size > 0) parts.push(words.t('verdict.rulesFailed', { rules: [...failed].join(', ') }));
  else if (view.runs.some((run) => run.judgement)) parts.push(words.t('verdict.noRuleFailed'));
  return parts.join(' ');
}
