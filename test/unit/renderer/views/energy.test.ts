import { describe, expect, it } from 'vitest';
import { energyBarsOption } from '../../../../src/renderer/charts/energy-bars.ts';
import { currentLabel, fitOption, fitPoints } from '../../../../src/renderer/charts/calibration-fit.ts';
import { readChartTheme } from '../../../../src/renderer/charts/theme.ts';
import { answerOf, firstEntries, plainNumber, shownFacts } from '../../../../src/renderer/views/calibrate/entries.ts';
import { expiresSoon, validityOf } from '../../../../src/renderer/views/calibrate/validity.ts';
import { foldBudget } from '../../../../src/renderer/views/energy/budget-rows.ts';
import { powerIntervalText } from '../../../../src/renderer/views/energy/energy-words.ts';
import { liveBands, livePicture, powerNow } from '../../../../src/renderer/views/energy/live-plot.ts';
import { traceTable } from '../../../../src/renderer/views/energy/trace-table.ts';
import {
  chosenBoard,
  energyInput,
  freshEnergyDraft,
  supplyRange,
} from '../../../../src/renderer/views/run/energy-draft.ts';
import type { CertificateSummary } from '../../../../src/renderer/stores/index.ts';
import type { Certificate, Question } from '../../../../src/shared/domain/calibration.ts';
import type { Budget, BudgetRow } from '../../../../src/shared/domain/energy.ts';
import type { LivePower } from '../../../../src/shared/domain/live-power.ts';
import { createText } from '../../../../src/shared/text/index.ts';
import { boards, monitors, windows } from '../support/recorded.ts';

const theme = readChartTheme({ getPropertyValue: (name) => name });

it('power at rest has its 95 % interval in words, and none where the session has none', () => {
  const power = { powerUW: 12.2, expandedUncertaintyUW: 3.5, coverageFactor: 2 };
  const shown = powerIntervalText(createText('de'), { ...power, interval95UW: [9.534, 14.87] });
  expect(shown.replace(/\u00a0|\u202f/g, ' ')).toBe('95-%-Intervall 9,53 µW bis 14,9 µW');
  expect(powerIntervalText(createText('en'), power)).toBe('');
});

describe('the energy form', () => {
  it('takes the supply that board and monitor allow', () => {
    const [nrf] = boards;
    const [lpm01a, ppk2] = monitors;
    expect(supplyRange(nrf, lpm01a)).toEqual({ min: 1.8, max: 3.3 });
    expect(supplyRange(nrf, ppk2)).toEqual({ min: 1.7, max: 3.6 });
    expect(supplyRange(undefined, undefined)).toEqual({ min: 0.5, max: 6 });
  });

  it('chooses no board for a real bench by itself', () => {
    expect(chosenBoard(freshEnergyDraft(), boards, { id: 'serial:COM7' })).toBeUndefined();
    expect(chosenBoard({ board: 'nrf52840-dk' }, boards, { id: 'virtual' })?.id).toBe('virtual');
    expect(chosenBoard({ board: 'nrf52840-dk' }, boards, { id: 'serial:COM7' })?.id).toBe('nrf52840-dk');
  });

  it('names the monitor by its port, and declares only what was typed', () => {
    const draft = {
      ...freshEnergyDraft(),
      monitor: 'ppk2-ampere' as const,
      monitorPort: ' COM5 ',
      measured: 'MCU, ,flash',
    };
    expect(energyInput(draft, { id: 'serial:COM7' }, 'Ada')).toMatchObject({
      monitor: 'ppk2-ampere:COM5',
      ioManager: null,
      board: null,
      scope: { measured: ['MCU', 'flash'], notMeasured: [], declaredBy: 'Ada' },
    });
    const virtual = energyInput(
      { ...freshEnergyDraft(), monitor: 'ppk2-ampere', viaIoManager: true },
      { id: 'virtual' },
      'Ada',
    );
    expect(virtual).toMatchObject({ monitor: 'ppk2', ioManager: 'virtual', scope: { declaredBy: '' } });
  });
});

function power(change: Partial<LivePower> = {}): LivePower {
  return {
    runId: 'r1',
    monitor: null,
    voltageV: 3,
    powered: true,
    samples: 20,
    lostSamples: 0,
    saturatedSamples: 0,
    edges: 2,
    stepS: 0.1,
    fromS: 0,
    edgesS: [],
    minW: Float32Array.from([0.01, 0.02]),
    meanW: Float32Array.from([0.02, 0.03]),
    maxW: Float32Array.from([0.03, 0.04]),
    ...change,
  };
}

describe('the live chart', () => {
  it('spans a minute from the start and moves on after it', () => {
    expect(livePicture(power(), [], 0).view).toEqual({ fromS: 0, toS: 60 });
    const late = power({
      fromS: 30,
      minW: new Float32Array(600),
      meanW: new Float32Array(600),
      maxW: new Float32Array(600),
    });
    const { view } = livePicture(late, [], 0);
    expect(view.toS).toBeCloseTo(90, 9);
    expect(view.toS - view.fromS).toBeCloseTo(60, 9);
  });

  it('never lets the axis shrink', () => {
    expect(livePicture(power(), [], 0.5).topW).toBe(0.5);
  });

  it('shades windows between the marks that are as far apart as they were long', () => {
    const [first, second] = windows(2);
    if (!first || !second) throw new Error('no windows');
    const edgesS = [0.5, 1, 3, 3 + first.seconds, 15, 15 + second.seconds];
    expect(liveBands(power({ edgesS }), [first, second], 100)).toMatchObject([
      { fromS: 3, label: '1' },
      { fromS: 15, label: '2' },
    ]);
    expect(liveBands(power({ edgesS: [] }), [first], 100)).toEqual([]);
  });

  it('has no power without samples', () => {
    expect(powerNow(power())).toBeCloseTo(0.025, 6);
    expect(powerNow(power({ meanW: Float32Array.from([Number.NaN]) }))).toBeUndefined();
  });
});

function row(id: string, share: number): BudgetRow {
  return {
    id,
    value: 0.01,
    unit: 'relative',
    isHalfWidth: true,
    distribution: 'rectangular',
    divisor: 1.7,
    origin: { kind: 'limit', source: 'sheet' },
    sensitivity: 1,
    contributionUJ: Math.sqrt(share),
    share,
    nu: null,
    common: 'windows',
  };
}

describe('the budget table', () => {
  const rows = [
    row('gain.0', 0.8),
    row('clock', 0.001),
    row('voltage', 0.19),
    row('leak', 0.004),
    row('repeat', 0.005),
  ];
  const budget = { rows } as Partial<Budget> as Budget;

  it('shows the largest causes first and adds the small ones in squares', () => {
    const folded = foldBudget(budget, false);
    expect(folded.rows.map(({ id }) => id)).toEqual(['gain.0', 'voltage']);
    expect(folded.rest?.count).toBe(3);
    expect(folded.rest?.contributionUJ).toBeCloseTo(0.1, 9);
    expect(foldBudget(budget, true).rows).toHaveLength(5);
  });

  it('folds no single row', () => {
    expect(foldBudget({ ...budget, rows: rows.slice(0, 3) }, false).rest).toBeUndefined();
  });
});

describe('energy bars', () => {
  it('begin at zero, keep five places and say the distance from the median', () => {
    const option = energyBarsOption(
      [
        { number: 1, energyUJPerInf: 1661 },
        { number: 2, energyUJPerInf: 1678 },
      ],
      1661,
      theme,
      {
        locale: 'en',
        xTitle: 'Window',
        yTitle: 'Energy',
      },
    );
    const [series] = option.series as {
      data: unknown[];
      label: { formatter: (at: { dataIndex: number }) => string };
    }[];
    expect(option.yAxis).toMatchObject({ min: 0 });
    expect(series?.data).toEqual([1661, 1678, '-', '-', '-']);
    expect(series?.label.formatter({ dataIndex: 1 }).replace(/\u202f/g, ' ')).toBe('{value|1,678}\n{spread|+1.02 %}');
    expect(series?.label.formatter({ dataIndex: 4 })).toBe('');
  });
});

describe('the table of a trace', () => {
  it('joins columns to at most 100 rows and weighs them by their length', () => {
    const count = 500;
    const columns = {
      edgesS: Float64Array.from({ length: count + 1 }, (_, k) => k),
      minW: new Float32Array(count).fill(1),
      meanW: Float32Array.from({ length: count }, (_, k) => k % 2),
      maxW: new Float32Array(count).fill(2),
    };
    const rows = traceTable(columns, { fromS: 0, toS: count });
    expect(rows).toHaveLength(100);
    expect(rows[0]).toEqual({ fromS: 0, minW: 1, meanW: 0.4, maxW: 2 });
    expect(traceTable(columns, { fromS: 10, toS: 12 })).toHaveLength(2);
  });
});

const question: Question = {
  number: 3,
  place: 'meter',
  kind: 'enter',
  text: 'meter',
  facts: { ohm: 100_000, voltageV: 3 },
  fields: [
    { id: 'confirmed', kind: 'flag', unit: '', required: true },
    { id: 'voltageV', kind: 'number', unit: 'V', required: true },
    { id: 'due', kind: 'text', unit: '', required: false },
  ],
  suggested: { confirmed: true, voltageV: 2.9875000000000003 },
  choices: [],
};

describe('the entries of the wizard', () => {
  it('begin with what is suggested, but nothing is confirmed for anybody', () => {
    expect(firstEntries(question, 'en')).toEqual({ confirmed: false, voltageV: '2.9875', due: '' });
    // As a German reader writes it; `answerOf` takes it back.
    expect(firstEntries(question, 'de')['voltageV']).toBe('2,9875');
  });

  it('are sent as numbers where they are some, with a comma too', () => {
    expect(answerOf(question.fields, { confirmed: true, voltageV: ' 2,98 ', due: '' })).toEqual({
      confirmed: true,
      voltageV: 2.98,
      due: null,
    });
    expect(answerOf(question.fields, { voltageV: 'three' })).toMatchObject({ confirmed: false, voltageV: 'three' });
  });

  it('show facts as a person writes them', () => {
    expect(shownFacts(question.facts, 'en')).toEqual({ ohm: '100,000', voltageV: '3' });
    expect(plainNumber(0.00012, 'en')).toBe('0.00012');
  });
});

function summary(change: Partial<CertificateSummary>): CertificateSummary {
  return {
    id: 'c1',
    procedure: 'monitor-gain',
    model: 'LPM01A',
    serial: '1',
    dateUtc: '2026-01-01T00:00:00Z',
    expiresUtc: '2027-01-01T00:00:00Z',
    operator: '',
    simulated: false,
    state: 'valid',
    remarks: [],
    ...change,
  };
}

describe('the validity of a procedure', () => {
  it('is that of its newest certificate, and simulated ones count for simulated benches only', () => {
    const all = [
      summary({}),
      summary({ id: 'c2', dateUtc: '2026-06-01T00:00:00Z', state: 'failed' }),
      summary({ id: 'c3', simulated: true }),
    ];
    expect(validityOf('monitor-gain', all, false).latest?.id).toBe('c2');
    expect(validityOf('monitor-gain', all, true).validity).toBe('valid');
    expect(validityOf('monitor-zero', all, false).validity).toBe('never');
  });

  it('says a month before that a certificate expires', () => {
    expect(expiresSoon(summary({}), Date.parse('2026-12-10T00:00:00Z'))).toBe(true);
    expect(expiresSoon(summary({}), Date.parse('2026-06-10T00:00:00Z'))).toBe(false);
    expect(expiresSoon(summary({ state: 'expired' }), Date.parse('2027-06-10T00:00:00Z'))).toBe(false);
  });
});

describe('the fit of a calibration', () => {
  const certificate = {
    readings: [
      { iRefA: 0, xA: 5e-8, range: 0 },
      { iRefA: 1e-2, xA: 0.98e-2, range: 0 },
      { iRefA: 1e-4, xA: 0.99e-4, range: 0 },
    ],
    ranges: [{ range: 0, name: 'all', spanA: [0, 0.02], offsetA: 0, slope: 0.98 }],
  } as Partial<Record<keyof Certificate, unknown>> as Certificate;

  it('is shown as a deviation from the reference; the open output has none', () => {
    const points = fitPoints(certificate);
    expect(points.map((point) => point.currentA)).toEqual([1e-4, 1e-2]);
    expect(points[0]?.deviation).toBeCloseTo(-0.01, 12);
    expect(points[1]?.fitted).toBeCloseTo(-0.02, 12);
  });

  it('has a line and markers for each range on a logarithmic axis with decades', () => {
    const option = fitOption(certificate, theme, { locale: 'en', xTitle: 'I', yTitle: 'd' });
    expect(option.series).toHaveLength(2);
    expect(option.xAxis).toMatchObject({ type: 'log', min: 1e-4, max: 1e-2 });
    expect([1e-9, 1e-5, 0.1, 10].map((value) => currentLabel(value, 'en').replace('\u202f', ' '))).toEqual([
      '1 nA',
      '10 µA',
      '100 mA',
      '10 A',
    ]);
  });
});
