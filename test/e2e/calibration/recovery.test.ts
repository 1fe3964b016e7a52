import { describe, expect, it } from 'vitest';
import { conduct, findProcedure, readProcedures } from '../../../src/main/calibration/index.ts';
import { DutClient } from '../../../src/main/dut/index.ts';
import { openOn } from '../../../src/main/open-monitor.ts';
import { resourcesDir } from '../../../src/main/places.ts';
import { simulatedSpecification } from '../../../src/main/virtual/index.ts';
import type { MonitorErrors, VirtualBenchOptions, VirtualMonitorKind } from '../../../src/main/virtual/index.ts';
import { calibrationSetupSchema } from '../../../src/shared/domain/calibration.ts';
import type { CertificateBody, ProcedureId } from '../../../src/shared/domain/calibration.ts';
import { ScriptedOperator } from '../../unit/calibration/wizard.ts';
import { openDemoBench } from '../../unit/virtual/support.ts';
import { quietMeter, runOnRig } from './rig.ts';

const procedures = await readProcedures(resourcesDir());
/** What the virtual DUT draws while it infers, in A. */
const activeA = 9.8e-3;

/** A procedure that uses the DUT on a virtual bench with injected errors, as the service conducts it. */
async function runOnBench(
  id: ProcedureId,
  injected: { kind?: VirtualMonitorKind; errors?: Partial<MonitorErrors>; bench?: Partial<VirtualBenchOptions> },
): Promise<CertificateBody | null> {
  const { kind, errors = {}, bench: options = {} } = injected;
  const bench = await openDemoBench({ ...options, ...(kind ? { monitor: { kind, seed: 7, errors } } : {}) });
  const signal = new AbortController().signal;
  const whole = findProcedure(procedures, id);
  // 100,000 samples a second over 200 s are not worth their time: a second between the marks is enough for edges of 10 us.
  const steps = whole.steps.map((step) =>
    kind === 'ppk2' && step.channel === 'pairs' ? { ...step, seconds: 1 } : step,
  );
  const procedure = { ...whole, steps };
  const { timestampMode = 'performance' } = procedure;
  try {
    const common = { clock: bench.clock, signal, label: 'emulated', lockId: 'emulated', path: null, simulated: true };
    const monitor = kind ? await openOn(await bench.openMonitorStream(), kind, common) : undefined;
    const body = await conduct(
      {
        clock: bench.clock,
        operator: new ScriptedOperator({
          meter: { dmmModel: 'M', dmmSerial: '1', dmmGainPercent: 0.05, dmmDigitsV: 1e-4 },
        }),
        monitor,
        openDut: async () =>
          new DutClient({ stream: await bench.openDut(signal, { timestampMode }), clock: bench.clock }),
        sourceJitterS: 2e-4,
        stampJitterS: 2e-4,
        baud: () => 115_200,
        hands: kind
          ? bench.hands({ dmm: { ...quietMeter, gainError: 2e-4 } })
          : {
              connect: () => Promise.resolve(),
              connectDut: () => Promise.resolve(),
              readVoltageV: () => Promise.resolve(Number.NaN),
            },
        record: () => Promise.resolve(),
      },
      {
        kind: 'new',
        opening: {
          procedure,
          setup: calibrationSetupSchema.parse({ operator: 'Ada', voltageV: 3, board: 'virtual' }),
          simulated: true,
          instrument: { kind: kind ?? 'dut', model: 'm', serial: 's', firmware: '1', constantsSha256: null },
          specification: kind ? simulatedSpecification(kind) : null,
          loads: [],
          spans: [],
          gainCertificate: null,
          program: 'test',
        },
      },
      signal,
    );
    await monitor?.close();
    return body;
  } finally {
    await bench.close();
  }
}

describe('what is injected, and what the wizard says', () => {
  it.each<[VirtualMonitorKind, number, 'pass' | 'fail']>([
    ['lpm01a', -90, 'pass'],
    ['lpm01a', 150, 'pass'],
    ['lpm01a', 260, 'fail'],
    ['ppk2', -140, 'pass'],
  ])('timestamp path of a %s whose clock is %d ppm off', async (kind, ppm, result) => {
    const body = await runOnBench('timestamp-path', { kind, errors: { clock: ppm * 1e-6 } });
    expect([body?.result, body?.remarks.includes('failed.clock')]).toEqual([result, result === 'fail']);
    const { timestamp } = body ?? {};
    expect(timestamp).toMatchObject({ sent: 121, seen: 121, lost: 0 });
    expect(Math.abs((timestamp?.c ?? 0) - 1 - ppm * 1e-6)).toBeLessThan(2.5 * (timestamp?.uC ?? 0));
    expect(timestamp?.uC).toBeLessThan(3e-5);
  });

  it.each<[string, NonNullable<VirtualBenchOptions['faults']>, string]>([
    ['lost', { monitor: { missingEdges: [30, 31] } }, 'failed.edgesLost'],
    ['nobody made', { monitor: { extraEdges: [{ afterEdge: 40, byS: 0.03 }] } }, 'failed.edgesExtra'],
  ])('timestamp path on which marks are %s', async (_name, faults, failure) => {
    const body = await runOnBench('timestamp-path', { kind: 'lpm01a', bench: { faults } });
    expect([body?.result, body?.remarks]).toEqual(['fail', expect.arrayContaining([failure])]);
  });

  it.each<[number, string, string[]]>([
    [-400, 'pass', []],
    [20_000, 'pass', ['dutClock']],
    [70_000, 'fail', ['failed.dutClock']],
  ])('a DUT whose clock is slow by %d ppm', async (ppm, result, remarks) => {
    const body = await runOnBench('dut-clock', { bench: { ppm } });
    expect([body?.result, body?.remarks]).toEqual([result, remarks]);
    const { dutClock } = body ?? {};
    // An oscillator that is slow counts less time than passes.
    const expected = (1 / (1 + ppm * 1e-6) - 1) * 1e6;
    expect(Math.abs((dutClock?.ppm ?? Infinity) - expected)).toBeLessThan(
      2.5 * (dutClock?.uPpm ?? 0) + Math.abs(ppm) * 0.05,
    );
  });

  it.each<[string, NonNullable<VirtualBenchOptions['faults']>, number]>([
    ['without a fault', {}, 0],
    ['with a byte that is lost on the way back', { line: { toHost: [{ byte: 3000, kind: 'lost' }] } }, 1],
    [
      'with two bytes that are flipped',
      { line: { toHost: [3000, 20_000].map((byte) => ({ byte, kind: 'flipped' as const })) } },
      2,
    ],
  ])('a line %s', async (_name, faults, errors) => {
    const body = await runOnBench('uart-integrity', { bench: { faults } });
    expect(body?.uart?.errors ?? -1).toBeGreaterThanOrEqual(errors === 0 ? 0 : 1);
    expect([body?.result, body?.uart?.errors === 0]).toEqual(errors === 0 ? ['pass', true] : ['fail', false]);
  });

  it.each<[VirtualMonitorKind, number, number]>([
    ['lpm01a', 0.006, 0],
    ['lpm01a', -0.008, 1.5],
    ['ppk2', 0.015, 0.4],
    ['ppk2', -0.012, 3],
  ])('supply of a %s that is off by %d and drops across %d ohm', async (kind, voltage, sourceOhm) => {
    const body = await runOnBench('supply-voltage', { kind, errors: { voltage, sourceOhm } });
    const { supply } = body ?? {};
    expect(body?.result).toBe('pass');
    const activeV = 3 * (1 + voltage) - sourceOhm * activeA;
    // The multimeter is 0.02 % high and its digit is 0.1 mV.
    expect(Math.abs((supply?.voltageV ?? 0) / activeV - 1)).toBeLessThan(2.5 * (supply?.uRel ?? 0));
    if (sourceOhm > 0) expect(Math.abs((supply?.sourceOhm ?? 0) - sourceOhm)).toBeLessThan(0.03 * sourceOhm + 0.03);
  });
});

describe('ranges that do not agree', () => {
  it('a hidden step of 1 % inside the range of an LPM01A is found by the residuals', async () => {
    const errors = {
      ranges: [{ gain: 0.004, offsetA: 3e-7, nonlinearity: 0 }],
      hiddenStep: { aboveA: 8e-3, gain: 0.01 },
    };
    const { body } = await runOnRig('monitor-gain', { kind: 'lpm01a', seed: 5, errors });
    expect([body?.result, body?.remarks]).toEqual(['fail', expect.arrayContaining(['failed.chi2'])]);
  });
});
