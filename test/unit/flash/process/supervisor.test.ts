import { describe, expect, it } from 'vitest';
import { Supervisor, ToolEnded } from '../../../../src/main/flash/process/index.ts';
import type { ToolEnd, ToolProcess } from '../../../../src/main/flash/process/index.ts';
import { ManualClock } from '../../../support/manual-clock.ts';

function fakeTool(obeys: readonly string[]): { tool: ToolProcess; told: string[]; end: (end: ToolEnd) => void } {
  const told: string[] = [];
  const ended = Promise.withResolvers<ToolEnd>();
  const tool = {
    pid: 5,
    ended: ended.promise,
    kill: (signal: string): void => {
      told.push(signal);
      if (obeys.includes(signal)) ended.resolve({ code: null, signal });
    },
  };
  return { tool, told, end: ended.resolve };
}

function watch(obeys: readonly string[] = ['SIGTERM', 'SIGKILL']) {
  const fake = fakeTool(obeys);
  const clock = new ManualClock();
  const stop = new AbortController();
  const supervisor = new Supervisor(fake.tool, { tool: 'T', probe: 'P', clock, signal: stop.signal });
  return { ...fake, clock, stop, supervisor };
}

const never = new Promise<never>(() => undefined);

describe('the watchdog', () => {
  it('kills a tool that says nothing for 10 s', async () => {
    const { supervisor, clock, told } = watch();
    const work = supervisor.during(never);
    await clock.advance(9.9);
    expect(told).toEqual([]);
    await expect(clock.until(work)).rejects.toMatchObject({
      code: 'flash.probeStalled',
      facts: { tool: 'T', probe: 'P', silentS: 10 },
    });
    expect(told).toEqual(['SIGKILL']);
    expect(clock.nowS()).toBe(10);
  });

  it('waits anew after each sign of life, longer where it is allowed to', async () => {
    const { supervisor, clock } = watch();
    const work = supervisor.during(never, 30);
    await clock.advance(29);
    supervisor.heard();
    await expect(clock.until(work)).rejects.toMatchObject({ facts: { silentS: 30 } });
    expect(clock.nowS()).toBe(59);
  });

  it('sleeps while the tool has nothing to do', async () => {
    const { supervisor, clock, told } = watch();
    expect(await supervisor.during(Promise.resolve(4))).toBe(4);
    supervisor.heard();
    expect(clock.pending).toBe(0);
    await clock.advance(100);
    expect(told).toEqual([]);
  });
});

describe('the end of work', () => {
  it('comes with the end of the tool', async () => {
    const { supervisor, end } = watch();
    const work = supervisor.during(never);
    end({ code: 1, signal: null });
    await expect(work).rejects.toBeInstanceOf(ToolEnded);
  });

  it('comes with the operator\u2019s wish, whatever the tool does', async () => {
    const { supervisor, stop, clock } = watch();
    const work = supervisor.during(never);
    const reason = new Error('enough');
    stop.abort(reason);
    await expect(work).rejects.toBe(reason);
    await expect(supervisor.during(Promise.resolve(1))).rejects.toBe(reason);
    expect(clock.pending).toBe(0);
  });

  it('keeps the failure of the work itself', async () => {
    const { supervisor } = watch();
    await expect(supervisor.during(Promise.reject(new Error('own')))).rejects.toThrow('own');
  });
});

describe('stopping', () => {
  it('asks, waits 2 s, terminates, waits 1 s, kills', async () => {
    const { supervisor, clock, told } = watch(['SIGKILL']);
    const at: [string, number][] = [];
    const stopping = supervisor.stop(() => at.push(['asked', clock.nowS()]));
    await clock.advance(1.9);
    expect(told).toEqual([]);
    await clock.advance(0.2);
    expect(told).toEqual(['SIGTERM']);
    await clock.advance(0.8);
    expect(told).toEqual(['SIGTERM']);
    await clock.until(stopping);
    expect(told).toEqual(['SIGTERM', 'SIGKILL']);
    expect(clock.nowS()).toBe(3);
    expect(at).toEqual([['asked', 0]]);
  });

  it('is done when the tool goes by itself', async () => {
    const { supervisor, clock, told, end } = watch();
    await clock.until(supervisor.stop(() => end({ code: 0, signal: null })));
    expect(told).toEqual([]);
    await supervisor.stop();
    expect(told).toEqual([]);
    expect(clock.pending).toBe(0);
  });

  it('gives up on a process that not even the system can end', async () => {
    const { supervisor, clock, told } = watch([]);
    await clock.until(supervisor.stop());
    expect(told).toEqual(['SIGTERM', 'SIGKILL']);
    expect(clock.nowS()).toBe(6);
  });
});
