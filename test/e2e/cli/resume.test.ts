import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { foldSession, runFigures } from '../../../src/main/session/index.ts';
import { readSession } from '../../../src/main/store/index.ts';
import { verifySession } from '../../../src/main/archive/index.ts';
import { cli, finished, onlySession, scratch, startCli } from '../../support/cli.ts';
import { testHost } from '../../support/test-host.ts';

async function figures(session: string): Promise<unknown> {
  const record = foldSession((await readSession(session)).entries);
  return record?.runs.map((run) => runFigures(run));
}

/** A session as a killed process leaves it: the journal up to a record, where its files were found, and nothing else. */
function cutSession(whole: string, target: string, records: number, sources: string): void {
  mkdirSync(target, { recursive: true });
  const lines = readFileSync(join(whole, 'journal.jsonl'), 'utf8').split('\n');
  writeFileSync(join(target, 'journal.jsonl'), `${lines.slice(0, records).join('\n')}\n`);
  writeFileSync(join(target, 'sources.json'), sources);
}

const sources = JSON.stringify({
  format: 1,
  bench: 'virtual',
  modes: ['accuracy'],
  workload: 'demo01',
  settings: settings(),
});
function settings(): Record<string, unknown> {
  return {
    warmups: 1,
    minWindowS: 10,
    minIterations: 10,
    verifyLoads: 'sampled',
    firstInferenceDeadlineS: 60,
    chunkBytes: 31,
  };
}

describe('an interrupted session', () => {
  it('is taken up after a cut at 20 records spread over an accuracy run, with the figures of the undisturbed run', async () => {
    const home = scratch();
    const out = join(home, 'sessions');
    await cli(['run', 'demo01', '--inline', '--mode', 'accuracy', '--out', out], home);
    const whole = onlySession(out);
    const expected = await figures(whole);
    const records = readFileSync(join(whole, 'journal.jsonl'), 'utf8').split('\n').length - 1;
    // In this process: forty starts of the program would test nothing more.
    const host = await testHost(home);
    for (let k = 0; k < 20; k += 1) {
      const target = join(home, 'cut', String(k));
      const after = 2 + Math.floor((k * (records - 4)) / 19);
      cutSession(whole, target, after, sources);
      const { operation } = await host.resumeRun(target, { useWorker: false });
      const { status, fault } = await operation.done;
      expect([after, status, fault?.code]).toEqual([after, 'completed', undefined]);
      expect(await figures(target)).toEqual(expected);
      expect((await verifySession(target, host.options.app.version)).problems).toEqual([]);
    }
  });

  it('survives five kills in a row at real pace', async () => {
    const home = scratch();
    const out = join(home, 'sessions');
    const whole = join(home, 'whole');
    await cli(['run', 'demo01', '--inline', '--mode', 'accuracy', '--out', whole], home);
    let session: string | undefined;
    let before = 0;
    for (let kill = 0; kill < 5; kill += 1) {
      const args = session
        ? ['run', '--resume', session, '--pace', 'real']
        : ['run', 'demo01', '--mode', 'accuracy', '--pace', 'real', '--out', out];
      const child = startCli(args, home);
      const ended = finished(child);
      // Some inputs further than before, at a moment that nobody chose.
      await reachRecords(out, before + 6 + 2 * kill);
      child.kill('SIGKILL');
      await ended;
      session = onlySession(out);
      before = recordsOf(session);
    }
    expect(session).toBeDefined();
    const last = await cli(['run', '--resume', session ?? '', '--inline'], home);
    expect(last.code).toBe(0);
    expect(await figures(session ?? '')).toEqual(await figures(onlySession(whole)));
  });

  it('is kept and resumed after Ctrl+C', async () => {
    const home = scratch();
    const out = join(home, 'sessions');
    const child = startCli(['run', 'demo01', '--mode', 'accuracy', '--pace', 'real', '--out', out], home);
    const ended = finished(child);
    await reachRecords(out, 8);
    child.kill('SIGINT');
    const stopped = await ended;
    expect(stopped.code).toBe(130);
    expect(stopped.err).toContain('--resume');
    const resumed = await cli(['run', '--resume', onlySession(out), '--inline', '--json'], home);
    expect(resumed.code).toBe(0);
    expect(JSON.parse(resumed.out)).toMatchObject({ runs: [{ mode: 'accuracy', inputs: 240 }] });
  });

  it('is refused when there is nothing left to do', async () => {
    const home = scratch();
    const out = join(home, 'sessions');
    await cli(['run', 'demo01', '--inline', '--mode', 'accuracy', '--out', out], home);
    const copy = join(home, 'copy');
    cpSync(onlySession(out), copy, { recursive: true });
    writeFileSync(join(copy, 'sources.json'), sources);
    const { code, err } = await cli(['run', '--resume', copy], home);
    expect(code).toBe(2);
    expect(err).toContain('no run that could be resumed');
  });
});

function recordsOf(session: string): number {
  return readFileSync(join(session, 'journal.jsonl'), 'utf8').split('\n').length - 1;
}

/** Waits until the only session below `out` has so many records. */
async function reachRecords(out: string, records: number): Promise<void> {
  for (;;) {
    try {
      if (readdirSync(out).length === 1 && recordsOf(onlySession(out)) >= records) return;
    } catch {
      // The folder or its journal is not there yet.
    }
    await new Promise((done) => setTimeout(done, 20));
  }
}
