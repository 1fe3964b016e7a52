import type {
  ComparedRun,
  EnergyConditions,
  EnergySide,
  RunConditions,
} from '../../../../src/main/analysis/comparison/index.ts';
import { repeatOfScatter } from '../../../../src/main/analysis/uncertainty/compare.ts';
import { assumed } from '../uncertainty/vectors.ts';

/** An energy run's conditions that fit each other. */
export const energyConditions: EnergyConditions = {
  monitor: 'lpm01a',
  serial: 'S1',
  sampleRateHz: 1000,
  filter: 'none',
  voltageV: 3,
  plane: 'monitor',
  windowRule: 'mlc',
  wiring: 'direct; DUT; |',
  certificateId: null,
  certificate: 'none',
  measuredAtEpochMs: 0,
  temperatureC: 23,
};

export const conditions: RunConditions = {
  sessionId: 'a',
  runId: 'r1',
  mode: 'energy',
  workload: 'kws01',
  ruleVersion: '1.3',
  inputs: { name: 'kws01', listSha256: 'l', contentSha256: 'c' },
  division: 'closed',
  simulated: false,
  simulation: null,
  finished: true,
  verdict: 'valid',
  settings: { warmups: 1, minWindowS: 10 },
  dut: 'board',
  unit: null,
  modelSha256: 'm',
  firmware: 'f',
  clockComparable: true,
  energy: energyConditions,
};

/** An energy of one range with a budget of gain, offset, voltage and repeatability. */
export function energySide(energyUJPerInf: number, s: number, currentA = 9.8e-3, range = 0): EnergySide {
  const [gain, offsetA] = [assumed(0.02), assumed(1e-6)];
  const repeat = repeatOfScatter(s);
  const row = (
    id: string,
    value: number,
    sensitivity: number,
    common: 'duts' | 'windows' | 'none',
    divisor = Math.sqrt(3),
  ) => ({
    id,
    value,
    unit: 'relative',
    isHalfWidth: true,
    distribution: 'rectangular' as const,
    divisor,
    origin: { kind: 'assumption' as const, source: 'test' },
    sensitivity,
    contributionUJ: Math.abs(value * sensitivity) / divisor,
    share: 0,
    nu: null,
    common,
  });
  const rows = [
    row(`gain.${range}`, gain.half, energyUJPerInf, 'duts'),
    row(`offset.${range}`, offsetA.half, energyUJPerInf / currentA, 'duts'),
    row('voltage', 0.01, energyUJPerInf, 'duts'),
    row('edgeBias', 0.01, 1, 'windows', 1),
    row('repeat', repeat.repeatUJ, 1, 'none', 1),
  ];
  const combinedUJ = Math.hypot(...rows.map(({ contributionUJ }) => contributionUJ));
  return {
    energyUJPerInf,
    ...repeat,
    combinedUJ,
    expandedUJ: 2 * combinedUJ,
    coverageFactor: 2,
    bench: {
      monitorSerial: 'S1',
      certificateId: null,
      voltageV: 3,
      plane: 'monitor',
      wiring: 'DUT',
      measuredAtEpochMs: 0,
      temperatureC: 23,
    },
    ranges: [{ range, share: 1, perAmpere: 1 / currentA, gain, offsetA, nonlinearity: assumed(1e-3) }],
    rows,
  };
}

/** Five windows around a value. */
export function five(value: number, s: number): number[] {
  return [-1, 0.5, 0, 1, -0.5].map((k) => value + k * s);
}

export function energyRun(
  sessionId: string,
  energyUJPerInf: number,
  s = 0.2,
  change: Partial<RunConditions> = {},
): ComparedRun {
  return {
    conditions: { ...conditions, sessionId, ...change },
    energy: {
      energy: energySide(energyUJPerInf, s),
      windowsUJPerInf: five(energyUJPerInf, s),
      windowsUW: five(energyUJPerInf * 10, s),
      medianPowerUW: energyUJPerInf * 10,
    },
  };
}
