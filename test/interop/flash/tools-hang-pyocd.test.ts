import { afterEach, describe, expect, it } from 'vitest';
import { imageOf, noPyocdReason, openBench } from './tools-rig.ts';
import type { Bench } from './tools-rig.ts';

if (noPyocdReason) console.info(`skipped: ${noPyocdReason}`);

let bench: Bench | undefined;
afterEach(async () => {
  await bench?.close();
  bench = undefined;
});

const image = imageOf(60_000);

describe.skipIf(noPyocdReason)('a probe that hangs under pyOCD', () => {
  it('row 26: unplugged, pyOCD spins; the watchdog kills it', async () => {
    bench = await openBench({ tool: 'pyocd', image, faults: { unplugAfterBytes: 20_000 }, hurry: 4 });
    const { error, states, log } = await bench.flash();
    expect(error, log.join('\n')).toMatchObject({ code: expect.stringMatching(/flash\.probe(Stalled|Unplugged)/) });
    expect(states.at(-1)?.[0]).toBe('unknown');
  });

  it('row 24: a controller that stays busy', async () => {
    bench = await openBench({ tool: 'pyocd', image, faults: { alwaysBusy: true } });
    const { error, states, log } = await bench.flash();
    expect(error, log.join('\n')).toMatchObject({ code: 'flash.deviceTimeout' });
    expect(states.at(-1)?.[0]).toBe('partial');
  });
});
