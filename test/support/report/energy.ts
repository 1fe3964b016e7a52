import type {
  Budget,
  BudgetRow,
  EnergyFigures,
  EnergySetup,
  EnergyWindowSummary,
  Stretch,
  TraceSummary,
} from '../../../src/shared/domain/energy.ts';
import type { CertificateView, EnergyView, TraceColumnsView } from '../../../src/main/report/energy-view.ts';
import { fixedRandom } from './random.ts';

/**
 * Made up for the tests of the writers: no figure in here was ever measured. The windows and the budget are test vector T2 of the
 * specification of uncertainty (section 13).
 */

const hash = (digit: string): string => digit.repeat(64);
const rateHz = 1000;
const inferences = 1770;
const energiesUJ = [182.41, 182.77, 182.6, 182.35, 183.02];
const seconds = 10.98;
const idleW = 0.006;

export function energySetup(changes: Partial<EnergySetup> = {}): EnergySetup {
  return {
    monitor: {
      kind: 'lpm01a',
      model: 'LPM01A',
      serial: '2049377A3331',
      firmware: '1.0.6',
      acceptance: 'submissions',
      triedOnHardware: false,
      simulated: true,
      quantity: 'energy',
      sampleRateHz: rateHz,
      filter: 'none',
      constantsSha256: null,
      edgeResolutionS: 1e-3,
      maxCurrentA: 0.05,
    },
    supply: { voltageV: 3, board: 'nucleo-l4r5zi', limits: { minV: 1.71, nominalV: 3, maxV: 3.6 } },
    path: 'ioManager',
    plane: 'monitor',
    windowRule: 'eembc',
    specification: {
      instrument: 'LPM01A',
      ranges: [
        {
          range: 0,
          name: 'dynamic',
          spanA: [1e-7, 0.05],
          gain: { half: 0.02, kind: 'assumption', source: 'headline figure of the maker for the static mode' },
          offsetA: { half: 1e-6, kind: 'assumption', source: 'no published figure' },
          nonlinearity: { half: 0, kind: 'assumption', source: 'inside gain' },
          quantStepA: 0,
        },
      ],
      rangesCorrelated: true,
      voltage: { half: 0.01, kind: 'typical', source: 'UM2269' },
      clock: { half: 100e-6, kind: 'assumption', source: 'common crystal' },
      driftPerYear: { half: 0.002, kind: 'assumption', source: 'no published figure' },
      tempcoPerK: { half: 200e-6, kind: 'assumption', source: 'no published figure' },
      latencyS: { half: 2e-6, kind: 'assumption', source: 'no published figure' },
      leadOhm: { half: 0.2, kind: 'assumption', source: 'short jumper leads' },
      leakA: { half: 5e-6, kind: 'assumption', source: 'level shifter' },
    },
    correction: null,
    scope: {
      measured: ['MCU with its crystal', 'regulator of the board'],
      notMeasured: ['debug probe on the board', 'level shifter of the IO manager (own supply)'],
      declaredBy: 'Test operator',
    },
    duty: { inferencesPerS: 1, batteryAh: 0.225, batteryV: 3 },
    temperatureC: 23.4,
    ...changes,
  };
}

function stretch(firstSample: number, endSample: number, energyJ: number, spread: number): Stretch {
  const meanPowerW = (energyJ * rateHz) / (endSample - firstSample);
  return {
    firstSample,
    endSample,
    energyJ,
    meanPowerW,
    minPowerW: meanPowerW * (1 - spread),
    maxPowerW: meanPowerW * (1 + spread),
    rmsPowerW: meanPowerW * (1 + spread ** 2 / 6),
    ranges: [{ range: 0, samples: endSample - firstSample, energyJ }],
    lostSamples: 0,
    saturatedSamples: 0,
    clippedSamples: 0,
    noiseW: meanPowerW * 0.01,
    rawEnergyJ: null,
    nearSwitchSamples: 0,
  };
}

function windowSummary(i: number): EnergyWindowSummary {
  const start = 12_311 + i * 21_047;
  const end = start + Math.round(seconds * rateHz);
  const energyJ = ((energiesUJ[i] ?? 0) * inferences) / 1e6;
  return {
    number: i + 1,
    inputIndex: i,
    inferences,
    startEdge: start,
    endEdge: end,
    durationS: (end - start) / rateHz,
    hostS: seconds + 0.0031,
    official: stretch(start, end, energyJ, 0.35),
    other: { samples: end - start - 1, energyJ: energyJ * 0.99991 },
    beforeStartW: 0.006,
    beforeEndW: 0.0294,
    edges: 2,
  };
}

export function traceSummary(changes: Partial<TraceSummary> = {}): TraceSummary {
  const windows = energiesUJ.map((_, i) => windowSummary(i));
  const idle: [number, number] = [108_500, 113_500];
  const sleep: [number, number] = [114_200, 119_200];
  return {
    file: 'runs/r3-madeup12-energy/trace.jbt',
    sha256: hash('7'),
    sampleRateHz: rateHz,
    samples: 120_480,
    achievedRateHz: 999.98,
    deviceDurationS: 120.48,
    hostDurationS: 120.4824,
    edgeCount: 11,
    expectedEdgeCount: 11,
    strayEdges: 0,
    losses: [],
    overcurrent: false,
    windows,
    rest: [
      { state: 'idle', durationS: 5, stretch: stretch(...idle, idleW * 5, 0.05) },
      { state: 'sleep', durationS: 5, stretch: stretch(...sleep, 3.1e-6 * 5, 0.2) },
    ],
    headS: 12.311,
    tailS: 13.001,
    measuredVoltageV: 2.996,
    temperatureC: 24.1,
    ...changes,
  };
}

function row(id: string, value: number, unit: string, contributionUJ: number, changes: Partial<BudgetRow>): BudgetRow {
  const isHalfWidth = changes.isHalfWidth ?? true;
  const divisor = isHalfWidth ? Math.sqrt(3) : 1;
  return {
    id,
    value,
    unit,
    isHalfWidth,
    distribution: isHalfWidth ? 'rectangular' : 'normal',
    divisor,
    origin: { kind: 'assumption', source: 'no published figure' },
    sensitivity: (contributionUJ / value) * divisor,
    contributionUJ,
    share: contributionUJ ** 2 / 2.361963 ** 2,
    nu: null,
    common: 'duts',
    ...changes,
  };
}

export function budget(changes: Partial<Budget> = {}): Budget {
  return {
    status: 'remark',
    reasons: [],
    remarks: ['assumptions', 'noCertificate'],
    y: 182.6,
    combinedStandardUncertainty: 2.361963,
    effectiveDegreesOfFreedom: 359_810,
    coverageFactor: 2,
    expandedUncertainty: 4.723926,
    k95: 1.811915,
    interval95: [178.418333, 186.982387],
    rows: [
      row('gain.0', 0.02, 'relative', 2.108483, {
        origin: { kind: 'assumption', source: 'headline figure of the maker for the static mode' },
      }),
      row('voltage', 0.01, 'relative', 1.054242, { origin: { kind: 'typical', source: 'UM2269' } }),
      row('repeat', 0.146533, 'uJ', 0.146533, {
        isHalfWidth: false,
        nu: 5.33,
        common: 'none',
        origin: { kind: 'measured', source: 'windows' },
      }),
      row('offset.0', 1e-6, 'A', 0.010745, {}),
      row('clock', 1e-4, 'relative', 0.010542, {}),
      row('edgeBias', 0.00662, 'uJ', 0.00662, { isHalfWidth: false, common: 'windows' }),
    ],
    assumptions: ['gain.0', 'offset.0', 'clock'],
    certificates: [],
    plane: 'monitor',
    advice: [
      { id: 'gain.0', expandedUncertaintyIfHalved: 2.99 },
      { id: 'voltage', expandedUncertaintyIfHalved: 4.36 },
      { id: 'repeat', expandedUncertaintyIfHalved: 4.718 },
    ],
    ...changes,
  };
}

export function energyFigures(changes: Partial<EnergyFigures> = {}): EnergyFigures {
  return {
    windows: energiesUJ.map((energyUJPerInf, i) => ({
      number: i + 1,
      inferences,
      seconds,
      energyUJ: energyUJPerInf * inferences,
      powerUW: (energyUJPerInf * inferences) / seconds,
      energyUJPerInf,
      throughputInfPerS: inferences / seconds,
    })),
    medianEnergyUJPerInf: 182.6,
    otherRuleMedianEnergyUJPerInf: 182.5836,
    medianPowerUW: (182.6 * inferences) / seconds,
    medianThroughputInfPerS: inferences / seconds,
    budget: budget(),
    corrected: null,
    rest: [
      {
        state: 'idle',
        seconds: 5,
        power: { powerUW: 6000, expandedUncertaintyUW: 155.2, coverageFactor: 2 },
      },
      {
        state: 'sleep',
        seconds: 5,
        power: { powerUW: 3.1, expandedUncertaintyUW: 3.47, coverageFactor: 2 },
      },
    ],
    alwaysOn: {
      inferencesPerS: 1,
      restState: 'sleep',
      dutyCycle: 0.0062,
      power: { powerUW: 185.7, expandedUncertaintyUW: 5.9, coverageFactor: 2 },
      batteryAh: 0.225,
      batteryV: 3,
      batteryLifeH: 3634.9,
      batteryLifeExpandedUncertaintyH: 115.5,
    },
    ...changes,
  };
}

/** Power of the whole made-up run in columns. */
export function traceColumns(trace = traceSummary(), columns = 2000): TraceColumnsView {
  const random = fixedRandom(7);
  const view = emptyColumns(0, trace.samples / trace.sampleRateHz, columns);
  for (let i = 0; i < columns; i += 1) {
    const sample = ((i + 0.5) / columns) * trace.samples;
    const active = trace.windows.some((window) => sample >= window.startEdge && sample < window.endEdge);
    const asleep = trace.rest.some(
      ({ state, stretch: { firstSample, endSample } }) =>
        state === 'sleep' && sample >= firstSample && sample < endSample,
    );
    const mean = active ? 0.0294 : asleep ? 3.1e-6 : idleW;
    const spread = active ? 0.32 + 0.03 * random() : 0.04;
    view.meanW[i] = mean * (1 + 0.004 * (random() - 0.5));
    view.minW[i] = mean * (1 - spread);
    view.maxW[i] = mean * (1 + spread);
  }
  return view;
}

export function zoomColumns(trace = traceSummary()): TraceColumnsView {
  const random = fixedRandom(9);
  const edge = trace.windows[2]?.startEdge ?? 0;
  const view = emptyColumns((edge - 20) / rateHz, (edge + 80) / rateHz, 100);
  for (let i = 0; i < 100; i += 1) {
    const layer = Math.sin((i - 20) * 1.013) * 0.3;
    const mean = i < 20 ? idleW : 0.0294 * (1 + layer);
    view.meanW[i] = mean * (1 + 0.02 * (random() - 0.5));
    view.minW[i] = view.meanW[i] ?? 0;
    view.maxW[i] = view.meanW[i] ?? 0;
  }
  return view;
}

function emptyColumns(fromS: number, toS: number, columns: number): TraceColumnsView {
  return {
    fromS,
    toS,
    minW: new Float32Array(columns),
    meanW: new Float32Array(columns),
    maxW: new Float32Array(columns),
  };
}

export function gainCertificate(changes: Partial<CertificateView> = {}): CertificateView {
  const loads = [1000, 470, 300, 150, 100];
  const currents = [0.002999, 0.00637979, 0.00999333, 0.01998, 0.02996];
  const readings = [0.0030353, 0.0064555, 0.0101124, 0.0202172, 0.0303168];
  return {
    schema: 'joulebench.cert/1',
    id: '2026-05-02T09:12Z-lpm01a-1a2b',
    procedure: 'monitor-gain',
    procedureVersion: 1,
    operator: 'Test operator',
    dateUtc: '2026-05-02T09:12:00.000Z',
    expiresUtc: '2027-05-02T09:12:00.000Z',
    simulated: true,
    program: 'Joulebench 0.1.0',
    instrument: { kind: 'lpm01a', model: 'LPM01A', serial: '2049377A3331', firmware: '1.0.6', constantsSha256: null },
    ambientC: { start: 23.1, end: 23.4, source: 'entered' },
    setVoltageV: 3,
    mode: 'current',
    filter: 'none',
    references: [
      ...loads.map((ohm, i) => ({
        kind: 'resistor' as const,
        id: `R-0${i + 1}`,
        ohm,
        tolRel: 0.001,
        tcrPerK: 25e-6,
        ratingW: 0.6,
        due: '2027-05-01',
      })),
      {
        kind: 'dmm',
        model: 'Made-up 6.5 digit',
        serial: 'DMM-77',
        gainRel: 5e-4,
        digitsV: 1e-4,
        inputOhm: 1e7,
        due: '2026-11-01',
      },
    ],
    readings: [
      { load: 'open', vV: null, iRefA: 0, uIndepA: 2.83e-9, xA: 6e-7, sdA: 2e-7 },
      ...loads.map((ohm, i) => ({
        load: `R-0${i + 1}`,
        vV: (currents[i] ?? 0) * ohm,
        iRefA: currents[i] ?? 0,
        uIndepA: (currents[i] ?? 0) * 5.9e-4,
        xA: readings[i] ?? 0,
        sdA: (readings[i] ?? 0) * 0.01,
      })),
    ].map((one) => ({ ...one, n: 5000, range: 0, rangeShare: 1, tS: 5 })),
    ranges: [
      {
        range: 0,
        name: 'dyn',
        spanA: [3e-6, 0.044],
        offsetA: 6.000001e-7,
        slope: 1.011852624,
        cov: [8e-18, -1.0779e-15, 7.0667e-8],
        chi2: 0.029279,
        nu: 4,
        offsetFitted: true,
        commonRel: { dmm: 2.887e-4, tcr: 7.22e-5 },
        residuals: [0.001, 0.08, -0.11, 0.02, -0.06, 0.09],
      },
    ],
    zero: null,
    selfcal: null,
    timestamp: null,
    dutClock: null,
    uart: null,
    supply: null,
    result: 'pass',
    remarks: [],
    sha256Previous: hash('0'),
    sha256: hash('8'),
    ...changes,
  };
}

/** A certificate of a procedure that fits no line; it had expired when the made-up session was measured. */
export function supplyCertificate(): CertificateView {
  return gainCertificate({
    id: '2026-04-02T10:05Z-supply-77aa',
    procedure: 'supply-voltage',
    references: gainCertificate().references.slice(-1),
    readings: [],
    ranges: [],
    supply: {
      board: 'nucleo-l4r5zi',
      idleV: 2.9981,
      activeV: 2.9962,
      voltageV: 2.9963,
      uRel: 3.1e-4,
      sourceOhm: 0.24,
      instrumentV: 2.999,
    },
    dateUtc: '2026-04-02T10:05:00.000Z',
    expiresUtc: '2026-05-02T10:05:00.000Z',
    sha256: hash('6'),
  });
}

export function energyView(changes: Partial<EnergyView> = {}): EnergyView {
  return {
    setup: energySetup(),
    trace: traceSummary(),
    figures: energyFigures(),
    inputs: energiesUJ.map((_, i) => ({
      window: i + 1,
      file: `made_up_${String(i).padStart(6, '0')}.bin`,
      label: i,
    })),
    columns: traceColumns(),
    startZoom: zoomColumns(),
    certificates: [],
    ...changes,
  };
}

/** The same run with certificates applied: test vector T5. */
export function correctedView(): EnergyView {
  const rows = [
    row('drift', 0.002, 'relative', 0.207846, { common: 'windows' }),
    row('repeat', 0.192816, 'uJ', 0.192816, {
      isHalfWidth: false,
      nu: 5.33,
      common: 'none',
      origin: { kind: 'measured', source: 'windows' },
    }),
    row('cal.dmm', 0.0005, 'relative', 0.103923, { origin: { kind: 'certificate', source: gainCertificate().id } }),
    row('nonlin.0', 0.001, 'relative', 0.103923, {}),
    row('temp', 0.0006, 'relative', 0.062354, {}),
    row('cal.fit.0', 0.000263, 'relative', 0.047289, {
      isHalfWidth: false,
      origin: { kind: 'certificate', source: gainCertificate().id },
    }),
    row('cal.tcr', 0.000125, 'relative', 0.01299, {}),
    row('clock', 1e-4, 'relative', 0.010392, {}),
  ].map((one) => ({ ...one, share: one.contributionUJ ** 2 / 0.32921 ** 2 }));
  return energyView({
    setup: energySetup({
      correction: {
        certificateId: gainCertificate().id,
        issuedAt: '2026-05-02T09:12:00.000Z',
        expiresAt: '2027-05-02T09:12:00.000Z',
        temperatureC: 23.2,
        setVoltageV: 3,
        ranges: [],
        dmmId: 'DMM-77',
        supply: null,
        clock: null,
      },
    }),
    figures: energyFigures({
      corrected: {
        medianEnergyUJPerInf: 180,
        budget: budget({
          y: 180,
          combinedStandardUncertainty: 0.32921,
          effectiveDegreesOfFreedom: 45.2945,
          expandedUncertainty: 0.658419,
          k95: 1.988975,
          interval95: [179.34521, 180.65479],
          rows,
          assumptions: ['drift', 'temp', 'clock'],
          certificates: [gainCertificate().id],
          remarks: ['assumptions', 'certificateExpired'],
          plane: 'dut',
          advice: [{ id: 'drift', expandedUncertaintyIfHalved: 0.551 }],
        }),
      },
    }),
    certificates: [gainCertificate({ simulated: false }), { ...supplyCertificate(), simulated: false }],
  });
}
