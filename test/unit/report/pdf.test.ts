import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadReportFonts, renderReport } from '../../../src/main/report/pdf/index.ts';
import type { Paper } from '../../../src/main/report/pdf/index.ts';
import { createText } from '../../../src/shared/text/index.ts';
import type { Text } from '../../../src/shared/text/index.ts';
import type { SessionView } from '../../../src/main/report/view.ts';
import { expectSoundReport, flatText } from '../../support/report/check-report.ts';
import { readPdf } from '../../support/report/pdf-reader.ts';
import { session } from '../../support/report/session.ts';
import { variants } from '../../support/report/variants.ts';

const fonts = loadReportFonts();
const render = (view: SessionView, paper: Paper = 'A4', text: Text = createText()): Promise<Uint8Array> =>
  renderReport(view, { text, paper, fonts });
/** Reports that several tests look at are made once. */
const made = new Map<string, Promise<Uint8Array>>();
function report(name: string): Promise<Uint8Array> {
  const known = made.get(name) ?? render(view(name));
  made.set(name, known);
  return known;
}
function view(name: string): SessionView {
  const make = variants[name];
  if (!make) throw new Error(name);
  return make();
}
const flat = flatText;

describe('the report', () => {
  it('gives quantities with SI prefixes, or in base units where that is asked for', async () => {
    const prefixed = flat(readPdf(await report('good')));
    const base = flat(
      readPdf(await renderReport(session(), { text: createText(), paper: 'A4', units: 'base', fonts })),
    );
    expect(prefixed).toMatch(/\d MHz/);
    expect(base).not.toMatch(/\d MHz/);
    expect(base).toMatch(/\d{3} Hz/);
  });

  it('is the same, byte for byte, each time it is made', async () => {
    const first = await report('good');
    const second = await render(structuredClone(session()));
    expect(Buffer.compare(Buffer.from(first), Buffer.from(second))).toBe(0);
  });

  it('is the same in another process, in another time zone and language', async () => {
    const here = createHash('sha256')
      .update(await report('good'))
      .digest('hex');
    const child = join(import.meta.dirname, '../../support/report/render-child.ts');
    const there = execFileSync(process.execPath, [child], {
      encoding: 'utf8',
      env: { ...process.env, TZ: 'Asia/Tokyo', LANG: 'de_DE.UTF-8', LC_ALL: 'de_DE.UTF-8' },
    });
    expect(there).toBe(here);
  });

  it('differs when the session does', async () => {
    const one = await report('good');
    const other = await render(session({ operator: 'Somebody else' }));
    expect(Buffer.compare(Buffer.from(one), Buffer.from(other))).not.toBe(0);
  });

  it.each([
    ['A4', 595.28, 841.89],
    ['Letter', 612, 792],
  ] as const)('has pages of %s', async (paper, width, height) => {
    const pdf = readPdf(await render(session(), paper));
    expect(pdf.pages).toHaveLength(7);
    for (const page of pdf.pages) expect([page.width, page.height]).toEqual([width, height]);
  });

  it('says on its cover what the result is, whether to trust it, and that it is no MLPerf result', async () => {
    const cover = readPdf(await report('good')).pages[0]?.text.replaceAll('\u00a0', ' ') ?? '';
    for (const words of [
      'The measurement is valid',
      'and the quality target is met.',
      '16.70 inf/s',
      '94.2 %',
      '90.7–97.2 %',
      '226 of 240 correct',
      'Made-up vendor',
      'UNIT-0042',
      'Test operator',
      '2026-05-12 14:03 UTC',
      'v1.4',
      'a'.repeat(64),
      '9'.repeat(64),
      'Not a verified MLPerf result',
      '15 of 15',
    ]) {
      expect(cover, words).toContain(words);
    }
  });

  it('says SIMULATED on every page and in its title, and only where it is true', async () => {
    const simulated = readPdf(await report('good'));
    expect(simulated.title).toMatch(/^SIMULATED: Joulebench report, Made-up vendor/);
    for (const page of simulated.pages) expect(page.text).toContain('SIMULATED');
    const real = readPdf(await report('bad'));
    expect(real.title).not.toContain('SIMULATED');
    expect(flat(real)).not.toContain('SIMULATED');
  });

  it('numbers its pages and carries session, DUT and verdict in the head', async () => {
    const pdf = readPdf(await report('good'));
    pdf.pages.forEach((page, i) => {
      expect(page.text).toContain(`Page ${i + 1} of ${pdf.pages.length}`);
      expect(page.text).toContain('Joulebench 0.1.0 · 9999999999999999');
      if (i > 0) expect(page.text).toMatch(/Session 20260512-140311-7f3a\nMade-up vendor · UNIT-0042\nvalid/);
    });
  });

  it('gives every failed rule with finding, reason, remedy and evidence', async () => {
    const text = flat(readPdf(await report('bad')));
    for (const words of [
      'PERF-03',
      '2 windows are shorter than 10 s; the shortest, window 4, lasted 9.1234 s.',
      'What to do: Raise the number of inferences in a window',
      'runs/r1-madeup12-performance/log.txt, line 92',
      'makes the run invalid',
      'remark',
      'The measurement is invalid',
    ]) {
      expect(text, words).toContain(words);
    }
  });

  it('lists wrong inputs up to a limit and counts the rest', async () => {
    const text = flat(readPdf(await report('bad')));
    const wrong = view('bad').runs[1]?.inputs.filter((input) => input.predicted !== input.label) ?? [];
    expect(wrong.length).toBeGreaterThan(300);
    expect(text).toContain(wrong[119]?.file);
    expect(text).not.toContain(wrong[120]?.file);
    expect(text).toContain(`${wrong.length - 120} more wrong inputs are in inputs.csv.`);
  });

  it('shows a run that did not complete as such, with a dash and a reason in place of its figures', async () => {
    const text = flat(readPdf(await report('unfinished')));
    for (const words of [
      'The session is not complete.',
      'The run was interrupted: 2 of 5 measured. It can be resumed.',
      'What follows was measured, but it is no result.',
      'The run did not complete.',
      'made-up fault',
      'No window was measured.',
      'not completed',
    ]) {
      expect(text, words).toContain(words);
    }
    expect(text).not.toContain('The measurement is valid');
  });
});

describe('the report of a session', () => {
  // Energy has a file of its own.
  it.each(Object.keys(variants).filter((name) => !name.startsWith('energy')))(
    'that is %s is tagged, embeds its fonts, and has a word and a glyph for everything',
    (name) => expectSoundReport(view(name), fonts),
  );
});
