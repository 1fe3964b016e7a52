import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
  hashList,
  identifyList,
  isKnownContent,
  officialWorkloads,
  parseOwnWorkload,
  performanceInputs,
  performanceInputsOrigin,
} from '../../../src/main/workload/index.ts';
import { officialEntries } from '../../../src/main/workload/official-entries.ts';
import type { InputRef, Workload } from '../../../src/shared/domain/workload.ts';

const kws = officialWorkloads.find((workload) => workload.id === 'kws01') as Workload;

/** Three entries of the official keyword list, as a person reads them in its publication. */
const known = [
  { file: 'tst_000000_Stop_7.bin', label: 7 },
  { file: 'tst_000001_Left_2.bin', label: 2 },
  { file: 'tst_000002_Right_6.bin', label: 6 },
];

function refs(entries: { file: string; label: number }[]): InputRef[] {
  return entries.map((entry, index) => ({ ...entry, index, fileIndex: index, offsetBytes: 0, lengthBytes: 490 }));
}

describe('hashList', () => {
  it('hashes lines of file and label', () => {
    expect(hashList(known.slice(0, 2))).toBe(
      createHash('sha256').update('tst_000000_Stop_7.bin,7\ntst_000001_Left_2.bin,2\n').digest('hex'),
    );
  });
});

describe('identifyList', () => {
  it('knows a part of an official list by its entries', () => {
    expect(identifyList(kws, known)).toMatchObject({ kind: 'subset', listName: 'kws01' });
  });

  it('takes one foreign file or one changed label for an own list', () => {
    expect(identifyList(kws, [...known, { file: 'tst_own_Stop_7.bin', label: 7 }])).toMatchObject({
      kind: 'own',
      listName: null,
    });
    expect(identifyList(kws, [{ file: 'tst_000000_Stop_7.bin', label: 6 }])).toMatchObject({ kind: 'own' });
    expect(identifyList(kws, [])).toMatchObject({ kind: 'own' });
  });

  it('knows the list that came with an own workload', () => {
    const entries = [{ file: 'a.bin', label: 1 }];
    const { workload } = parseOwnWorkload(
      JSON.stringify({
        id: 'demo01',
        title: 'Demo',
        modelFile: 'm',
        modelSha256: 'a'.repeat(64),
        datasetFolder: 'd',
        listSha256: 'b'.repeat(64),
        contentSha256: 'c'.repeat(64),
        inputBytes: 1,
        classes: ['x', 'y'],
        inputs: 1,
      }),
      'w',
    );
    expect(identifyList(workload, entries, 'b'.repeat(64))).toMatchObject({ kind: 'own', listName: 'demo01' });
    expect(identifyList(workload, known, 'd'.repeat(64))).toMatchObject({ kind: 'own', listName: null });
    expect(isKnownContent(workload, 'c'.repeat(64))).toBe(true);
  });

  it('has as many fingerprints as each list has files', () => {
    for (const workload of officialWorkloads) {
      for (const list of workload.officialLists) {
        expect([list.name, officialEntries[list.name]?.length]).toEqual([list.name, list.files * 8]);
      }
    }
  });
});

describe('isKnownContent', () => {
  it('knows the contents of which the hash is published', () => {
    expect(isKnownContent(kws, '24ecdc250a96b7cd101d0e43de58cc11ccd9b3cb31de94dd2692c07ddb94affe')).toBe(true);
    expect(isKnownContent(kws, '0'.repeat(64))).toBe(false);
  });
});

describe('performance inputs', () => {
  const own = refs(Array.from({ length: 7 }, (_, k) => ({ file: `${k}.bin`, label: 0 })));

  it('are the first five of the list, the first input of each file', () => {
    expect(performanceInputs(own).map((input) => input.index)).toEqual([0, 1, 2, 3, 4]);
    expect(performanceInputs(own.slice(0, 3))).toHaveLength(3);
  });

  it('are told apart by where they come from', () => {
    expect(performanceInputsOrigin(kws, own.slice(0, 5), own)).toBe('listStart');
    expect(performanceInputsOrigin(kws, own.slice(1, 6), own)).toBe('other');
    expect(performanceInputsOrigin(kws, own.slice(0, 4), own)).toBe('other');
    const official = refs([
      ...known,
      { file: 'tst_000003_Up_8.bin', label: 8 },
      { file: 'tst_000004_On_5.bin', label: 5 },
    ]);
    expect(performanceInputsOrigin(kws, official, own)).toBe('official');
    expect(performanceInputsOrigin(kws, [...official].reverse(), own)).toBe('other');
  });
});
