import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exitCodes } from '../../../src/main/cli/exit-code.ts';
import { isUnfinished } from '../../../src/main/flash/state-file.ts';
import type { FlashState, FlashToolId } from '../../../src/shared/domain/flash.ts';
import { finished, startCli } from '../../support/cli.ts';
import { FlashBench, noToolReason } from './bench.ts';
import type { Image } from './bench.ts';
import { expectNobodyLeft, noProcReason, running } from './running.ts';

/** Park and Miller's generator: the same moments each time. */
function moments(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
}

/** What the app says when it begins each part; a kill waits for one of them, and then a little more. */
const parts: readonly { words: RegExp; forS: number }[] = [
  { words: /looking for the tool/, forS: 0.3 },
  { words: /connecting/, forS: 0.4 },
  { words: /reading voltage/, forS: 0.2 },
  { words: /erasing: 0 of/, forS: 0.05 },
  { words: /programming: 0 of/, forS: 0.25 },
  { words: /programming: [1-9]/, forS: 0.25 },
  { words: /reading back: 0 of/, forS: 0.3 },
  { words: /reading back: [1-9]/, forS: 0.2 },
  { words: /resetting/, forS: 0.02 },
];

/** An instrument, or a tool that is none. */
const exitCodesOfFaults: readonly (number | null)[] = [exitCodes.instrument, exitCodes.usage];

export interface KillSeries {
  tool: FlashToolId;
  victim: 'app' | 'tool';
  kills: number;
  /** The part in which the first kill falls; the next falls two parts later, and so on. */
  from: number;
  seed: number;
}

/** Starts to flash `image` and kills its victim; false when all was done before that. */
async function killOnce(
  bench: FlashBench,
  image: Image,
  { tool, victim }: KillSeries,
  { words, afterS }: { words: RegExp; afterS: number },
): Promise<{ killed: boolean; code: number | null; err: string }> {
  const app = startCli(bench.imageArgs(tool, image), bench.home);
  const ended = finished(app);
  let said = '';
  await new Promise<void>((done) => {
    app.stderr.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      if (words.test(said)) done();
    });
    app.once('exit', () => done());
  });
  await pause(afterS * 1000);
  let killed = false;
  // Between two of its processes there is no tool to be killed: the next one is waited for.
  while (!killed && app.exitCode === null && app.signalCode === null) {
    const pid = victim === 'app' ? app.pid : running(bench.home).find(({ kind }) => kind === 'tool')?.pid;
    try {
      killed = pid !== undefined && process.kill(pid, 'SIGKILL');
    } catch {
      // It ended in between.
    }
    if (!killed) await pause(2);
  }
  const { code, err } = await ended;
  return { killed: victim === 'app' ? app.signalCode === 'SIGKILL' : killed, code, err };
}

/** Kills one side of a flashing again and again at random moments: nobody is left, the truth is told, and the next attempt puts it right. */
export function describeKills(series: KillSeries): void {
  const { tool, victim, kills, from, seed } = series;
  const reason = noToolReason[tool] ?? noProcReason;
  if (reason) console.info(`killing the ${victim} under ${tool}: ${reason}`);
  const random = moments(seed);
  const plan = Array.from({ length: kills }, (_, index) => {
    const part = parts[(from + 2 * index) % parts.length] ?? { words: /./, forS: 0 };
    return { number: index + 1, words: part.words, afterS: random() * part.forS };
  });

  describe.skipIf(reason)(`${kills} kills of the ${victim} under ${tool}`, () => {
    let bench: FlashBench;
    let images: readonly [Image, Image];
    const seen = new Set<FlashState | undefined>();
    beforeAll(async () => {
      bench = await FlashBench.open();
      images = [bench.image(150_000), bench.image(150_000, 0x5a)];
    });
    afterAll(() => bench.probe.close());

    it.each(plan)('$number: after $words', async ({ number, words, afterS }) => {
      const [image, next] = number % 2 === 0 ? images : ([images[1], images[0]] as const);
      let ran = await killOnce(bench, image, series, { words, afterS });
      // A moment that came too late, after the last byte, is brought forward.
      for (let again = 1; !ran.killed && again <= 5; again += 1)
        ran = await killOnce(bench, image, series, { words, afterS: afterS / 3 ** again });
      expect(ran.killed).toBe(true);
      await expectNobodyLeft(bench.home);
      const state = await bench.expectTruth();
      seen.add(state?.state);
      // An app that lives on must not call it done unless every byte was confirmed, and says what happened.
      if (ran.code === 0) expect(state).toMatchObject({ state: 'verified', image: { sha256: image.sha256 } });
      else if (victim === 'tool') {
        expect(exitCodesOfFaults).toContain(ran.code);
        expect(ran.err).not.toMatch(/undefined|\{\w+\}/);
      }
      if (!state || !isUnfinished(state)) return;
      // Whoever was killed: what the tool was told and said until then is on the disk.
      expect(readFileSync(state.logPath ?? '', 'utf8')).toContain(tool === 'openocd' ? '> reset halt' : '> pyocd load');
      const repaired = await bench.flash(tool, next);
      const told = state.state === 'partial' ? 'was left partly programmed' : 'is not known since';
      expect([repaired.code, repaired.err]).toEqual([0, expect.stringContaining(told)]);
      expect(await bench.expectTruth()).toMatchObject({ state: 'verified', image: { sha256: next.sha256 } });
    });

    it('fell into the writing too', () => {
      expect(seen.has('partial') || seen.has('unknown')).toBe(true);
    });
  });
}
