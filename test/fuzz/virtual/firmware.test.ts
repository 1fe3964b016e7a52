import { crc32 } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { Fault } from '../../../src/shared/fault/index.ts';
import { compilePlan, costFeatures, readPlanImage, readTflite } from '../../../src/main/model/index.ts';
import { compileFirmware, planCost } from '../../../src/main/virtual/index.ts';
import { seededRandom } from '../../../src/main/virtual/random.ts';
import { VirtualDut } from '../../../src/main/virtual/virtual-dut.ts';
import { buildTflite } from '../../support/tflite-builder.ts';
import { allOperatorsModel } from '../../unit/model/models.ts';
import { costTable, demo, firmware } from '../../unit/virtual/support.ts';

const module = compileFirmware(firmware);
const count = 10_000;

const words = [
  'name',
  'profile',
  'timestamp',
  'help',
  'results',
  'db',
  'db load 490',
  'db load 27648',
  'db load 27649',
  'db load 4294967296',
  'db load -1',
  'db print 16',
  'db print 8 480',
  'db print 4294967295 4294967295',
  `db ${'7f'.repeat(38)}`,
  `db ${'80'.repeat(31)}`,
  'db f',
  'infer 1 0',
  'infer 2 1',
  'infer 0',
  'infer -1 -1',
  '',
  'm-ready',
];

describe('command streams for the virtual DUT', () => {
  it(`get one m-ready a terminator, in ${String(count)} streams of words and noise`, () => {
    const random = seededRandom(20_240_601);
    const below = (limit: number): number => random() % limit;
    const dut = new VirtualDut(module, {
      image: demo.image,
      model: 'demo01',
      cost: planCost(demo.image, readPlanImage(demo.image), costTable, 1.25),
      cpuHz: 80e6,
      baud: 115_200,
      mode: 'performance',
      clockStartUs: 0,
      pulseS: 1e-3,
    });
    let cycle = 0;
    let answered = 0;
    for (let stream = 0; stream < count; stream++) {
      cycle = dut.boot(cycle).endCycle;
      const pieces = Array.from({ length: 1 + below(6) }, () => {
        const kind = below(4);
        if (kind === 0) return String.fromCharCode(...Array.from({ length: below(30) }, () => below(256)));
        if (kind === 1) return 'x'.repeat(70 + below(40));
        return words[below(words.length)] ?? '';
      });
      const bytes = Buffer.from(`${pieces.join('%')}%`, 'latin1');
      let text = '';
      for (let at = 0; at < bytes.length;) {
        const to = at + 1 + below(bytes.length - at);
        let step = dut.step({ cycle, bytes: bytes.subarray(at, to) });
        for (let steps = 0; ; steps++) {
          expect(step.endCycle).toBeGreaterThanOrEqual(cycle);
          cycle = step.endCycle;
          text += step.sent.map(({ bytes: sent }) => Buffer.from(sent).toString('latin1')).join('');
          if (!step.more) break;
          if (steps > 1000) expect.fail('the DUT never waits for input');
          step = dut.step();
        }
        at = to;
      }
      const terminators = bytes.reduce((sum, byte) => sum + (byte === 0x25 ? 1 : 0), 0);
      // A word of the stream may be `m-ready` itself, but then it stands in an error line.
      expect(text.split(/(?<=^|\r\n)m-ready\r\n/).length - 1).toBe(terminators);
      expect(text.endsWith('m-ready\r\n')).toBe(true);
      answered += terminators;
    }
    expect(answered).toBeGreaterThan(count);
  }, 120_000);
});

/** The firmware's exports that the loader needs, of one instance for all images: a new one each time would be most of the work. */
interface Loader {
  memory: WebAssembly.Memory;
  jb_model(): number;
  jb_model_check(): number;
  jb_input(): number;
  jb_input_bytes(): number;
  jb_run(): void;
}
const arenaTooSmall = 7;
const payloadTooSmall = 100;

describe("plan images for the firmware's loader", () => {
  it(`are taken or refused, in ${String(count)} damaged ones, as the compiler's reader does; those taken run`, () => {
    const random = seededRandom(7);
    const below = (limit: number): number => random() % limit;
    const silence = (): number => 0;
    const instance = new WebAssembly.Instance(module, {
      jb: { now_us: silence, tx: silence, mark: silence, pin: silence },
    });
    const loader = instance.exports as unknown as Loader;
    const memory = new Uint8Array(loader.memory.buffer);
    const interesting = [0, 1, 2, 15, 16, 127, 128, 255, 256, 65_535, 65_536, 2 ** 31 - 1, 2 ** 31, 2 ** 32 - 1];
    // One of each operator.
    const good = compilePlan(readTflite(buildTflite(allOperatorsModel()))).image;
    const headerAndRecords = 160 + 128 * readPlanImage(good).ops.length;
    const outcome = { taken: 0, refused: 0, ran: 0 };
    for (let number = 0; number < count; number++) {
      const image = good.slice();
      const view = new DataView(image.buffer);
      for (let change = 0; change <= below(3); change++) {
        const at = 4 * below((below(4) === 0 ? image.length : headerAndRecords) / 4);
        const value =
          below(2) === 0 ? (interesting[below(interesting.length)] ?? 0) : view.getUint32(at, true) + below(33) - 16;
        view.setUint32(at, value >>> 0, true);
      }
      // With the right checksum, or every change would be found by it alone.
      if (below(8) !== 0) view.setUint32(12, crc32(image.subarray(16)), true);
      let work: number | undefined;
      try {
        const features = costFeatures(readPlanImage(image));
        work = features.reduce((sum, op) => sum + op.paddedMacs + op.taps + op.inputs + op.outputs, 0);
      } catch (error) {
        if (!(error instanceof Fault)) throw error;
      }
      memory.set(image, loader.jb_model());
      const code = loader.jb_model_check();
      if (code !== 0) {
        outcome.refused++;
        // The reader does not know what the DUT has.
        if (code !== arenaTooSmall && code !== payloadTooSmall) expect(work).toBeUndefined();
        continue;
      }
      outcome.taken++;
      expect(work).toBeDefined();
      if ((work ?? Infinity) > 1e6) continue;
      outcome.ran++;
      for (let i = 0; i < loader.jb_input_bytes(); i++) memory[loader.jb_input() + i] = below(256);
      loader.jb_run();
    }
    expect(outcome.taken).toBeGreaterThan(500);
    expect(outcome.refused).toBeGreaterThan(3000);
    expect(outcome.ran).toBeGreaterThan(400);
  }, 120_000);
});
