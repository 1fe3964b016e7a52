import type { EvidenceRef } from '../../shared/domain/verdict.ts';
import type { RunEvidence } from './evidence.ts';
import { failed, notApplicable, passed } from './rule.ts';
import type { CheckResult } from './rule.ts';

interface Scored {
  results: readonly number[];
  ref: EvidenceRef;
}

/**
 * ACC-07: results vectors have the right length and finite values, and in an accuracy run every inference gave one and they say
 * something. A single vector of equal values is possible (two classes at 0.5); equal values in every vector, or the same vector
 * for every input, are not. Outside accuracy a DUT need not print results, and many give the same ones in every window.
 */
export function checkResults({ mode, inputs, windows, workload }: RunEvidence): CheckResult {
  const items = mode === 'accuracy' ? inputs : windows;
  if (items.length === 0) return notApplicable(mode === 'accuracy' ? 'noInputs' : 'noWindows');
  const scored = items.flatMap(({ results, ref }): Scored[] => (results ? [{ results, ref }] : []));
  if (mode === 'accuracy' && scored.length < items.length) {
    const silent = items.filter((item) => item.results === null);
    return failed({ count: silent.length }, refs(silent), { message: 'missing' });
  }
  if (scored.length === 0) return notApplicable('none');
  const wrongLength = scored.filter((item) => item.results.length !== workload.outputCount);
  if (wrongLength[0]) {
    const facts = { count: wrongLength.length, found: wrongLength[0].results.length, expected: workload.outputCount };
    return failed(facts, refs(wrongLength), { message: 'length' });
  }
  const notFinite = scored.filter((item) => !item.results.every(Number.isFinite));
  if (notFinite.length > 0) return failed({ count: notFinite.length }, refs(notFinite), { message: 'notFinite' });
  return (
    (mode === 'accuracy' ? checkSense(scored, workload.outputCount) : undefined) ?? passed({ inputs: scored.length })
  );
}

/** What is wrong with all vectors of an accuracy run together. */
function checkSense(scored: readonly Scored[], outputCount: number): CheckResult | undefined {
  const flat = outputCount > 1 && scored.every(({ results }) => results.every((value) => value === results[0]));
  if (flat) return failed({}, refs(scored), { message: 'flat' });
  const first = scored[0]?.results ?? [];
  const same = scored.length > 1 && scored.every(({ results }) => results.every((value, k) => value === first[k]));
  return same ? failed({ inputs: scored.length }, refs(scored), { message: 'same' }) : undefined;
}

function refs(items: readonly { ref: EvidenceRef }[]): EvidenceRef[] {
  return items.map((item) => item.ref);
}
