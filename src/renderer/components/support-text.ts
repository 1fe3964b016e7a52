import type { Fault } from '../../shared/fault/index.ts';

/** What a support person needs of a fault, as plain text: the sentence, the code, the facts and the raw detail. */
export function supportText(what: string, fault: Fault): string {
  const record = fault.toRecord();
  const lines = [what, `code: ${record.code}`, `facts: ${JSON.stringify(record.facts)}`];
  if (record.detail !== undefined) lines.push(`detail: ${record.detail}`);
  return lines.join('\n');
}
