import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { boardFlashFileSchema } from '../../../src/main/bench/board-flash.ts';
import { findBoard, readBoards } from '../../../src/main/bench/boards.ts';
import { listPorts } from '../../../src/main/firmware/index.ts';

const ids = [
  'generic-cortex-m',
  'mps2-an386',
  'mps2-an500',
  'mps3-an547',
  'netduinoplus2',
  'nrf52840-dk',
  'nrf5340-dk',
  'nucleo-h7a3zi-q',
  'nucleo-l4r5zi',
  'nucleo-u575zi-q',
  'rp2040-pico',
  'virtual',
];
const resources = resolve(import.meta.dirname, '../../../resources');

const bare = { format: 1, id: 'x', title: 'X', source: 's', supplyV: { min: 1.8, nominal: 3, max: 3.6 } };
const bank = {
  name: 'flash',
  kind: 'flash',
  address: '0x08000000',
  bytes: 0x10000,
  sectors: [{ count: 4, bytes: 0x4000 }],
  writeBytes: 4,
};
const ram = { name: 'RAM', kind: 'ram', address: '0x20000000', bytes: 0x1000, sectors: [], writeBytes: 4 };
const flash = {
  memory: [bank, ram],
  chipId: { address: '0xE0042000', mask: '0xFFF', values: ['0x413'], name: 'DBGMCU_IDCODE' },
  minTargetV: 1.8,
  openocd: {
    versions: [
      { from: '0.13.0', target: 'target/new/part.cfg' },
      { from: '0.9.0', target: 'target/part.cfg' },
    ],
    transport: 'dapdirect_swd',
  },
  pyocd: { target: 'part', pack: null },
  probes: [{ vendorId: '0483', productId: '374b' }],
};

describe('board catalogue', () => {
  let folder = '';
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'jb-boards-'));
    await mkdir(join(folder, 'boards'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('reads every entry of ours, each under the name of its file', async () => {
    const boards = await readBoards(resources);
    expect(boards.map(({ id }) => id)).toEqual(ids);
    for (const { supplyV } of boards) expect(supplyV.minV).toBeLessThan(supplyV.maxV);
  });

  it('names the boards there are when one is not known', async () => {
    await expect(findBoard(resources, 'abacus')).rejects.toMatchObject({
      code: 'bench.unknownBoard',
      facts: { board: 'abacus', known: ids },
    });
  });

  it.each([
    ['{', 'no JSON'],
    ['{"format":1}', 'fields missing'],
    [
      '{"format":1,"id":"x","title":"X","source":"s","supplyV":{"min":3.6,"nominal":3,"max":1.8}}',
      'limits the wrong way round',
    ],
    [
      '{"format":1,"id":"y","title":"X","source":"s","supplyV":{"min":1.8,"nominal":3,"max":3.6}}',
      'the id of another file',
    ],
  ])('refuses %s (%s)', async (text) => {
    await writeFile(join(folder, 'boards', 'x.json'), text);
    await expect(readBoards(folder)).rejects.toMatchObject({ code: 'bench.badBoard' });
  });

  it('keeps an entry of five fields: what came later has a default', async () => {
    await writeFile(join(folder, 'boards', 'x.json'), JSON.stringify(bare));
    expect(await findBoard(folder, 'x')).toEqual({
      format: 1,
      id: 'x',
      title: 'X',
      source: 's',
      supplyV: { minV: 1.8, nominalV: 3, maxV: 3.6 },
      part: null,
      core: null,
      virtual: false,
      tried: 'never',
      uart: { baud: 115200, energyBaud: 9600, note: '' },
      workloads: 'all',
      firmwarePort: null,
      images: {},
      flash: null,
    });
  });

  it('names a firmware port that exists, or none', async () => {
    const ports = await listPorts(join(resources, '../firmware'));
    for (const { firmwarePort } of await readBoards(resources))
      if (firmwarePort !== null && firmwarePort !== 'virtual') expect(ports).toContain(firmwarePort);
  });
});

describe('how a board is flashed', () => {
  const read = (changes: object): unknown => boardFlashFileSchema.parse({ ...flash, ...changes });

  it('takes numbers as hex text too', () => {
    expect(read({})).toMatchObject({
      memory: [{ address: 0x08000000 }, { address: 0x20000000 }],
      chipId: { address: 0xe0042000, mask: 0xfff, values: [0x413] },
      probes: [{ vendorId: '0483', productId: '374b' }],
    });
  });

  it.each([
    ['sectors that do not fill their region', { memory: [{ ...bank, bytes: 0x8000 }] }, 'sectors make 65536 bytes'],
    ['sectors in RAM', { memory: [{ ...bank, kind: 'ram' }] }, 'sectors make 65536 bytes'],
    ['regions on one another', { memory: [bank, { ...ram, address: 0x0800ff00 }] }, 'overlaps what follows'],
    ['a region past the last address', { memory: [{ ...ram, address: 0xffffff00 }] }, 'overlaps what follows'],
    ['two regions of one name', { memory: [bank, { ...ram, name: 'flash' }] }, 'two regions of one name'],
    ['sectors between two write units', { memory: [{ ...bank, writeBytes: 3 }] }, 'not in whole write units'],
    ['an id that the mask hides', { chipId: { ...flash.chipId, values: ['0x10413'] } }, 'value outside the mask'],
    [
      'versions of a tool in the wrong order',
      { openocd: { ...flash.openocd, versions: flash.openocd.versions.toReversed() } },
      'newest first',
    ],
    [
      'a version that cannot and does not say what to do',
      { openocd: { ...flash.openocd, versions: [{ from: '0.12.0', target: null }] } },
      'no remedy',
    ],
    ['USB ids of three digits', { probes: [{ vendorId: '483', productId: '374b' }] }, 'four hex digits'],
  ])('refuses %s', (_what, changes, reason) => {
    expect(() => read(changes)).toThrow(reason);
  });
});
