import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { budgetRowKey } from '../../../../src/shared/domain/budget-row.ts';
import { uncertaintyReasonSchema } from '../../../../src/shared/domain/energy.ts';
import { energyWords } from '../../../../src/shared/locales/en/energy.ts';
import type { Messages } from '../../../../src/shared/locales/words.ts';

const folder = join(import.meta.dirname, '../../../../src/main/analysis');
const sources = ['energy', 'uncertainty'].flatMap((room) =>
  readdirSync(join(folder, room)).map((name) => readFileSync(join(folder, room, name), 'utf8')),
);
const found = (pattern: RegExp): string[] => [
  ...new Set(sources.flatMap((text) => [...text.matchAll(pattern)].map((match) => match[1] as string))),
];

function word(tree: Messages, path: string): string | Messages | undefined {
  return path
    .split('.')
    .reduce<string | Messages | undefined>((node, key) => (typeof node === 'object' ? node[key] : undefined), tree);
}

describe('words of budgets', () => {
  it('reads the range off a row', () => {
    expect(budgetRowKey('cal.fit.2')).toEqual({ key: 'cal.fit', range: 2 });
    expect(budgetRowKey('gain.12')).toEqual({ key: 'gain', range: 12 });
    expect(budgetRowKey('cal.dmm')).toEqual({ key: 'cal.dmm', range: null });
  });

  it('has a name, a phrase and advice for every cause that the code makes', () => {
    const ids = found(/(?:limitCause|standardCause)\(\s*[`']([a-zA-Z.]+?)(?:\.\$\{range\})?[`']/g).filter(
      (id) => !/\.[ab]$/.test(id),
    );
    expect(ids).toEqual(
      expect.arrayContaining(['gain', 'offset', 'voltage', 'cal.fit', 'cal.dmm', 'drift', 'repeat', 'edgeBias']),
    );
    const known = ids.filter((id) => !['budget'].includes(id));
    for (const group of ['row', 'cause', 'advice'] as const) {
      for (const id of known) expect(word(energyWords[group], id), `${group}.${id}`).toBeTypeOf('string');
    }
  });

  it('has a sentence for every remark and reason', () => {
    const remarks = found(/remarks?\.(?:add|push)\('([a-zA-Z]+)'\)/g);
    expect(remarks.length).toBeGreaterThan(8);
    for (const remark of remarks) expect(energyWords.remark).toHaveProperty(remark);
    for (const reason of uncertaintyReasonSchema.options) expect(energyWords.reason[reason]).not.toBe('');
  });
});
