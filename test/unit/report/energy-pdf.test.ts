import { beforeAll, describe, expect, it } from 'vitest';
import { loadReportFonts, renderReport } from '../../../src/main/report/pdf/index.ts';
import { coverageText, doubtful, intervalText, withDoubt } from '../../../src/main/report/pdf/doubt.ts';
import {
  headline,
  inputValue,
  mainShares,
  rowName,
  secondLine,
  wordOr,
} from '../../../src/main/report/pdf/energy-words.ts';
import { Words } from '../../../src/main/report/pdf/words.ts';
import { createText } from '../../../src/shared/text/index.ts';
import { expectSoundReport, flatText } from '../../support/report/check-report.ts';
import { budget, correctedView, energyFigures, energyView, traceColumns } from '../../support/report/energy.ts';
import { readPdf } from '../../support/report/pdf-reader.ts';
import type { PdfRead } from '../../support/report/pdf-reader.ts';
import { energyRun, session } from '../../support/report/session.ts';
import { variants } from '../../support/report/variants.ts';

const words = new Words(createText());
const base = new Words(createText(), 'base');
const plain = (text: string): string => text.replaceAll('\u00a0', ' ').replaceAll('\u202f', ' ');

describe('a figure with its doubt', () => {
  it.each([
    // The uncertainty has two significant digits, the value goes to the same place.
    [182.6, 4.723926, '(182.6 ± 4.7) µJ'],
    [180, 0.658419, '(180.00 ± 0.66) µJ'],
    [120, 14.148297, '(120 ± 14) µJ'],
    [182.6, 123.4, '(180 ± 120) µJ'],
    [182.6, 0.0999, '(182.60 ± 0.10) µJ'],
    [182.6, 9.96, '(183 ± 10) µJ'],
    [182.6, 0.996, '(182.6 ± 1.0) µJ'],
    // Halves go away from zero, not to the even digit.
    [0.25, 0.25, '(250 ± 250) nJ'],
    [180, 0.645, '(180.00 ± 0.65) µJ'],
    [180, 2.45, '(180.0 ± 2.5) µJ'],
    [3801.549, 76.03, '(3.802 ± 0.076) mJ'],
    [5_182_964.9, 103_000, '(5.18 ± 0.10) J'],
  ])('%s with U = %s', (value, uncertainty, shown) => {
    expect(plain(withDoubt(words, value / 1e6, uncertainty / 1e6, 'J'))).toBe(shown);
  });

  it('stays in its base unit where that is asked for, or where the unit takes no prefix', () => {
    expect(plain(withDoubt(base, 182.6e-6, 4.723926e-6, 'J'))).toBe('(0.0001826 ± 0.0000047) J');
    expect(plain(withDoubt(words, 3634.9, 115.5, 'h', false))).toBe('(3,630 ± 120) h');
    expect(plain(withDoubt(words, 0.5, 0.02, 'h', false))).toBe('(0.500 ± 0.020) h');
  });

  it('has no doubt where there is none to be given, and is a dash where it is no number', () => {
    expect(plain(withDoubt(words, 182.6e-6, null, 'J'))).toBe('182.6 µJ');
    expect(plain(withDoubt(words, 182.6e-6, 0, 'J'))).toBe('182.6 µJ');
    expect(withDoubt(words, NaN, 1, 'J')).toBe('–');
  });

  it('gives value and doubt apart for a table', () => {
    expect(doubtful(words, 182.6e-6, 4.723926e-6, 'J')).toEqual({ value: '182.6', doubt: '4.7', unit: 'µJ' });
  });

  it('gives intervals to the same place', () => {
    expect(plain(intervalText(words, [178.418333e-6, 186.982387e-6], 4.723926e-6, 'J'))).toBe(
      '95 % interval 178.4 to 187.0 µJ',
    );
  });

  it('says k = 2, or k with its degrees of freedom', () => {
    expect(coverageText(words, 2, 359_810)).toBe('k = 2');
    expect(coverageText(words, 2.3846, 6.81)).toBe('k = 2.4 (effective degrees of freedom 6.8)');
    expect(coverageText(words, 2.3846, null)).toBe('k = 2.4');
  });
});

describe('the words of a budget', () => {
  it('are those of the specification (test vectors T2 and T5)', () => {
    expect(plain(headline(words, 182.6, budget()))).toBe('(182.6 ± 4.7) µJ per inference, k = 2');
    expect(plain(mainShares(words, budget()))).toBe('instrument gain 80 %, supply voltage 20 %');
    expect(plain(secondLine(words, budget()))).toBe('95 % interval 178.4 to 187.0 µJ; 3 assumptions, no certificate');
    const corrected = correctedView().figures?.corrected?.budget ?? budget();
    expect(plain(headline(words, 180, corrected))).toBe('(180.00 ± 0.66) µJ per inference, k = 2');
    expect(plain(mainShares(words, corrected))).toBe('drift since calibration 40 %, repeatability 34 %');
    expect(plain(secondLine(words, corrected))).toBe('95 % interval 179.35 to 180.65 µJ; 3 assumptions, 1 certificate');
  });

  it('sum the ranges of one cause', () => {
    const row = budget().rows[0];
    if (!row) throw new Error('no row');
    const rows = [
      { ...row, id: 'gain.2', share: 0.4 },
      { ...row, id: 'gain.3', share: 0.5 },
      { ...row, id: 'voltage', share: 0.1 },
    ];
    expect(plain(mainShares(words, budget({ rows })))).toBe('instrument gain 90 %, supply voltage 10 %');
    expect(rowName(words, 'gain.2')).toBe('Gain of the monitor, range 2');
    expect(rowName(words, 'gain')).toBe('Gain of the monitor');
    expect(rowName(words, 'cal.fit.1')).toBe('Fit of the calibration, range 1');
    expect(rowName(words, 'brandNew.4')).toBe('brandNew.4');
    expect(wordOr(words, 'energy.remark.brandNew', 'brandNew')).toBe('brandNew');
    expect(wordOr(words, 'energy.remark.what [ever] it is', 'what it is')).toBe('what it is');
  });

  it('give inputs in their units', () => {
    expect(plain(inputValue(words, { value: 0.02, unit: 'relative' }))).toBe('2.0 %');
    expect(plain(inputValue(words, { value: 1e-4, unit: 'relative' }))).toBe('100 ppm');
    expect(plain(inputValue(words, { value: 1e-6, unit: 'A' }))).toBe('1.0 µA');
    expect(plain(inputValue(words, { value: 0.2, unit: 'ohm' }))).toBe('200 mΩ');
    expect(plain(inputValue(words, { value: 0.146533, unit: 'uJ' }))).toBe('147 nJ');
  });
});

describe('the report of an energy run', () => {
  const fonts = loadReportFonts();
  const reports = new Map<string, { pdf: PdfRead; text: string }>();
  const render = (name: string): Promise<Uint8Array> => {
    const view = variants[name]?.();
    if (!view) throw new Error(name);
    return renderReport(view, { text: createText(), paper: 'A4', fonts });
  };
  const text = (name: string): string => reports.get(name)?.text ?? '';

  beforeAll(async () => {
    for (const name of ['energy', 'energyCorrected', 'energyInvalid']) {
      const pdf = readPdf(await render(name));
      reports.set(name, { pdf, text: flatText(pdf) });
    }
  });

  it('gives the official figure with its doubt, and what it rests on', () => {
    for (const line of [
      '(182.6 ± 4.7) µJ per inference, k = 2',
      'of which instrument gain 80 %, supply voltage 20 %',
      '95 % interval 178.4 to 187.0 µJ; 3 assumptions, no certificate',
      'accepted for submissions',
      'Median energy cost is 182.600 uJ/inf.',
      'MCU with its crystal',
      'debug probe on the board',
      'Assumption, not a published figure: Gain of the monitor, range 0 ±2.0 % (LPM01A); source: headline',
      'The monitor has no certificate that was chosen for this run: its specification counts.',
      '3 small terms',
    ]) {
      expect(text('energy').replaceAll(' \n', ' '), line).toContain(line);
    }
  });

  it('keeps what is no part of the benchmark apart', () => {
    for (const line of ['Not part of the benchmark', '(6.00 ± 0.16) mW, k = 2', '(185.7 ± 5.9) µW, k = 2'])
      expect(text('energy'), line).toContain(line);
    expect(text('energy')).toContain('No corrections were applied.');
  });

  it('has charts of trace, start, wiring and residuals with words of what they show', () => {
    const alts = (name: string): string[] =>
      (reports.get(name)?.pdf.elements ?? []).flatMap(({ type, alt }) => (type === 'Figure' ? [alt ?? ''] : []));
    expect(alts('energy').some((alt) => alt.startsWith('Power over the 120.5 s of the trace.'))).toBe(true);
    expect(alts('energy').some((alt) => alt.startsWith('Power around the start of window 3'))).toBe(true);
    expect(alts('energy').some((alt) => alt.startsWith('Wiring: '))).toBe(true);
    expect(alts('energyCorrected').some((alt) => alt.startsWith('Normalised residuals'))).toBe(true);
  });

  it('gives the corrected figure beside the official one, its certificates, and says what nobody declared', () => {
    for (const line of [
      '(180.00 ± 0.66) µJ per inference, k = 2',
      'exploration only',
      'emulator only, never',
      '2026-05-02T09:12Z-lpm01a-1a2b',
      'Self-declared, not an accredited calibration.',
      'This certificate had run out',
      '8'.repeat(64),
      'Not declared.',
      'Nobody declared what the measured rail powers.',
    ]) {
      expect(text('energyCorrected'), line).toContain(line);
    }
    expect(text('energyCorrected')).toContain('(182.6 ± 4.7) µJ per inference, k = 2');
    expect(text('energyCorrected')).not.toContain('SIMULATED');
  });

  it('prints no number where there is no figure, but the reasons', () => {
    const shown = text('energyInvalid');
    for (const line of [
      'No figure',
      'E-LOSS: More than 0.1 % of the samples are lost, or nobody knows how many.',
      'E-EDGE: The time marks do not match the windows.',
      'These windows were measured, but they are no result: the reasons stand above.',
      'The run failed: 0 of 5 measured.',
      'No trace was recorded.',
    ]) {
      expect(shown, line).toContain(line);
    }
    expect(shown).not.toMatch(/per inference, k|95 % interval|µJ per inference,|Median energy cost/);
  });

  it('is the same, byte for byte, from a view that went through a structured clone', async () => {
    const view = session({ runs: [energyRun({ energy: correctedView() })] });
    const options = { text: createText(), paper: 'Letter', fonts } as const;
    const first = await renderReport(view, options);
    const second = await renderReport(structuredClone(view), options);
    expect(Buffer.compare(Buffer.from(first), Buffer.from(second))).toBe(0);
  });

  it('copes with a trace that was not read, gaps alone, and a lone rest', async () => {
    const gaps = traceColumns();
    for (const values of [gaps.minW, gaps.meanW, gaps.maxW]) values.fill(NaN);
    const odd = energyFigures({ alwaysOn: null, rest: [], otherRuleMedianEnergyUJPerInf: null, medianPowerUW: null });
    for (const energy of [
      energyView({ columns: null, startZoom: null }),
      energyView({ columns: gaps, startZoom: gaps, figures: odd }),
      energyView({ figures: energyFigures({ budget: budget({ rows: [], advice: [], expandedUncertainty: null }) }) }),
    ]) {
      await expectSoundReport(session({ runs: [energyRun({ energy })] }), fonts);
    }
  });

  it.each(Object.keys(variants).filter((name) => name.startsWith('energy')))(
    'that is %s is tagged, embeds its fonts, and has a word and a glyph for everything',
    async (name) => {
      const view = variants[name]?.();
      if (view) await expectSoundReport(view, fonts);
    },
  );
});
