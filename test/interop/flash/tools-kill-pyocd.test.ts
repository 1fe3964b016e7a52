import { describe, expect, it } from 'vitest';
import { expectTruth, image, isAlive, killApp, until } from './tools-kills.ts';
import { noPyocdReason, openBench } from './tools-rig.ts';

if (noPyocdReason) console.info(`skipped: ${noPyocdReason}`);

describe.skipIf(noPyocdReason)('kills under pyOCD', () => {
  it('of the app: no tool is left', async () => {
    expectTruth(await killApp('pyocd', 30_000));
  });

  it('of the tool: it is told, and nobody knows what the flash holds', async () => {
    const bench = await openBench({ tool: 'pyocd', image });
    try {
      const flashing = bench.flash();
      await until(() => bench.probe.programmedBytes >= 30_000);
      process.kill(bench.pids.at(-1) ?? 0, 'SIGKILL');
      const { error, states, log } = await flashing;
      expect(error, log.join('\n')).toMatchObject({ code: 'flash.toolEnded' });
      expect(states.at(-1)?.[0]).toBe('unknown');
      expect(bench.pids.filter(isAlive)).toEqual([]);
    } finally {
      await bench.close();
    }
  });
});
