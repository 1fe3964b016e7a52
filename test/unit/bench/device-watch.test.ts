import { expect, it } from 'vitest';
import { DeviceWatch } from '../../../src/main/bench/index.ts';
import { ManualClock } from '../../support/manual-clock.ts';

function watched(fingerprint?: () => string) {
  const clock = new ManualClock();
  const looks: boolean[] = [];
  const watch = new DeviceWatch({
    clock,
    look: (thorough) => {
      looks.push(thorough);
      return Promise.resolve();
    },
    ...(fingerprint ? { fingerprint: () => Promise.resolve(fingerprint()) } : {}),
  });
  return { clock, looks, watch };
}

it('looks thoroughly when something came or went, and now and then', async () => {
  let names = 'ttyACM0';
  const { clock, looks, watch } = watched(() => names);
  watch.start();
  await clock.advance(0.1);
  expect(looks).toEqual([true]);
  await clock.advance(3);
  expect(looks).toEqual([true, false, false, false]);
  names = 'ttyACM0 ttyACM1';
  await clock.advance(1);
  expect(looks.at(-1)).toBe(true);
  await clock.advance(1);
  expect(looks.at(-1)).toBe(false);
  await clock.advance(15);
  expect(looks.filter(Boolean)).toHaveLength(3);
});

it('looks thoroughly each time where nothing cheap tells', async () => {
  const { clock, looks, watch } = watched();
  watch.start();
  watch.start();
  await clock.advance(2.5);
  expect(looks).toEqual([true, true, true]);
});

it('stops, and leaves no timer behind', async () => {
  const { clock, looks, watch } = watched();
  watch.start();
  await clock.advance(1.5);
  watch.stop();
  expect(clock.pending).toBe(0);
  await clock.advance(5);
  expect(looks).toHaveLength(2);
});
