import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { virtualFaults } from '../../../src/shared/fault/catalogue/virtual.ts';
import { virtualFaultWords } from '../../../src/shared/locales/en/faults/virtual.ts';
import { ActivityLog } from '../../../src/main/virtual/activity-log.ts';
import { planCost, readCostTable } from '../../../src/main/virtual/index.ts';
import { workerUrl } from '../../../src/shared/worker-url/index.ts';
import { kernelIds, readPlanImage } from '../../../src/main/model/index.ts';
import { seededRandom } from '../../../src/main/virtual/random.ts';
import { garble } from '../../../src/main/virtual/uart-garble.ts';
import { byteCycles } from '../../../src/main/virtual/virtual-dut.ts';
import { costTable, demo } from './support.ts';

describe('a byte on the UART', () => {
  it('takes whole cycles, as a divider gives them', () => {
    expect([9_600, 115_200, 921_600].map((baud) => byteCycles(80e6, baud))).toEqual([83_333, 6_944, 868]);
  });

  it('is itself at the right rate, whatever stands beside it', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
        expect(garble(bytes, 115_200, 115_200)).toEqual(bytes);
        // Within the 2 % that a receiver stands.
        expect(garble(bytes, 115_200, 117_000)).toEqual(bytes);
      }),
    );
  });

  it('becomes others at another rate, at most one for each start bit that can be', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 1, maxLength: 60 }),
        fc.constantFrom(9_600, 57_600, 230_400, 921_600),
        (bytes, baud) => {
          expect(garble(bytes, 115_200, baud).length).toBeLessThanOrEqual(bytes.length * 10);
        },
      ),
    );
    // Low for six bit times, high for two, low for one: read eight times as fast, by hand.
    expect([...garble(Uint8Array.of(0x60), 115_200, 921_600)]).toEqual([0, 0, 0, 0, 0, 0xff, 0x80]);
  });
});

describe('the seeded generator', () => {
  it('gives the numbers of its definition', () => {
    const next = seededRandom(1);
    expect([next(), next(), next()]).toEqual([2_693_262_067, 11_749_833, 2_265_367_787]);
  });
});

describe('the cost of a plan', () => {
  const plan = readPlanImage(demo.image);

  it('is estimated from the shapes when nobody measured it', () => {
    const cost = planCost(demo.image, plan, costTable, 1.25);
    expect(cost.source).toBe('estimated');
    expect(cost.operatorCycles.length).toBe(plan.ops.length);
    // The table has counts of the same model, compiled with its file's hash: the formula is within 3 %.
    const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
    const counted = sum(costTable.models.find(({ model }) => model === 'demo01')?.instructions ?? []);
    expect(Math.abs(sum(cost.operatorCycles) / 1.25 / counted - 1)).toBeLessThan(0.03);
    expect(cost.inputCycles).toBe(Math.round(1.25 * costTable.inputInstructionsPerByte.int8 * 490));
  });

  it('is known for every kernel', () => {
    expect(Object.keys(kernelIds).filter((name) => costTable.estimate[name] === undefined)).toEqual([]);
  });

  it('is measured when the table has this very image with as many operators', () => {
    const planSha256 = createHash('sha256').update(demo.image).digest('hex');
    const instructions = plan.ops.map((_, index) => 1000 + index);
    const table = { ...costTable, models: [{ planSha256, model: 'demo01', instructions }] };
    expect(planCost(demo.image, plan, table, 2)).toEqual({
      source: 'measured',
      operatorCycles: instructions.map((count) => 2 * count),
      inputCycles: Math.round(2 * costTable.inputInstructionsPerByte.int8 * 490),
    });
    const short = { ...costTable, models: [{ planSha256, model: 'demo01', instructions: [1] }] };
    expect(planCost(demo.image, plan, short, 2).source).toBe('estimated');
  });

  it('is refused when the table is damaged', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'joulebench-cost-')), 'table.json');
    await expect(readCostTable(file)).rejects.toMatchObject({ facts: { file, reason: 'ENOENT' } });
    for (const text of ['{', '[]', '{"format":2}', JSON.stringify({ ...costTable, models: [{ model: 'x' }] })]) {
      writeFileSync(file, text);
      await expect(readCostTable(file)).rejects.toThrow('virtual.costTable');
    }
  });
});

describe('the activity log', () => {
  const entry = (timeNs: number): { timeNs: number; cycle: number; kind: number; argument: number } => ({
    timeNs,
    cycle: timeNs * 2,
    kind: 1,
    argument: timeNs,
  });

  it('gives each reader every entry once, in order, and forgets what all have passed', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(3), { maxLength: 200 }), fc.array(fc.nat(400), { maxLength: 30 }), (steps, reads) => {
        const log = new ActivityLog();
        log.append(entry(0));
        const readers = [log.reader(), log.reader()];
        const seen: number[][] = [[], []];
        let time = 0;
        const all = steps.map((step) => (time += step));
        for (const at of all) log.append(entry(at));
        reads
          .sort((a, b) => a - b)
          .forEach((until, index) =>
            seen[index % 2]?.push(...(readers[index % 2]?.readUntil(until).map((e) => e.timeNs) ?? [])),
          );
        readers.forEach((reader, index) => seen[index]?.push(...reader.readUntil(Infinity).map((e) => e.timeNs)));
        expect(seen).toEqual([all, all]);
        readers.forEach((reader) => reader.close());
        expect(log.kept).toBe(0);
      }),
    );
  });

  it('stays small while it is read', () => {
    const log = new ActivityLog();
    const reader = log.reader();
    let most = 0;
    for (let i = 0; i < 100_000; i++) {
      log.append(entry(i));
      if (i % 100 === 0) reader.readUntil(i);
      most = Math.max(most, log.kept);
    }
    expect(most).toBeLessThan(3000);
  });
});

describe("the worker's entry", () => {
  it.each([
    ['file:///repo/src/main/virtual/worker-engine.ts', 'file:///repo/src/main/virtual/worker-dut.ts'],
    ['file:///app/out/main/index.js', 'file:///app/out/main/worker-dut.js'],
    ['file:///app/out/main/chunks/virtual-abc.js', 'file:///app/out/main/worker-dut.js'],
    ['file:///C:/app/out/main/index.js', 'file:///C:/app/out/main/worker-dut.js'],
  ])('asked from %s is %s', (here, entry) => {
    expect(workerUrl('worker-dut', here).href).toBe(entry);
  });
});

describe('the faults of this area', () => {
  it('have words for every code, with no placeholder that is not a fact', () => {
    expect(Object.keys(virtualFaultWords)).toEqual(Object.keys(virtualFaults));
    for (const [code, words] of Object.entries(virtualFaultWords)) {
      const facts = Object.keys(virtualFaults[code as keyof typeof virtualFaults].facts.shape);
      const text = [words.what, ...words.causes, ...words.remedies].join(' ');
      for (const [, name] of text.matchAll(/\{(\w+)\}/g)) expect(facts).toContain(name);
    }
  });
});
