import { describe, expect, it } from 'vitest';
import { expectTruth, killApp, kills, places } from './tools-kills.ts';
import { noOpenocdReason } from './tools-rig.ts';

if (noOpenocdReason) console.info(`skipped: ${noOpenocdReason}`);

describe.skipIf(noOpenocdReason)('the app is killed while OpenOCD programs', () => {
  it(`${kills} times: no tool is left, and what stands on the disk is true`, async () => {
    const open = [...places];
    const worker = async (): Promise<void> => {
      for (let place = open.pop(); place !== undefined; place = open.pop())
        expectTruth(await killApp('openocd', place));
    };
    await Promise.all([worker(), worker(), worker()]);
    expect(open).toEqual([]);
  });
});
