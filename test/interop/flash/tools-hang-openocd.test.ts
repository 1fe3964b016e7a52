import { afterEach, describe, expect, it } from 'vitest';
import { imageOf, noOpenocdReason, openBench } from './tools-rig.ts';
import type { Bench } from './tools-rig.ts';

if (noOpenocdReason) console.info(`skipped: ${noOpenocdReason}`);

let bench: Bench | undefined;
afterEach(async () => {
  await bench?.close();
  bench = undefined;
});

const image = imageOf(60_000);

describe.skipIf(noOpenocdReason)('a probe that hangs under OpenOCD', () => {
  it('row 27: the watchdog kills it, nobody knows what the flash holds', async () => {
    bench = await openBench({ tool: 'openocd', image, faults: { stallAfterBytes: 20_000 }, hurry: 4 });
    const { error, states, log } = await bench.flash();
    expect(error, log.join('\n')).toMatchObject({ code: 'flash.probeStalled', facts: { tool: 'OpenOCD' } });
    expect(states.at(-1)?.[0]).toBe('unknown');
  });

  it('row 23: a controller that stays busy', async () => {
    bench = await openBench({ tool: 'openocd', image, faults: { alwaysBusy: true } });
    const { error, states, log } = await bench.flash();
    expect(error, log.join('\n')).toMatchObject({ code: 'flash.deviceTimeout' });
    expect(states.at(-1)?.[0]).toBe('partial');
  });
});
