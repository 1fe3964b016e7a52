import { describe, expect, it } from 'vitest';
import { loadByPyocd, programByOpenocd, withFault } from './row.ts';
import { noOpenocdReason, noPyocdReason } from './tools.ts';

if (noOpenocdReason) console.info(`a flash that is never ready, OpenOCD: ${noOpenocdReason}`);
if (noPyocdReason) console.info(`a flash that is never ready, pyOCD: ${noPyocdReason}`);

// Both tools wait ten seconds and more before they give up, so they wait at the same time.
describe.concurrent('a flash that never becomes ready', () => {
  it.skipIf(noOpenocdReason)('row 23 OpenOCD gives up by itself', async () => {
    await withFault({ alwaysBusy: true }, async (row) => {
      const ran = await programByOpenocd(row);
      expect(ran.stderr).toMatch(/timed out waiting for flash/);
      expect(ran.stderr).toMatch(/failed erasing sectors 0 to 0/);
      expect(ran.code).toBe(1);
    });
  });

  it.skipIf(noPyocdReason)('row 24 pyOCD gives up by itself', async () => {
    await withFault({ alwaysBusy: true }, async (row) => {
      const ran = await loadByPyocd(row);
      expect(ran.stderr).toMatch(/C flash erase sector (timed out|failure)/);
      expect(ran.code).toBe(1);
    });
  });
});
