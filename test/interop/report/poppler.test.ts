import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { renderReport } from '../../../src/main/report/pdf/index.ts';
import { createText } from '../../../src/shared/text/index.ts';
import { variants } from '../../support/report/variants.ts';

/** Whether another implementation of PDF is here to judge ours. */
const noPopplerReason =
  spawnSync('pdfinfo', ['-v']).status === null
    ? 'poppler-utils absent: install them to check the report with another reader'
    : undefined;

/** Margins of 18 mm in points, less half a point for rounding. */
const margin = 50.5;

describe.skipIf(noPopplerReason)(`the report in poppler${noPopplerReason ? ` (${noPopplerReason})` : ''}`, () => {
  const folder = mkdtempSync(join(tmpdir(), 'joulebench-report-'));
  const names = ['good', 'bad', 'long', 'anomaly', 'energy', 'energyCorrected', 'energyInvalid', 'energyLong'];
  const file = (name: string): string => join(folder, `${name}.pdf`);
  const run = (program: string, ...args: string[]): string => {
    const { status, stdout, stderr } = spawnSync(program, args, { encoding: 'utf8', maxBuffer: 64e6 });
    expect(status, stderr).toBe(0);
    // Poppler complains about structure and syntax here even where it can go on.
    expect(stderr).toBe('');
    return stdout;
  };

  beforeAll(async () => {
    for (const name of names) {
      const view = variants[name]?.();
      if (view) writeFileSync(file(name), await renderReport(view, { text: createText(), paper: 'A4' }));
    }
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it.each(names)('%s: is tagged and embeds every font', (name) => {
    const info = run('pdfinfo', file(name));
    expect(info).toMatch(/^Tagged: +yes$/m);
    expect(info).toMatch(/^CreationDate: +Tue May 12/m);
    const fonts = run('pdffonts', file(name)).trim().split('\n').slice(2);
    expect(fonts.length).toBeGreaterThan(1);
    for (const font of fonts) expect(font).toMatch(/IBMPlex\S+ +CID TrueType +Identity-H +yes yes yes/);
  });

  it('good: its structure names headings, tables and figures with their texts', () => {
    const structure = run('pdfinfo', '-struct-text', file('good'));
    for (const element of ['Document', 'Sect', 'H1', 'Table', 'TR', 'TH', 'TD', 'Figure'])
      expect(structure).toMatch(new RegExp(`^ *${element}\\b`, 'm'));
    expect(structure).toContain('"The measurement is valid');
    // Words stay words where lines end.
    expect(structure).toContain('and the last has the SHA-256:');
  });

  it.each(names)('%s: no word leaves the margins of its page', (name) => {
    const boxes = run('pdftotext', '-bbox', file(name), '-');
    const words = [
      ...boxes.matchAll(/<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">(.*?)<\/word>/g),
    ];
    expect(words.length).toBeGreaterThan(100);
    for (const [, xMin, yMin, xMax, yMax, word] of words) {
      expect(Number(xMin), word).toBeGreaterThanOrEqual(margin);
      expect(Number(xMax), word).toBeLessThanOrEqual(595.28 - margin);
      expect(Number(yMin), word).toBeGreaterThan(20);
      expect(Number(yMax), word).toBeLessThan(841.89 - 20);
    }
  });
});
