import type { EnergySetup, EnergyWindowSummary, Stretch, TraceSummary } from '../../../src/shared/domain/energy.ts';
import { runSettingsSchema } from '../../../src/shared/domain/run.ts';
import type { RunRecord, SessionRecord, StepRecord } from '../../../src/main/session/index.ts';
import { testBench, testWorkload } from '../../support/made-up-run.ts';

// Made-up energy run: five windows of 10.4 s at 3 V, 28.8 mW in them and 3.6 mW at rest, 1000 samples/s.

export const sampleRateHz = 1000;
const windowSamples = 10_400;
const assumed = (half: number): { kind: 'assumption'; source: string; half: number } => ({
  kind: 'assumption',
  source: 'test',
  half,
});

export function setup(change: Partial<EnergySetup> = {}): EnergySetup {
  return {
    monitor: {
      kind: 'lpm01a',
      model: 'LPM01A',
      serial: '1',
      firmware: '1.0.6',
      acceptance: 'submissions',
      triedOnHardware: false,
      simulated: true,
      quantity: 'energy',
      sampleRateHz,
      filter: 'none',
      constantsSha256: null,
      edgeResolutionS: 1e-3,
      maxCurrentA: 0.05,
    },
    supply: { voltageV: 3, board: 'test', limits: { minV: 1.8, nominalV: 3, maxV: 3.6 } },
    path: 'direct',
    plane: 'monitor',
    windowRule: 'mlc',
    specification: {
      instrument: 'LPM01A',
      ranges: [
        {
          range: 0,
          name: 'all',
          spanA: [0, 0.05],
          gain: assumed(0.02),
          offsetA: assumed(1e-7),
          nonlinearity: assumed(0),
          quantStepA: 0,
        },
      ],
      rangesCorrelated: true,
      voltage: assumed(0.01),
      clock: assumed(1e-4),
      driftPerYear: assumed(0.002),
      tempcoPerK: assumed(2e-4),
      latencyS: assumed(2e-6),
      leadOhm: assumed(0.2),
      leakA: assumed(5e-6),
    },
    correction: null,
    scope: { measured: ['core'], notMeasured: [], declaredBy: 'Test' },
    duty: { inferencesPerS: 1, batteryAh: 0.225, batteryV: 3 },
    temperatureC: 23,
    ...change,
  };
}

export function stretch(firstSample: number, endSample: number, meanPowerW: number): Stretch {
  return {
    firstSample,
    endSample,
    energyJ: (meanPowerW * (endSample - firstSample)) / sampleRateHz,
    meanPowerW,
    minPowerW: meanPowerW * 0.9,
    maxPowerW: meanPowerW * 1.25,
    rmsPowerW: meanPowerW,
    ranges: [],
    lostSamples: 0,
    saturatedSamples: 0,
    clippedSamples: 0,
    noiseW: 0,
    rawEnergyJ: null,
    nearSwitchSamples: 0,
  };
}

/** First sample of a window: 4 s lie between two of them. */
export const windowStart = (number: number): number => 2000 + (number - 1) * 14_400;

export function traceWindow(number: number, change: Partial<EnergyWindowSummary> = {}): EnergyWindowSummary {
  const start = windowStart(number);
  const end = start + windowSamples;
  return {
    number,
    inputIndex: number - 1,
    inferences: 100,
    startEdge: start,
    endEdge: end,
    durationS: windowSamples / sampleRateHz,
    hostS: windowSamples / sampleRateHz + 0.01,
    official: stretch(start, end, 0.0288),
    other: { samples: windowSamples, energyJ: 0.3 },
    beforeStartW: 0.0036,
    beforeEndW: 0.0288,
    edges: 2,
    ...change,
  };
}

export function trace(change: Partial<TraceSummary> = {}): TraceSummary {
  return {
    file: 'runs/r1/trace.jbt',
    sha256: 'a'.repeat(64),
    sampleRateHz,
    samples: 80_000,
    achievedRateHz: 1000.1,
    deviceDurationS: 80,
    hostDurationS: 79.99,
    edgeCount: 11,
    expectedEdgeCount: 11,
    strayEdges: 0,
    losses: [],
    overcurrent: false,
    windows: [1, 2, 3, 4, 5].map((number) => traceWindow(number)),
    rest: [{ state: 'idle', durationS: 5, stretch: stretch(74_500, 79_000, 0.0036) }],
    headS: 2,
    tailS: 10,
    measuredVoltageV: 2.99,
    temperatureC: 25,
    ...change,
  };
}

function measureStep(number: number, hasStamps: boolean): StepRecord {
  const lapStartUs = hasStamps ? number * 20_000_000 : null;
  return {
    step: {
      kind: 'measure',
      purpose: 'window',
      inputIndex: number - 1,
      iterations: 100,
      warmups: 10,
      window: number,
      attempt: 1,
      verify: false,
      deadlineS: 60,
    },
    outcome: {
      kind: 'measured',
      load: { bytes: 8, chunkBytes: 26, commands: 2, attempts: 1, verified: 'off', startS: 0, endS: 1 },
      infer: {
        iterations: 100,
        warmups: 10,
        lapStartUs,
        lapEndUs: lapStartUs === null ? null : lapStartUs + 10_400_000,
        stampCount: hasStamps ? 2 : 0,
        dutElapsedS: null,
        hostStartS: hasStamps ? number * 20 : null,
        hostEndS: hasStamps ? number * 20 + 10.4 : null,
        results: [0.7, 0.1, 0.1, 0.1],
        lines: [],
        noiseLines: 0,
        warnings: [],
      },
      ...(hasStamps
        ? {}
        : {
            marks: {
              before: 2 * number - 1,
              edges: [windowStart(number), windowStart(number) + windowSamples],
              sampleRateHz,
            },
          }),
    },
    begunAtS: number * 15,
    stepEntry: 2 * number,
    outcomeEntry: 2 * number + 1,
    endedAtS: number * 15 + 12,
  };
}

export function run(mode: 'performance' | 'energy', change: Partial<RunRecord> = {}): RunRecord {
  const energy = mode === 'energy';
  return {
    runId: energy ? 'r2' : 'r1',
    opened: {
      type: 'run.opened',
      runId: energy ? 'r2' : 'r1',
      workload: testWorkload,
      mode,
      settings: runSettingsSchema.parse({}),
      artefacts: {},
      inputSet: {
        kind: 'own',
        listName: 'test',
        listSha256: 'a'.repeat(64),
        contentSha256: 'b'.repeat(64),
        files: 8,
        inputs: 8,
      },
      files: Array.from({ length: 8 }, (_, k) => [`in_${k}.bin`, k % 4]),
      ...(energy ? { energy: setup() } : {}),
    },
    openedAt: '2026-03-01T10:00:00.000Z',
    openedAtS: 0,
    steps: [1, 2, 3, 4, 5].map((number) => measureStep(number, !energy)),
    resumedAtS: [],
    status: 'completed',
    ...(energy ? { trace: trace() } : {}),
    ...change,
  };
}

export function session(runs: RunRecord[], simulated = true): SessionRecord {
  return {
    opened: {
      type: 'session.opened',
      format: 2,
      sessionId: 'test',
      app: { name: 'Joulebench', version: '0.0.0' },
      operator: 'Test',
      dutUnit: {},
      bench: { ...testBench, simulated },
      division: 'none',
      certificates: [],
    },
    openedAt: '2026-03-01T10:00:00.000Z',
    reopened: [],
    notes: [],
    noteEntries: [],
    runs,
    closed: true,
    entries: 100,
    hash: '',
  };
}
