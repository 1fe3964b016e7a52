import { describe, expect, it } from 'vitest';
import { DatasetProblems } from '../../../src/main/workload/dataset-problem.ts';
import { isPlainFileName } from '../../../src/main/workload/file-name.ts';
import { createCatalogue } from '../../../src/main/workload/index.ts';
import { parseTruthList } from '../../../src/main/workload/truth-list.ts';

const catalogue = createCatalogue();

function parse(text: string | Uint8Array, id = 'kws01') {
  const problems = new DatasetProblems();
  const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text;
  const entries = parseTruthList(bytes, catalogue.find(id), 'y_labels.csv', problems);
  return { entries, problems: problems.shown.map(({ code, facts }) => ({ code, ...facts })), total: problems.total };
}

describe('parseTruthList', () => {
  it('takes blanks, a byte order mark, any line end and empty lines', () => {
    const { entries, problems } = parse('\uFEFFa.bin,12,0\r\n b.bin , 12 , 11 \n\n   \rc.bin,12,7');
    expect(problems).toEqual([]);
    expect(entries).toEqual([
      { file: 'a.bin', label: 0, line: 1 },
      { file: 'b.bin', label: 11, line: 2 },
      { file: 'c.bin', label: 7, line: 5 },
    ]);
  });

  it('takes the window columns of ad01, and lists without them', () => {
    const { entries, problems } = parse('a.bin,2,1,2560,512\nb.bin,2,0', 'ad01');
    expect(problems).toEqual([]);
    expect(entries).toHaveLength(2);
  });

  it('names line and value of every problem at once', () => {
    const { problems, entries } = parse(
      [
        'a.bin,12,0',
        'a.bin,12,1',
        'A.BIN,12,1',
        'b.bin,12',
        'c.bin,10,3',
        'd.bin,12,12',
        'e.bin,12,Stop',
        '../f.bin,12,1',
      ].join('\n'),
    );
    expect(entries).toEqual([{ file: 'a.bin', label: 0, line: 1 }]);
    expect(problems).toEqual([
      { code: 'dataset.duplicate', list: 'y_labels.csv', line: 2, file: 'a.bin', firstLine: 1 },
      { code: 'dataset.duplicate', list: 'y_labels.csv', line: 3, file: 'A.BIN', firstLine: 1 },
      { code: 'dataset.columns', list: 'y_labels.csv', line: 4, found: 2, expected: '3' },
      { code: 'dataset.classCount', list: 'y_labels.csv', line: 5, value: '10', expected: 12 },
      { code: 'dataset.label', list: 'y_labels.csv', line: 6, value: '12', highest: 11 },
      { code: 'dataset.label', list: 'y_labels.csv', line: 7, value: 'Stop', highest: 11 },
      { code: 'dataset.fileName', list: 'y_labels.csv', line: 8, file: '../f.bin' },
    ]);
  });

  it('takes whole numbers only', () => {
    for (const label of ['', '-1', '+1', '1.0', '1e0', '0x1', '9999999999', 'NaN']) {
      expect(parse(`a.bin,12,${label}`).problems).toMatchObject([{ code: 'dataset.label', line: 1 }]);
    }
  });

  it('refuses another window than that of the workload, and window columns where there is none', () => {
    expect(parse('a.bin,2,1,2560,256', 'ad01').problems).toMatchObject([
      { code: 'dataset.window', value: '2560,256', expected: '2560,512' },
    ]);
    expect(parse('a.bin,12,1,490,490').problems).toMatchObject([{ code: 'dataset.columns', found: 5 }]);
  });

  it('says of an empty list that it is empty', () => {
    expect(parse('').problems).toMatchObject([{ code: 'dataset.listEmpty' }]);
    expect(parse('\r\n  \n').problems).toMatchObject([{ code: 'dataset.listEmpty' }]);
  });

  it('keeps a giant list of errors small', () => {
    const { problems, total } = parse('x\n'.repeat(100_000));
    expect(total).toBe(100_000);
    expect(problems).toHaveLength(20);
    expect(parse('y'.repeat(2_000_000)).problems).toMatchObject([{ code: 'dataset.lineTooLong', line: 1 }]);
  });

  it('does not repeat control characters of a foreign file', () => {
    const { problems } = parse('\u001b[2Ja.bin,12,1');
    expect(problems).toMatchObject([{ code: 'dataset.fileName', file: '\uFFFD[2Ja.bin' }]);
  });

  it('refuses bytes that are no text', () => {
    expect(parse(Uint8Array.of(0xff, 0xfe, 0x61, 0x00, 0x2c, 0x00)).total).toBeGreaterThan(0);
    expect(parse(Uint8Array.of(0x61, 0xff, 0x2c, 0x31, 0x32, 0x2c, 0x31)).problems).toMatchObject([
      { code: 'dataset.fileName' },
    ]);
  });
});

describe('isPlainFileName', () => {
  it('takes official names', () => {
    for (const name of [
      'tst_000000_Stop_7.bin',
      '000000343218.bin',
      'normal_id_01_00000003_hist_librosa.bin',
      'ünï.bin',
    ]) {
      expect(isPlainFileName(name)).toBe(true);
    }
  });

  it('refuses every way out of the folder, on all platforms', () => {
    const names = [
      ...[
        '',
        '.',
        '..',
        '../a',
        'a/b',
        '/etc/passwd',
        'a\\b',
        '\\\\host\\share\\a',
        'C:\\a.bin',
        'C:a.bin',
        'a.bin:stream',
      ],
      ...[
        'con',
        'NUL.bin',
        'com1.bin',
        'Lpt9',
        'aux.',
        'a?.bin',
        'a*.bin',
        'a\0.bin',
        'a\n.bin',
        'a.bin.',
        ' a.bin',
        'x'.repeat(201),
      ],
    ];
    for (const name of names) expect([name, isPlainFileName(name)]).toEqual([name, false]);
  });
});
