import { describe, expect, it } from 'vitest';
import { comparedEnergy } from '../../../../src/main/analysis/energy/compared.ts';
import { energyFigures } from '../../../../src/main/analysis/energy/figures.ts';
import { compareEnergies } from '../../../../src/main/analysis/uncertainty/compare.ts';
import { energyFiguresSchema, energySetupSchema, traceSummarySchema } from '../../../../src/shared/domain/energy.ts';
import type { Correction, EnergySetup, TraceSummary } from '../../../../src/shared/domain/energy.ts';
import { madeUpSetup, madeUpTrace, runAtEpochMs, stretchOf } from './made-up.ts';

const year = 365.25 * 86_400_000;

const correction: Correction = {
  certificateId: 'gain-1',
  issuedAt: '2027-01-01T00:00:00Z',
  expiresAt: '2028-01-01T00:00:00Z',
  temperatureC: 22,
  setVoltageV: 3,
  ranges: [
    {
      range: 0,
      spanA: [3e-6, 0.044],
      offsetA: 1e-5,
      slope: 1.01,
      cov: [8e-18, -1e-15, 7e-8],
      commonRel: { dmm: 3e-4, tcr: 7e-5 },
    },
  ],
  dmmId: 'meter',
  supply: { certificateId: 'supply-1', voltageV: 2.97, uRel: 4e-4, dmmId: 'meter' },
  clock: { certificateId: 'clock-1', c: 1.00005, uRel: 1e-5 },
};

function figuresOf(setup: EnergySetup, trace: TraceSummary) {
  energySetupSchema.parse(setup);
  traceSummarySchema.parse(trace);
  return energyFiguresSchema.parse(energyFigures(setup, trace, runAtEpochMs));
}

describe('figures of an energy run', () => {
  const figures = figuresOf(madeUpSetup(), madeUpTrace());

  it('takes medians of five windows, by both rules', () => {
    expect(figures.windows).toHaveLength(5);
    expect(figures.windows[0]).toMatchObject({ number: 1, inferences: 1000, seconds: 11 });
    expect(figures.windows[0]?.energyUJ).toBeCloseTo(330_330, 6);
    expect(figures.windows[0]?.powerUW).toBeCloseTo(30_030, 9);
    expect(figures.medianEnergyUJPerInf).toBeCloseTo(330, 9);
    expect(figures.otherRuleMedianEnergyUJPerInf).toBeCloseTo(330.03, 9);
    expect(figures.medianPowerUW).toBeCloseTo(30_000, 9);
    expect(figures.medianThroughputInfPerS).toBeCloseTo(1000 / 11, 12);
  });

  it('states the specification budget, with its assumptions', () => {
    const { budget } = figures;
    expect(budget.status).toBe('remark');
    expect(budget.remarks).toEqual(expect.arrayContaining(['noCertificate', 'assumptions']));
    expect(budget.rows[0]).toMatchObject({ id: 'gain.0', value: 0.02, sensitivity: 330 });
    expect(budget.rows.map((row) => row.id)).toEqual(
      expect.arrayContaining(['voltage', 'offset.0', 'clock', 'lead', 'leak', 'latency', 'edgeBias', 'repeat']),
    );
    const relative = (budget.expandedUncertainty ?? 0) / 330;
    expect(relative).toBeGreaterThan(0.0258);
    expect(relative).toBeLessThan(0.027);
    expect(figures.corrected).toBeNull();
    // Lead: 0.2 ohm * (10 mA)^2 * 11 s / 1000 inferences.
    expect(budget.rows.find((row) => row.id === 'lead')?.contributionUJ).toBeCloseTo(
      (0.2 * 1e-4 * 11 * 1e3) / Math.sqrt(3),
      6,
    );
    expect(budget.rows.find((row) => row.id === 'leak')?.contributionUJ).toBeCloseTo(
      (3 * 11 * 5e-6 * 1e3) / Math.sqrt(3),
      6,
    );
  });

  it('leaves the lead out where the energy counts at the monitor', () => {
    const { budget } = figuresOf(madeUpSetup({ plane: 'monitor' }), madeUpTrace());
    expect(budget.rows.some((row) => row.id === 'lead')).toBe(false);
    expect(budget.plane).toBe('monitor');
  });

  it('has the corrected figure beside the official one, with the smaller budget', () => {
    const setup = madeUpSetup({ correction });
    const withCertificate = figuresOf(setup, madeUpTrace());
    expect(withCertificate.medianEnergyUJPerInf).toBe(figures.medianEnergyUJPerInf);
    expect(withCertificate.budget.expandedUncertainty).toBe(figures.budget.expandedUncertainty);
    const truth = ((330 - 3 * 1e-5 * 11 * 1e3) / 1.01) * (2.97 / 3) * 1.00005;
    expect(withCertificate.corrected?.medianEnergyUJPerInf).toBeCloseTo(truth, 9);
    const budget = withCertificate.corrected?.budget;
    expect(budget?.certificates).toEqual(['gain-1', 'supply-1', 'clock-1']);
    expect(budget?.rows.map((row) => row.id)).not.toContain('gain.0');
    expect(budget?.rows.map((row) => row.id)).not.toContain('lead');
    const value = (id: string) => budget?.rows.find((row) => row.id === id);
    expect(value('cal.dmm')?.contributionUJ).toBeCloseTo(2 * 3e-4 * truth, 9);
    // Of the voltage's 4e-4 the multimeter's gain of 3e-4 is counted already.
    expect(value('voltage')?.value).toBeCloseTo(Math.sqrt(16e-8 - 9e-8), 12);
    expect(value('drift')?.value).toBeCloseTo(
      (2e-3 * Math.max(0.25 * year, runAtEpochMs - Date.parse(correction.issuedAt))) / year,
      12,
    );
    expect((budget?.expandedUncertainty ?? 9) / truth).toBeLessThan(0.005);
    expect(budget?.remarks).not.toContain('noCertificate');
  });

  it('estimates the lead in the corrected figure where the voltage was not read at the DUT', () => {
    const { corrected } = figuresOf(madeUpSetup({ correction: { ...correction, supply: null } }), madeUpTrace());
    const beforeLead = ((330 - 0.33) / 1.01) * 1.00005;
    expect(corrected?.medianEnergyUJPerInf).toBeCloseTo(beforeLead - 0.1 * 1e-4 * 11 * 1e3, 9);
    expect(corrected?.budget.rows.find((row) => row.id === 'lead')?.value).toBe(0.1);
  });

  it('remarks what weakens a certificate', () => {
    const weak = { ...correction, temperatureC: 30, setVoltageV: 1.8, expiresAt: '2027-01-14T00:00:00Z' };
    const span = { ...correction.ranges[0]!, spanA: [0.02, 0.044] as [number, number] };
    const { corrected } = figuresOf(madeUpSetup({ correction: { ...weak, ranges: [span] } }), madeUpTrace());
    expect(corrected?.budget.remarks).toEqual(
      expect.arrayContaining(['certificateExpired', 'certificateTemperature', 'certificateVoltage', 'certificateSpan']),
    );
    expect(corrected?.budget.status).toBe('remark');
  });

  it('corrects nothing that the certificate does not cover', () => {
    const other = { ...correction, ranges: [{ ...correction.ranges[0]!, range: 3 }] };
    const { corrected, budget } = figuresOf(madeUpSetup({ correction: other }), madeUpTrace());
    expect(corrected?.budget).toMatchObject({ status: 'invalid', reasons: ['E-RANGE'], expandedUncertainty: null });
    expect(budget.status).toBe('remark');
  });

  it.each([
    ['E-SAT', {}, { saturatedSamples: 1 }],
    ['E-SAT', { overcurrent: true }, {}],
    ['E-LOSS', {}, { lostSamples: 12 }],
    ['E-LOSS', { achievedRateHz: 994 }, {}],
    ['E-LOSS', { losses: [{ sampleIndex: 6000, count: null, cause: 'framing', exact: false }] }, {}],
    ['E-EDGE', { edgeCount: 10 }, {}],
    ['E-CLIP0', {}, { clippedSamples: 20 }],
    ['E-RANGE', {}, { ranges: [{ range: 7, samples: 11_000, energyJ: 0.33 }] }],
    ['E-VOLT', { measuredVoltageV: 2.6 }, {}],
    ['E-N', { windows: madeUpTrace().windows.slice(1) }, {}],
  ] as const)('gives no uncertainty for %s', (reason, trace, window) => {
    const { budget, alwaysOn } = figuresOf(
      madeUpSetup(),
      madeUpTrace(structuredClone(trace) as Partial<TraceSummary>, structuredClone(window) as object),
    );
    expect(budget).toMatchObject({ status: 'invalid', reasons: [reason], expandedUncertainty: null, interval95: null });
    expect(alwaysOn?.power.expandedUncertaintyUW).toBeNull();
  });

  it('makes up for a few lost samples and counts the doubt', () => {
    const lossy = figuresOf(
      madeUpSetup(),
      madeUpTrace(
        { losses: [{ sampleIndex: 90_000, count: null, cause: 'clock', exact: false }] },
        { lostSamples: 10 },
      ),
    );
    expect(lossy.windows[2]?.energyUJPerInf).toBeCloseTo((330 * 11_000) / 10_990, 9);
    const loss = lossy.budget.rows.find((row) => row.id === 'loss');
    // f * (max - min) / mean / sqrt(12)
    expect(loss?.contributionUJ).toBeCloseTo(((lossy.budget.y ?? 0) * (10 / 11_000) * 0.2) / Math.sqrt(12), 9);
  });

  it('counts losses that left no gap in every window that they may lie in', () => {
    const loss = { sampleIndex: 17_000, count: 11, cause: 'clock', exact: false };
    const late = figuresOf(madeUpSetup(), madeUpTrace({ losses: [loss] }));
    // Noticed up to 4.5 s late: behind the first window, perhaps in it; 11 of 11,000 are the limit.
    expect(late.budget).toMatchObject({ status: 'remark', reasons: [] });
    expect(late.windows[0]?.energyUJPerInf).toBe(figures.windows[0]?.energyUJPerInf);
    expect(figuresOf(madeUpSetup(), madeUpTrace({ losses: [{ ...loss, count: 12 }] })).budget.reasons).toEqual([
      'E-LOSS',
    ]);
    const elsewhere = { ...loss, sampleIndex: 3000, count: 12 };
    expect(figuresOf(madeUpSetup(), madeUpTrace({ losses: [elsewhere] })).budget.reasons).toEqual([]);
    // Window 3 is the median's: what may be missing of it counts in full.
    const inMiddle = { ...loss, sampleIndex: 40_000 };
    const doubtful = figuresOf(madeUpSetup(), madeUpTrace({ losses: [inMiddle] }));
    expect(doubtful.budget.rows.find((row) => row.id === 'loss')?.contributionUJ).toBeCloseTo(0.33 / Math.sqrt(3), 9);
  });

  it('is not spoilt by an edge outside of every window', () => {
    expect(figuresOf(madeUpSetup(), madeUpTrace({ edgeCount: 12, strayEdges: 1 })).budget.status).toBe('remark');
    expect(figuresOf(madeUpSetup(), madeUpTrace({ edgeCount: 12 })).budget.reasons).toEqual(['E-EDGE']);
  });

  it('has no figures without windows', () => {
    const none = figuresOf(madeUpSetup({ correction }), madeUpTrace({ windows: [] }));
    expect(none).toMatchObject({ windows: [], medianEnergyUJPerInf: null, corrected: null, alwaysOn: null });
    expect(none.budget).toMatchObject({ status: 'invalid', y: null, reasons: ['E-N'] });
    expect(none.rest).toHaveLength(2);
  });

  it('remarks range switches and an undeclared scope', () => {
    const setup = madeUpSetup({ scope: { measured: [], notMeasured: [], declaredBy: '' } });
    const { budget } = figuresOf(setup, madeUpTrace({}, { nearSwitchSamples: 200, rawEnergyJ: 0.331 }));
    expect(budget.remarks).toEqual(expect.arrayContaining(['rangeSwitches', 'scopeNotDeclared']));
    expect(budget.rows.some((row) => row.id === 'switch')).toBe(true);
  });

  it('counts a coarse step of the converter where noise does not dither it', () => {
    const setup = madeUpSetup();
    const range = { ...setup.specification.ranges[0]!, quantStepA: 46.8e-6 };
    const stepped = madeUpSetup({ specification: { ...setup.specification, ranges: [range] } });
    const still = figuresOf(stepped, madeUpTrace({}, { noiseW: 3 * 1e-6 }));
    const row = still.budget.rows.find(({ id }) => id === 'quant.0');
    expect(row?.contributionUJ).toBeCloseTo((3 * 11 * 46.8e-6 * 1e3) / Math.sqrt(12), 9);
    const noisy = figuresOf(stepped, madeUpTrace({}, { noiseW: 3 * 30e-6 }));
    expect(noisy.budget.rows.some(({ id }) => id === 'quant.0')).toBe(false);
  });
});

describe('rest and the always-on case', () => {
  const figures = figuresOf(madeUpSetup(), madeUpTrace());

  it('states idle and sleep power, where offsets and leakage dominate the smaller', () => {
    const [idle, sleep] = figures.rest;
    expect(idle).toMatchObject({ state: 'idle', seconds: 5 });
    expect(idle?.power.powerUW).toBeCloseTo(6000, 9);
    expect(sleep?.power.powerUW).toBeCloseTo(30, 9);
    // 5 uA leakage and 1 uA offset at 3 V, as half-widths.
    const dominated = (2 / Math.sqrt(3)) * Math.hypot(15, 3);
    expect(sleep?.power.expandedUncertaintyUW).toBeCloseTo(dominated, 0);
  });

  it('averages power over the chosen rate and says how long a battery lasts', () => {
    const { alwaysOn } = figures;
    const duty = 2 * 0.011;
    expect(alwaysOn).toMatchObject({ restState: 'sleep', inferencesPerS: 2 });
    expect(alwaysOn?.dutyCycle).toBeCloseTo(duty, 12);
    const powerUW = 2 * 330 + (1 - duty) * 30;
    expect(alwaysOn?.power.powerUW).toBeCloseTo(powerUW, 9);
    expect(alwaysOn?.batteryLifeH).toBeCloseTo((0.22 * 3 * 1e6) / powerUW, 9);
    const relative = (alwaysOn?.power.expandedUncertaintyUW ?? 0) / powerUW;
    expect((alwaysOn?.batteryLifeExpandedUncertaintyH ?? 0) / (alwaysOn?.batteryLifeH ?? 1)).toBeCloseTo(relative, 12);
    const [leastUW, mostUW] = alwaysOn?.power.interval95UW ?? [0, 0];
    expect(leastUW).toBeLessThan(powerUW);
    expect(alwaysOn?.batteryLifeInterval95H).toEqual([660_000 / mostUW, 660_000 / leastUW]);
  });

  it('adds what both parts share linearly: gain and voltage act on the whole power', () => {
    const idleOnly = figuresOf(
      madeUpSetup({ plane: 'monitor' }),
      madeUpTrace({ rest: madeUpTrace().rest.slice(0, 1) }),
    );
    const duty = 2 * 0.011;
    const powerUW = 660 + (1 - duty) * 6000;
    expect(idleOnly.alwaysOn).toMatchObject({ restState: 'idle' });
    expect(idleOnly.alwaysOn?.power.powerUW).toBeCloseTo(powerUW, 9);
    // Independent gains would give sqrt(660^2 + 5868^2) in place of their sum.
    const shared = (2 / Math.sqrt(3)) * Math.hypot(0.02 * powerUW, 0.01 * powerUW, 15, 3);
    expect(idleOnly.alwaysOn?.power.expandedUncertaintyUW).toBeCloseTo(shared, 0);
  });

  it('is silent where it cannot be known', () => {
    expect(figuresOf(madeUpSetup(), madeUpTrace({ rest: [] })).alwaysOn).toBeNull();
    const fast = madeUpSetup({ duty: { inferencesPerS: 91, batteryAh: 1, batteryV: 3 } });
    expect(figuresOf(fast, madeUpTrace()).alwaysOn).toBeNull();
    const spoilt = madeUpTrace({
      rest: [{ state: 'sleep', durationS: 5, stretch: stretchOf(92_000, 5000, 30e-6, { clippedSamples: 500 }) }],
    });
    const { rest, alwaysOn } = figuresOf(madeUpSetup(), spoilt);
    expect(rest[0]?.power.expandedUncertaintyUW).toBeNull();
    expect(alwaysOn?.power.expandedUncertaintyUW).toBeNull();
    expect(alwaysOn?.batteryLifeExpandedUncertaintyH).toBeNull();
  });
});

describe('runs to be compared', () => {
  const of = (setup: EnergySetup, trace: TraceSummary) =>
    comparedEnergy(setup, trace, energyFigures(setup, trace, runAtEpochMs), runAtEpochMs);

  it('cancels gain and voltage on one bench', () => {
    const a = of(madeUpSetup(), madeUpTrace());
    const b = of(madeUpSetup(), madeUpTrace());
    expect(a?.ranges[0]?.perAmpere).toBeCloseTo(100, 9);
    const same = compareEnergies(a!, b!);
    expect(same).toMatchObject({ sameBench: true, ratio: 1, significant: false });
    expect(same.standardUncertainty).toBeLessThan(0.002);
    const rewired = of(
      madeUpSetup({ scope: { measured: ['MCU', 'sensor'], notMeasured: [], declaredBy: 'o' } }),
      madeUpTrace(),
    );
    expect(compareEnergies(a!, rewired!).standardUncertainty).toBeGreaterThan(0.018);
  });

  it('takes no run without an uncertainty', () => {
    expect(of(madeUpSetup(), madeUpTrace({ edgeCount: 3 }))).toBeNull();
    expect(of(madeUpSetup(), madeUpTrace({ windows: [] }))).toBeNull();
  });
});
