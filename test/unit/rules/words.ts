import { judgeRun } from '../../../src/main/rules/index.ts';
import type { RunEvidence } from '../../../src/main/rules/index.ts';
import type { Finding } from '../../../src/shared/domain/verdict.ts';
import { ruleWords } from '../../../src/shared/locales/en/rules.ts';

type Words = Readonly<Record<string, string>>;

/** The words of one rule by key. */
export function wordsOf(rule: string): Words {
  const words = (ruleWords as unknown as Record<string, Words>)[rule];
  if (!words) throw new Error(`no words for ${rule}`);
  return words;
}

/** The finding of one rule about a run; throws where a finding of that run has no words or words ask for facts it lacks. */
export function finding(rule: string, evidence: RunEvidence): Finding {
  const { findings } = judgeRun(evidence);
  for (const candidate of findings) checkWords(candidate);
  const found = findings.find((candidate) => candidate.rule === rule);
  if (!found) throw new Error(`no finding of ${rule}`);
  return found;
}

function checkWords(candidate: Finding): void {
  const own = wordsOf(candidate.rule)[candidate.message];
  const message = own ?? (ruleWords.common as Words)[candidate.message];
  if (message === undefined) throw new Error(`${candidate.rule} has no words for ${candidate.message}`);
  for (const [, name] of message.matchAll(/\{(\w+)\}/g)) {
    if (!Object.hasOwn(candidate.facts, name as string))
      throw new Error(`${candidate.rule} ${candidate.message} lacks ${name}`);
  }
}
