import { describe, expect, it } from 'vitest';
import { crc32 } from '../../../src/main/model/crc32.ts';
import { compilePlan, readPlanImage, readTflite } from '../../../src/main/model/index.ts';
import { headerBytes, headerFields, opBytes } from '../../../src/main/model/plan-layout.ts';
import { Fault } from '../../../src/shared/fault/index.ts';
import type { FaultCode } from '../../../src/shared/fault/index.ts';
import { caseMakers, Dice } from '../../interop/model/operator-cases.ts';
import { nativeHostile, noCompilerReason } from '../../support/native-nn.ts';
import { buildTflite } from '../../support/tflite-builder.ts';
import { allOperatorsModel, convModel, denseModel } from '../../unit/model/models.ts';
import { mutate } from './mutate.ts';

/** Small, so that shapes which a hostile image may still ask for take little time. */
const arenaBytes = 8_192;

const sets = ['portable', 'tuned'] as const;

const images = [
  allOperatorsModel(),
  convModel(),
  denseModel(),
  ...Object.values(caseMakers).map((make) => make(new Dice(11))),
]
  .flatMap((spec) => sets.map((kernels) => compilePlan(readTflite(buildTflite(spec)), { kernels }).image))
  .filter((image) => image.length < 8_192);

const interesting = [
  0,
  1,
  2,
  3,
  15,
  16,
  17,
  127,
  128,
  255,
  256,
  4096,
  65_535,
  65_536,
  2 ** 26,
  2 ** 31 - 1,
  2 ** 31,
  2 ** 32 - 1,
];

/** Changes fields of header and operators where they stand, then lets the checksum fit: what a hostile tool would do. */
function forge(image: Uint8Array, dice: Dice): Uint8Array {
  const copy = image.slice();
  const view = new DataView(copy.buffer);
  const ops = view.getUint32(headerFields.opCount, true);
  for (let changes = dice.int(1, 3); changes > 0; changes--) {
    const place = dice.int(0, 9);
    const inHeader = 16 + 4 * dice.int(0, 17);
    const inOp = headerBytes + opBytes * dice.int(0, ops - 1) + 4 * dice.int(0, 31);
    const anywhere = headerBytes + 4 * dice.int(0, (copy.length - headerBytes) / 4 - 1);
    const at = place < 2 ? inHeader : place < 8 ? inOp : anywhere;
    const now = view.getUint32(at, true);
    const near = now + dice.pick([-16, -2, -1, 1, 2, 16]);
    const other = 16 * dice.int(0, copy.length / 16);
    view.setUint32(at, dice.pick([near, near, near * 2, dice.pick(interesting), dice.int(0, 40), other]), true);
  }
  view.setUint32(headerFields.crc32, crc32(copy.subarray(16)), true);
  return copy;
}

/** The code of a refusal, 'opened', or a failure of the test. */
function answer(image: Uint8Array): FaultCode | 'opened' {
  try {
    readPlanImage(image);
    return 'opened';
  } catch (error) {
    if (error instanceof Fault && error.code.startsWith('plan.')) return error.code;
    throw error;
  }
}

/** Answers of the reader by the numbers of firmware/nn/jb_nn.h; 1 (alignment) and 7 (arena) are the caller's matter there. */
const nativeAnswers: Readonly<Record<number, FaultCode | 'opened'>> = {
  0: 'opened',
  2: 'plan.truncated',
  3: 'plan.notAPlan',
  4: 'plan.version',
  5: 'plan.damaged',
  6: 'plan.header',
  8: 'plan.kernel',
  9: 'plan.shape',
  10: 'plan.offset',
  11: 'plan.constant',
};
const tooLargeArena = 7;

describe('hostile plan images', () => {
  it('10,000 mutated images are opened or refused, nothing else', () => {
    for (let i = 0; i < 10_000; i++) {
      const dice = new Dice(i + 1);
      const image = mutate(dice.pick(images), dice);
      // A changed byte has to be seen by the checksum at the latest.
      const same = images.some(
        (whole) => whole.length === image.length && whole.every((byte, at) => byte === image[at]),
      );
      expect(answer(image) === 'opened').toBe(same);
    }
  });

  it('12,000 forged images with a fitting checksum reach every check', () => {
    const counts = new Map<string, number>();
    for (let i = 0; i < 12_000; i++) {
      const dice = new Dice(50_000 + i);
      const found = answer(forge(dice.pick(images), dice));
      counts.set(found, (counts.get(found) ?? 0) + 1);
    }
    for (const code of ['opened', 'plan.header', 'plan.kernel', 'plan.shape', 'plan.offset', 'plan.constant']) {
      expect(counts.get(code) ?? 0, code).toBeGreaterThan(100);
    }
  });
});

if (noCompilerReason) console.info(`hostile plan images in the native loader: ${noCompilerReason}`);

describe.skipIf(noCompilerReason)('hostile plan images in the firmware, under sanitizers', () => {
  it('12,000 images: refused for the same reason as by the reader, or run without a stray access', () => {
    const hostile = Array.from({ length: 12_000 }, (_, i) => {
      const dice = new Dice(300_000 + i);
      return dice.int(0, 5) === 0 ? mutate(dice.pick(images), dice) : forge(dice.pick(images), dice);
    });
    const answers = nativeHostile('sanitized', hostile, arenaBytes);
    expect(answers).toHaveLength(hostile.length);
    let compared = 0;
    let ran = 0;
    answers.forEach((native, i) => {
      if (native === 0) ran++;
      if (native === tooLargeArena) return;
      const image = hostile[i] as Uint8Array;
      const found = answer(image);
      // What follows an image is the caller's matter in the firmware, and refused by the reader.
      const longer =
        image.length >= 12 && new DataView(image.buffer).getUint32(headerFields.imageBytes, true) < image.length;
      if (longer) return;
      compared++;
      expect(found, `case ${String(i)}`).toBe(nativeAnswers[native]);
    });
    expect(compared).toBeGreaterThan(10_000);
    expect(ran).toBeGreaterThan(1_000);
  });
});
