import { describe, expect, it } from 'vitest';
import { DutClient } from '../../../src/main/dut/index.ts';
import { createPipe } from '../../../src/main/transport/index.ts';
import { ManualClock } from '../../support/manual-clock.ts';

describe('something that answers every question at once, but not with its name', () => {
  it('is given up when the time allowed for booting is over, after a bounded number of questions', async () => {
    const clock = new ManualClock();
    const [host, peer] = createPipe();
    let questions = 0;
    peer.onData(() => {
      questions += 1;
      void peer.write(new TextEncoder().encode('hello m-ready\r\n'));
    });
    const client = new DutClient({ stream: host, clock, bootS: 5 });
    await expect(clock.until(client.identify())).rejects.toMatchObject({ code: 'dut.noName' });
    expect(questions).toBeLessThan(40);
    expect(clock.nowS()).toBeGreaterThanOrEqual(5);
  });
});
