import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { cli, finished, scratch, startCli } from '../../support/cli.ts';
import { kept, keptTrace, untilJournal } from './bench.ts';
import { faultTable } from './table.ts';

describe('a process that is killed in a window', () => {
  it('loses nothing that was recorded, and the run is made anew', async () => {
    const row = faultTable().find(({ fault }) => fault === 'process killed');
    const home = scratch();
    const out = join(home, 'sessions');
    const child = startCli(
      ['run', 'demo01', '--mode', 'energy', '--inline', '--rest', '1', '--pace', '20', '--out', out],
      home,
    );
    const ended = finished(child);
    const session = await untilJournal(out, /"purpose":"window"[^\n]*"window":2/);
    await pause(150);
    child.kill('SIGKILL');
    await ended;

    const before = await kept(session);
    expect(row?.outcome).toMatch(new RegExp(`^\`${before.record.runs[0]?.status ?? ''}\``));
    expect(before.record.runs[0]?.judged).toBeUndefined();
    expect(before.windows).toEqual([1]);
    const trace = await keptTrace(session);
    expect([trace.problems, trace.closed, trace.gaps]).toEqual([0, false, 0]);
    const outcomes = before.steps.flatMap(({ outcome }) => (outcome?.kind === 'measured' ? [outcome.marks] : []));
    expect(trace.samples).toBeGreaterThan(outcomes.at(-1)?.edges.at(-1) ?? Infinity);

    const resumed = await cli(['run', '--resume', session, '--inline', '--json'], home);
    expect([resumed.code, resumed.err]).toEqual([0, expect.stringContaining('SIMULATED')]);
    const after = await kept(session);
    expect(after.record.runs[0]?.status).toBe('completed');
    expect(after.record.runs[0]?.trace?.file).toMatch(/trace-2\.jbt$/);
    expect((await keptTrace(session)).samples).toBe(trace.samples);
    expect((await cli(['verify', session], home)).code).toBe(0);
  });
});
