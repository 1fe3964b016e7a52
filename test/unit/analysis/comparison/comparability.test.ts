import { describe, expect, it } from 'vitest';
import { canBeBaseline, canCompare, obstaclesBetween } from '../../../../src/main/analysis/comparison/comparability.ts';
import type { EnergyConditions, RunConditions } from '../../../../src/main/analysis/comparison/index.ts';
import { obstacleCodeSchema } from '../../../../src/shared/domain/comparison.ts';
import type { ObstacleCode, ObstacleLevel } from '../../../../src/shared/domain/comparison.ts';
import { createText } from '../../../../src/shared/text/index.ts';
import { obstacleText } from '../../../../src/shared/text/comparison.ts';
import { conditions, energyConditions } from './conditions.ts';

const other = { ...conditions, sessionId: 'b' };
type Row = [ObstacleCode, ObstacleLevel, Partial<RunConditions>, Partial<EnergyConditions>?];

const day = 86_400_000;
const matrix: Row[] = [
  ['otherWorkload', 'blocks', { workload: 'vww01' }],
  ['otherMode', 'blocks', { mode: 'performance' }],
  ['otherRules', 'blocks', { ruleVersion: '1.2' }],
  ['otherInputs', 'blocks', { inputs: { name: 'x', listSha256: 'x', contentSha256: 'c' } }],
  ['otherInputs', 'blocks', { inputs: { name: 'x', listSha256: 'l', contentSha256: 'x' } }],
  ['otherDivision', 'blocks', { division: 'open' }],
  ['oneDivision', 'remark', { division: 'none' }],
  ['simulated', 'blocks', { simulated: true }],
  ['invalid', 'blocks', { verdict: 'invalid' }],
  ['unfinished', 'blocks', { finished: false }],
  ['otherSettings', 'remark', { settings: { warmups: 2, minWindowS: 10 } }],
  ['otherDut', 'remark', { dut: 'another' }],
  ['otherModel', 'remark', { modelSha256: 'x' }],
  ['otherFirmware', 'remark', { firmware: 'x' }],
  ['otherWindowRule', 'blocks', {}, { windowRule: 'eembc' }],
  ['otherPlane', 'blocks', {}, { plane: 'dut' }],
  ['otherMonitor', 'apart', {}, { monitor: 'ppk2' }],
  ['otherMonitorUnit', 'remark', {}, { serial: 'S2' }],
  ['otherMonitorSettings', 'apart', {}, { sampleRateHz: 10_000 }],
  ['otherMonitorSettings', 'apart', {}, { filter: 'spike' }],
  ['otherVoltage', 'apart', {}, { voltageV: 1.8 }],
  ['certificateState', 'apart', {}, { certificate: 'expired', certificateId: 'c' }],
  ['otherWiring', 'remark', {}, { wiring: 'ioManager' }],
  ['apartInTime', 'remark', {}, { measuredAtEpochMs: 2 * day }],
  ['temperature', 'remark', {}, { temperatureC: 30 }],
  ['temperatureUnknown', 'remark', {}, { temperatureC: null }],
];

describe('comparability', () => {
  it('finds nothing between two runs that fit', () => {
    expect(obstaclesBetween(conditions, other)).toEqual([]);
    const unknown = { ...other, inputs: { ...other.inputs, contentSha256: null } };
    expect(obstaclesBetween(conditions, unknown)).toEqual([]);
  });

  it.each(matrix)('%s: %s', (code, level, change, energy = {}) => {
    const changed = { ...other, ...change, energy: { ...energyConditions, ...energy } };
    for (const [a, b] of [
      [conditions, changed],
      [changed, conditions],
    ] as const) {
      const found = obstaclesBetween(a, b);
      expect(found.map((one) => [one.code, one.level])).toEqual([[code, level]]);
      expect(canCompare(found)).toBe(level !== 'blocks');
      expect(canBeBaseline(found)).toBe(level === 'remark');
    }
  });

  it('knows certificates of one state apart, a run from itself, simulations and clocks', () => {
    const certified = (id: string) => ({
      ...other,
      energy: { ...energyConditions, certificate: 'valid' as const, certificateId: id },
    });
    expect(obstaclesBetween({ ...certified('c1'), sessionId: 'c' }, certified('c2')).map(({ code }) => code)).toEqual([
      'otherCertificate',
    ]);
    expect(obstaclesBetween(conditions, conditions).map(({ code }) => code)).toEqual(['sameRun']);
    const simulated = (simulation: string) => ({ ...other, simulated: true, simulation, runId: simulation });
    expect(obstaclesBetween(simulated('80 MHz'), simulated('64 MHz')).map(({ code }) => code)).toEqual([
      'otherSimulation',
    ]);
    const clockless = { ...other, mode: 'performance' as const, energy: null, clockComparable: false };
    expect(obstaclesBetween({ ...clockless, sessionId: 'c' }, clockless).map(({ code }) => code)).toEqual([
      'clockUnknown',
    ]);
  });

  it('says the worst first', () => {
    const changed = { ...other, dut: 'x', workload: 'vww01', energy: { ...energyConditions, voltageV: 1.8 } };
    expect(obstaclesBetween(conditions, changed).map(({ level }) => level)).toEqual(['blocks', 'apart', 'remark']);
  });

  it('has a sentence for each reason, with its facts', () => {
    const text = createText('en');
    for (const code of obstacleCodeSchema.options) {
      const facts = { a: '#a', b: '#b', session: '#s', simulated: '#m', workload: '#w', mode: 'energy', days: 3 };
      const words = obstacleText(text, { code, level: 'remark', facts });
      expect(words).not.toContain('compare.obstacle');
      expect(words).not.toMatch(/[{}]/);
    }
  });
});
