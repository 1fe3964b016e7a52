import { describe, expect, it } from 'vitest';
import { bytes, image, isAlive, kills, places, until } from './tools-kills.ts';
import { noOpenocdReason, openBench } from './tools-rig.ts';

if (noOpenocdReason) console.info(`skipped: ${noOpenocdReason}`);

describe.skipIf(noOpenocdReason)('OpenOCD is killed while it programs', () => {
  it(`${kills} times: it is told, nobody knows what the flash holds, and the next flashing mends it`, async () => {
    const bench = await openBench({ tool: 'openocd', image });
    let struck = 0;
    try {
      for (const [index, place] of places.entries()) {
        const before = bench.probe.programmedBytes;
        const flashing = bench.flash();
        await until(() => bench.probe.programmedBytes >= before + place);
        process.kill(bench.pids.at(-1) ?? 0, 'SIGKILL');
        const { error, states, log } = await flashing;
        // On a busy computer the kill may come when everything was confirmed already: then that is what must stand.
        const state = states.at(-1)?.[0];
        if (state === 'verified') {
          expect(bench.probe.flash().subarray(0, bytes)).toEqual(image);
        } else {
          expect(error, log.join('\n')).toMatchObject({ code: 'flash.toolEnded' });
          expect(state).toBe('unknown');
          struck += 1;
        }
        expect(bench.pids.filter(isAlive)).toEqual([]);
        if (index % 10 !== 9) continue;
        await bench.recover();
        expect((await bench.flash()).outcome?.state).toBe('verified');
        expect(bench.probe.flash().subarray(0, bytes)).toEqual(image);
      }
      expect(struck).toBeGreaterThan(kills / 2);
    } finally {
      await bench.close();
    }
  });
});
