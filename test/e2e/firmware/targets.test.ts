import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { crc32 } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { Fault } from '../../../src/shared/fault/index.ts';
import { readCostTable } from '../../../src/main/virtual/index.ts';
import { dataPath, noDataReason } from '../../support/data.ts';
import {
  buildReference,
  compileReference,
  countInstructions,
  emulatedBoards,
  foldedModels,
  noQemuReason,
  referenceModels,
} from '../../support/firmware-count.ts';
import type { Count } from '../../support/firmware-count.ts';

if (noQemuReason) console.info(`the firmware on emulated targets: ${noQemuReason}`);
if (noDataReason) console.info(`official models on emulated targets: ${noDataReason}`);

const root = resolve(import.meta.dirname, '../../..');

interface Golden {
  models: Record<
    string,
    { sha256: string; vectors: { seed: number; output: number[]; ops?: { i: number; crc32: string }[] }[] }
  >;
}

function goldenOf(sha256: string, own: boolean): Golden['models'][string] {
  const file = own ? join(root, 'resources/workloads/demo01/golden.json') : dataPath('models', 'golden.json');
  const { models } = JSON.parse(readFileSync(file, 'utf8')) as Golden;
  const found = Object.values(models).find((model) => model.sha256 === sha256);
  if (!found) throw new Error(`no golden vectors for ${sha256}`);
  return found;
}

const hex = (value: number): string => value.toString(16).padStart(8, '0');

/** Every seed's output, and every operator's of the seed for which all are known. Fused operators are known by their last. */
function compare(count: Count, compiled: ReturnType<typeof compileReference>, own: boolean): void {
  const { vectors } = goldenOf(compiled.sha256, own);
  for (const { seed, output, ops } of vectors) {
    const found = count.bySeed.get(seed) ?? [];
    expect(found).toHaveLength(compiled.plan.ops.length);
    expect(hex(found.at(-1)?.crc32 ?? 0)).toBe(hex(crc32(Uint8Array.from(output, (value) => value & 0xff))));
    // Without its constant channels a tensor is another one; what comes out at the end is not.
    if (compiled.plan.folded) continue;
    const known = new Set((ops ?? []).map((op) => op.crc32));
    if (ops) expect(found.filter((op) => !known.has(hex(op.crc32)))).toEqual([]);
  }
}

describe.skipIf(noQemuReason)('golden vectors on emulated targets', () => {
  const models = [...referenceModels(), ...foldedModels()];
  const cases = emulatedBoards.flatMap((board) => models.map((model) => ({ board, name: model.name, model })));

  it.each(cases)('$board runs $name byte for byte', async ({ board, model }) => {
    const compiled = compileReference(model);
    let image;
    try {
      image = await buildReference(board, compiled, 'count', 3);
    } catch (error) {
      // The wide model may be too large for the smallest board; nothing else may be refused.
      if (!(error instanceof Fault) || error.code !== 'firmware.tooLarge') throw error;
      expect([board, model.name]).toEqual(['netduinoplus2', 'icw']);
      return;
    }
    const count = await countInstructions(image);
    compare(count, compiled, model.workloadId === 'demo01');
    expect(count.stackBytes).toBeLessThan(image.port.memory.stackBytes / 2);
  });
});

describe.skipIf(noQemuReason)('the cost table of the virtual DUT', () => {
  it('holds what is counted now (else: npm run bench:firmware -- --write)', async () => {
    const [demo] = referenceModels();
    if (!demo) throw new Error('no demo model');
    const compiled = compileReference(demo);
    const count = await countInstructions(await buildReference('mps2-an386', compiled, 'count'));
    const table = await readCostTable(join(root, 'resources/firmware/cost/cortex-m4.json'));
    const listed = table.models.find(({ model }) => model === 'demo01')?.instructions ?? [];
    const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
    expect(listed).toHaveLength(count.operators.length);
    // Another patch level of the compiler may give slightly other code.
    expect(sum(count.operators.map((op) => op.instructions)) / sum(listed)).toBeCloseTo(1, 2);
  });
});
