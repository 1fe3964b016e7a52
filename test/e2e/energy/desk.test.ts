import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { noPtyReason } from '../../rig/dut/index.ts';
import { cli, onlySession, scratch } from '../../support/cli.ts';
import { kept, keptTrace } from './bench.ts';
import { openDesk } from './desk.ts';
import type { Desk } from './desk.ts';

if (noPtyReason) console.warn(`skipped: ${noPtyReason}`);

describe.skipIf(noPtyReason)('an energy run with instruments on ports of this computer', () => {
  // At the same time: they wait for real time, not for the computer.
  // In real time the emulated instrument needs its share of the computer: what a moment without it lost is rightly found, so there is a second try.
  it.concurrent.each(['lpm01a', 'ppk2'] as const)(
    'loses nothing and keeps the time of the host: %s',
    { retry: 1 },
    async (kind) => {
      const desk = await openDesk(kind);
      try {
        await runOn(desk, kind);
      } finally {
        await desk.close();
      }
    },
  );
});

async function runOn(desk: Desk, kind: string): Promise<void> {
  const home = scratch();
  const out = join(home, 'sessions');
  const { code, err } = await cli(
    ['run', 'demo01', '--mode', 'energy', '--bench', desk.dut, '--monitor', `${kind}:${desk.monitorPath}`]
      // In real time nobody waits for windows of 10 s.
      .concat(['--simulated', '--board', 'virtual', '--powered', 'DUT', '--operator', 'test'])
      .concat(['--min-window', '0.5', '--warmups', '1', '--rest', '0.2', '--out', out]),
    home,
  );
  expect([code, err]).toEqual([1, expect.stringContaining('SIMULATED')]);
  expect(desk.bench.monitor?.supplyOn).toBe(false);
  const session = onlySession(out);
  const { record } = await kept(session);
  const failed = record.runs[0]?.judged?.judgement.findings.filter(({ outcome }) => outcome === 'failed') ?? [];
  expect(failed.filter(({ severity }) => severity === 'E').map(({ rule }) => rule)).toEqual(['NRG-02']);
  expect(failed.map(({ rule }) => rule)).not.toContain('NRG-08');
  const trace = await keptTrace(session);
  expect([trace.problems, trace.closed, trace.gaps]).toEqual([0, true, 0]);
  expect(trace.events.filter((event) => event.kind === 'edge')).toHaveLength(11);
}
