import type { Obstacle, ObstacleCode, ObstacleLevel } from '../../../shared/domain/comparison.ts';
import type { EnergyConditions, RunConditions } from './types.ts';

const dayMs = 86_400_000;
const nearK = 5;

type Facts = Obstacle['facts'];

/**
 * Everything in which two runs do not fit each other, the worst first. Two runs without a blocking obstacle can be compared; with one
 * of level `apart` only with both uncertainties in full, and not as baseline and candidate (uncertainty, section 7).
 */
export function obstaclesBetween(a: RunConditions, b: RunConditions): Obstacle[] {
  const found: Obstacle[] = [...common(a, b)];
  if (a.energy && b.energy) found.push(...ofEnergy(a.energy, b.energy));
  const order: readonly ObstacleLevel[] = ['blocks', 'apart', 'remark'];
  return order.flatMap((level) => found.filter((one) => one.level === level));
}

/** No obstacle blocks. */
export function canCompare(obstacles: readonly Obstacle[]): boolean {
  return obstacles.every(({ level }) => level !== 'blocks');
}

/** Not even one of level `apart`: the one may be the other's baseline. */
export function canBeBaseline(obstacles: readonly Obstacle[]): boolean {
  return obstacles.every(({ level }) => level === 'remark');
}

function common(a: RunConditions, b: RunConditions): Obstacle[] {
  const found: Obstacle[] = [];
  const add = adder(found);
  if (a.workload !== b.workload) add('otherWorkload', 'blocks', { a: a.workload, b: b.workload });
  if (a.mode !== b.mode) add('otherMode', 'blocks', { a: a.mode, b: b.mode });
  if (a.ruleVersion !== b.ruleVersion) add('otherRules', 'blocks', { a: a.ruleVersion, b: b.ruleVersion });
  if (otherInputs(a.inputs, b.inputs)) add('otherInputs', 'blocks', { a: a.inputs.name, b: b.inputs.name });
  if (a.division !== b.division) {
    const one = a.division === 'none' || b.division === 'none';
    add(one ? 'oneDivision' : 'otherDivision', one ? 'remark' : 'blocks', { a: a.division, b: b.division });
  }
  if (a.simulated !== b.simulated) {
    add('simulated', 'blocks', { simulated: a.simulated ? a.sessionId : b.sessionId });
  }
  for (const run of [a, b]) {
    if (!run.finished) add('unfinished', 'blocks', { session: run.sessionId });
    else if (run.verdict === 'invalid') add('invalid', 'blocks', { session: run.sessionId });
  }
  if (a.sessionId === b.sessionId && a.runId === b.runId) add('sameRun', 'remark', {});
  if (a.settings.warmups !== b.settings.warmups || a.settings.minWindowS !== b.settings.minWindowS) {
    const words = ({ settings }: RunConditions): string => `${settings.minWindowS} s, ${settings.warmups}`;
    if (a.mode !== 'accuracy') add('otherSettings', 'remark', { a: words(a), b: words(b) });
  }
  if (a.dut !== b.dut) add('otherDut', 'remark', { a: a.dut, b: b.dut });
  if (a.modelSha256 !== b.modelSha256) add('otherModel', 'remark', shortened(a.modelSha256, b.modelSha256));
  if (a.firmware !== b.firmware) add('otherFirmware', 'remark', shortened(a.firmware, b.firmware));
  if (a.simulated && b.simulated && a.simulation !== b.simulation) {
    add('otherSimulation', 'remark', { a: a.simulation ?? '?', b: b.simulation ?? '?' });
  }
  if (a.mode === 'performance' && !(a.clockComparable && b.clockComparable)) add('clockUnknown', 'remark', {});
  return found;
}

/** Contents decide where both are known; otherwise the lists. */
function otherInputs(a: RunConditions['inputs'], b: RunConditions['inputs']): boolean {
  if (a.listSha256 !== b.listSha256) return true;
  return a.contentSha256 !== null && b.contentSha256 !== null && a.contentSha256 !== b.contentSha256;
}

function ofEnergy(a: EnergyConditions, b: EnergyConditions): Obstacle[] {
  const found: Obstacle[] = [];
  const add = adder(found);
  if (a.windowRule !== b.windowRule) add('otherWindowRule', 'blocks', { a: a.windowRule, b: b.windowRule });
  if (a.plane !== b.plane) add('otherPlane', 'blocks', { a: a.plane, b: b.plane });
  if (a.monitor !== b.monitor) add('otherMonitor', 'apart', { a: a.monitor, b: b.monitor });
  else if (a.serial !== b.serial) add('otherMonitorUnit', 'remark', { a: a.serial, b: b.serial });
  else if (a.sampleRateHz !== b.sampleRateHz || a.filter !== b.filter) {
    const words = ({ sampleRateHz, filter }: EnergyConditions): string => `${sampleRateHz} Hz, ${filter}`;
    add('otherMonitorSettings', 'apart', { a: words(a), b: words(b) });
  }
  if (a.voltageV !== b.voltageV) add('otherVoltage', 'apart', { a: a.voltageV, b: b.voltageV });
  if (a.certificate !== b.certificate) add('certificateState', 'apart', { a: a.certificate, b: b.certificate });
  else if (a.certificateId !== b.certificateId) {
    add('otherCertificate', 'remark', { a: a.certificateId ?? '', b: b.certificateId ?? '' });
  }
  if (a.wiring !== b.wiring) add('otherWiring', 'remark', {});
  const hours = Math.abs(a.measuredAtEpochMs - b.measuredAtEpochMs) / 3_600_000;
  if (hours * 3_600_000 > dayMs) add('apartInTime', 'remark', { days: Math.round(hours / 24) });
  if (a.temperatureC === null || b.temperatureC === null) add('temperatureUnknown', 'remark', {});
  else if (Math.abs(a.temperatureC - b.temperatureC) > nearK) {
    add('temperature', 'remark', { a: a.temperatureC, b: b.temperatureC });
  }
  return found;
}

function adder(found: Obstacle[]): (code: ObstacleCode, level: ObstacleLevel, facts: Facts) => void {
  return (code, level, facts) => void found.push({ code, level, facts });
}

/** Hashes by their first digits: enough for a person to see which is which. */
function shortened(a: string | null, b: string | null): Facts {
  const short = (value: string | null): string => (value === null ? '?' : value.slice(0, 40));
  return { a: short(a), b: short(b) };
}
