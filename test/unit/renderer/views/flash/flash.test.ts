// @vitest-environment happy-dom
import { afterEach, describe, expect, it, vi } from 'vitest';
import {
  addressOf,
  chosenProbe,
  freshFlashDraft,
  isBench,
  layoutInput,
  needsConfirming,
  onlyProbe,
  shortName,
  toolReady,
} from '../../../../../src/renderer/views/flash/draft.ts';
import { hexRange, regionMaps, stretchRows } from '../../../../../src/renderer/views/flash/memory-map.ts';
import { phaseRows } from '../../../../../src/renderer/views/flash/phases.ts';
import type { FlashBoard, LiveFlash } from '../../../../../src/shared/domain/flash-page.ts';
import type { FlashLayout, FlashRecord, Probe } from '../../../../../src/shared/domain/flash.ts';
import { FakeHost } from '../../support/fake-host.ts';
import { openPage } from '../../support/page.ts';
import type { TestPage } from '../../support/page.ts';

// happy-dom has no canvas.
vi.mock('../../../../../src/renderer/charts/echarts.ts', () => ({
  createChart: () => ({ setOption: vi.fn(), dispose: vi.fn(), resize: vi.fn() }),
}));

const board: FlashBoard = {
  id: 'nucleo-l4r5zi',
  title: 'NUCLEO-L4R5ZI (STM32L4R5ZI)',
  part: 'STMicroelectronics STM32L4R5ZI',
  core: 'Cortex-M4F',
  virtual: false,
  tried: 'never',
  supplyV: { minV: 1.71, nominalV: 3.3, maxV: 3.6 },
  source: 'data sheet',
  flashable: true,
  minTargetV: 1.71,
  chipIdName: 'DBGMCU_IDCODE',
  workloads: ['demo01', 'kws01'],
};
const own: Probe = {
  serial: 'A1',
  kind: 'stlink',
  product: 'STLINK-V2-1',
  usb: null,
  ports: ['/dev/ttyACM0'],
  boards: [board.id],
};
const other: Probe = { ...own, serial: 'B2', ports: ['/dev/ttyACM1'], boards: ['nrf52840-dk'] };
const free: Probe = { ...own, serial: 'C3', product: 'ST-LINK/V2', ports: [], boards: [] };
const layout: FlashLayout = {
  image: [{ address: 0x0800_0000, bytes: 3000, region: 'flash' }],
  memory: [
    {
      name: 'flash',
      kind: 'flash',
      address: 0x0800_0000,
      bytes: 0x10_0000,
      imageBytes: 3000,
      erased: [{ address: 0x0800_0000, bytes: 4096 }],
    },
    { name: 'SRAM', kind: 'ram', address: 0x2000_0000, bytes: 0x1_0000, imageBytes: 0, erased: [] },
  ],
  sectors: 1,
  imageBytes: 3000,
  programmedBytes: 3000,
  erasedBytes: 4096,
  alsoErased: [{ address: 0x0800_0bb8, bytes: 1096 }],
};

describe('what is chosen', () => {
  it('is never one probe of several, and never one of another board', () => {
    expect(onlyProbe([other, own, free], board.id)).toBe(own);
    expect(onlyProbe([free, other], board.id)).toBe(free);
    expect(onlyProbe([other], board.id)).toBeUndefined();
    const twin = { ...own, serial: 'A2' };
    const draft = { ...freshFlashDraft(), board: board.id };
    expect(chosenProbe(draft, [own, twin])).toBeUndefined();
    expect(chosenProbe({ ...draft, probe: 'A2' }, [own, twin])).toBe('A2');
    // One that was pulled out is not chosen any more.
    expect(chosenProbe({ ...draft, probe: 'A2' }, [own, other, { ...twin, serial: 'A3' }])).toBeUndefined();
    expect(chosenProbe({ ...draft, remote: ' remote:4444:5555 ' }, [own])).toBe('remote:4444:5555');
    expect(chosenProbe({ ...draft, remote: 'remote:4444' }, [own])).toBeUndefined();
  });

  it('is the probe of the bench where nobody chose one, but never one on another board', () => {
    const twin = { ...own, serial: 'A2' };
    const draft = { ...freshFlashDraft(), board: board.id };
    expect(chosenProbe(draft, [own, twin], 'A2')).toBe('A2');
    expect(chosenProbe({ ...draft, probe: 'A1' }, [own, twin], 'A2')).toBe('A1');
    expect(chosenProbe(draft, [own, other], 'B2')).toBe('A1');
    expect(chosenProbe(draft, [own, twin], 'gone')).toBeUndefined();
    expect(needsConfirming(draft, [own, twin], 'A2')).toBe(true);
    // Chosen by hand, alone, or the only one that can be meant: no question.
    expect(needsConfirming({ ...draft, probe: 'A2' }, [own, twin], 'A2')).toBe(false);
    expect(needsConfirming(draft, [twin], 'A2')).toBe(false);
    expect(needsConfirming(draft, [own, free], 'A1')).toBe(false);
    // The bench's own probe on no board goes before the one on the board: that has to be confirmed.
    expect(chosenProbe(draft, [own, free], 'C3')).toBe('C3');
    expect(needsConfirming(draft, [own, free], 'C3')).toBe(true);
  });

  it('is laid out once it is complete', () => {
    const draft = { ...freshFlashDraft(), board: board.id };
    expect(layoutInput(draft, board, false)).toEqual({ board: board.id, workload: 'demo01' });
    expect(layoutInput({ ...draft, workload: 'kws01' }, board, true)).toBeUndefined();
    expect(layoutInput({ ...draft, workload: 'kws01', modelFile: 'k.tflite' }, board, true)).toEqual({
      board: board.id,
      workload: 'kws01',
      modelFile: 'k.tflite',
    });
    const file = { ...draft, kind: 'file' as const, imageFile: ' a.bin ', base: '0x08000000' };
    expect(layoutInput(file, board, false)).toEqual({
      board: board.id,
      imageFile: 'a.bin',
      baseAddress: 0x0800_0000,
    });
    expect(layoutInput({ ...file, base: 'here' }, board, false)).toBeUndefined();
    expect(layoutInput(draft, { ...board, flashable: false }, false)).toBeUndefined();
    expect(layoutInput(draft, { ...board, workloads: [] }, false)).toBeUndefined();
  });

  it('is read as people write it', () => {
    expect([addressOf(''), addressOf('0x10'), addressOf('16')]).toEqual([undefined, 16, 16]);
    for (const bad of ['0x1_0', '-1', '0x123456789', '9999999999']) expect(addressOf(bad)).toBeNaN();
    expect([isBench('tcp:127.0.0.1:7000'), isBench('serial:COM3'), isBench('tcp:here')]).toEqual([true, true, false]);
    expect([shortName(board.title), shortName('(x)')]).toEqual(['NUCLEO-L4R5ZI', '(x)']);
    const fault = { code: 'flash.toolMissing', facts: {} };
    const tools = [
      { id: 'openocd', version: '0.12.0', path: '/bin/openocd', fault: null },
      { id: 'pyocd', version: null, path: null, fault },
    ] as const;
    expect([toolReady('', tools), toolReady('openocd', tools), toolReady('pyocd', tools)]).toEqual([true, true, false]);
  });
});

describe('the maps', () => {
  it('show all flash, what is programmed in it, and what is lost beside it', () => {
    const [flash, ...more] = regionMaps(layout);
    expect(more).toEqual([]);
    expect(flash?.image[0]).toMatchObject({ start: 0, length: 0.004 });
    expect(stretchRows(layout).map((row) => `${hexRange(row)} ${row.region} ${row.what}`)).toEqual([
      '0x08000000 – 0x08000BB7 flash program',
      '0x08000BB8 – 0x08000FFF flash lose',
    ]);
  });

  it('keep a thin stretch at the very end inside its region', () => {
    const last = { address: 0x080f_fff0, bytes: 16 };
    const [flash] = regionMaps({ ...layout, image: [{ ...last, region: 'flash' }] });
    const band = flash?.image[0];
    expect((band?.start ?? 0) + (band?.length ?? 0)).toBeLessThanOrEqual(1);
  });
});

function live(change: Partial<LiveFlash> = {}, state: LiveFlash['operation']['state'] = 'running'): LiveFlash {
  return {
    operation: {
      id: 'flash-1',
      kind: 'flash',
      benchId: 'probe:A1',
      state,
      startedAt: '2026-11-24T09:12:05Z',
      step: 'flashing',
    },
    request: { board: board.id, workload: 'demo01', probe: 'A1', unlock: false },
    board: board.title,
    simulated: false,
    amounts: {},
    log: ['Info : clock speed 4000 kHz'],
    benches: ['serial:/dev/ttyACM0'],
    ...change,
  };
}
const record: FlashRecord = {
  board: board.id,
  probeSerial: 'A1',
  tool: { id: 'openocd', version: '0.12.0', path: '/bin/openocd' },
  image: { name: 'x.elf', format: 'elf', sha256: 'a'.repeat(64), bytes: 3000 },
  confirmedSha256: 'b'.repeat(64),
  confirmedBytes: 3000,
  chipId: 0x470,
  targetV: 3.29,
  state: 'verified',
  startedAt: '2026-11-24T09:12:05Z',
  endedAt: '2026-11-24T09:12:09Z',
  simulated: false,
};
const states = (value: LiveFlash): string =>
  phaseRows(value)
    .map(({ id, state }) => `${id} ${state}`)
    .join(', ');
const all = { doneBytes: 4096, totalBytes: 4096 };
const half = { doneBytes: 1500, totalBytes: 3000 };

describe('the phases', () => {
  it('go on one by one, with their bytes', () => {
    expect(states(live())).toMatch(/^building active, identifying waiting/);
    expect(states(live({ progress: { phase: 'connecting' } }))).toMatch(
      /^building done, identifying active, erasing waiting/,
    );
    const programming = live({
      progress: { phase: 'programming', ...half },
      amounts: { erasing: all, programming: half },
    });
    expect(states(programming)).toBe(
      'building done, identifying done, erasing done, programming active, verifying waiting, resetting waiting',
    );
  });

  it('are not said to be done when they were not', () => {
    const stopped = live(
      { progress: { phase: 'programming', ...half }, amounts: { erasing: all, programming: half } },
      'failed',
    );
    expect(states(stopped)).toMatch(/erasing done, programming ended, verifying ended, resetting ended$/);
  });
});

describe('the page', () => {
  let page: TestPage | undefined;
  afterEach(() => page?.close());

  function host(probes: Probe[]): FakeHost {
    const fake = new FakeHost();
    fake.answers = {
      'flash.boards': () => ({
        boards: [board],
        left: [
          {
            board: board.id,
            probeSerial: 'A1',
            image: 'x.elf',
            state: 'partial',
            confirmedBytes: 8,
            totalBytes: 16,
            updatedAt: '2026-11-24T09:00:00Z',
          },
        ],
      }),
      'probe.list': () => probes,
      'flash.tools': () => [
        { id: 'openocd', version: '0.12.0', path: '/bin/openocd', fault: null },
        {
          id: 'pyocd',
          version: '0.46.0',
          path: '/bin/pyocd',
          fault: {
            code: 'flash.boardNotForTool',
            facts: {
              board: board.title,
              tool: 'pyocd 0.46.0',
              reason: 'a pack is missing',
              remedy: 'install the pack',
            },
          },
        },
      ],
      'flash.layout': () => ({
        image: { name: 'x.elf', format: 'elf', sha256: 'a'.repeat(64), bytes: 3000 },
        layout,
      }),
      'flash.start': () => live().operation,
    };
    return fake;
  }

  async function chooseBoard(): Promise<void> {
    const select = page?.root.querySelector('select');
    if (select) select.value = board.id;
    select?.dispatchEvent(new Event('change'));
    await page?.settle();
  }

  it('takes the only board there is, says what was left on it, and shows the maps before it starts anything', async () => {
    const fake = host([own]);
    page = await openPage('/flash', fake);
    expect(page.text()).toContain('NUCLEO-L4R5ZI is left partly programmed');
    expect(page.text()).toContain('install the pack');
    expect(page.text()).toContain('0x08000BB8 – 0x08000FFF');
    expect(fake.calls.some(({ name }) => name === 'flash.start')).toBe(false);
    await page.click('Flash NUCLEO-L4R5ZI');
    expect(fake.calls.find(({ name }) => name === 'flash.start')?.input).toEqual({
      board: board.id,
      workload: 'demo01',
      probe: 'A1',
      unlock: false,
    });
    fake.setFlash(live({ progress: { phase: 'programming', ...half }, amounts: { erasing: all, programming: half } }));
    await page.settle();
    expect(page.text()).toContain('1,500 of 3,000 bytes');
    fake.setFlash(live({ operation: { ...live().operation, state: 'cancelled' } }));
    await page.settle();
    expect(page.text()).toContain('Stopped before anything was erased');
  });

  it('goes on to the run at the board that was flashed, though its bench was on no list', async () => {
    const fake = host([own]);
    const benchId = 'tcp:127.0.0.1:7000';
    const identity = { role: 'dut', kind: 'tcp-dut', label: benchId, lockId: benchId } as const;
    fake.answers['bench.open'] = () => ({
      id: benchId,
      name: benchId,
      simulated: true,
      open: true,
      instruments: [{ identity: { ...identity, triedOnHardware: false, simulated: true }, state: 'ready' }],
    });
    fake.answers['run.firmware'] = () => ({ flashed: record });
    page = await openPage('/flash', fake);
    await page.click('Flash NUCLEO-L4R5ZI');
    fake.setFlash(live({ operation: { ...live().operation, state: 'done' }, record, benches: [benchId] }));
    await page.settle();
    await page.click(`Next: run on ${benchId}`);
    expect(page.control(/^Bench:/).getAttribute('aria-label')).toContain(benchId);
    expect(page.text()).toContain('SIMULATED');
    // It has no pace of ours, and the energy run is off where no monitor is known.
    expect(page.text()).not.toContain('Pace');
    await page.click(/^Start performance and accuracy/);
    expect(fake.calls.find(({ name }) => name === 'run.start')?.input).toMatchObject({
      benchId,
      modes: ['performance', 'accuracy'],
    });
  });

  it.each(['damaged', 'newer', 'unreadable'] as const)(
    'says of a record that is %s that nobody knows, of the board that the probe is on',
    async (problem) => {
      const fake = host([own, free]);
      const lost = { probeSerial: 'A1', state: 'unknown', problem } as const;
      fake.answers['flash.boards'] = () => ({ boards: [board], left: [lost, { ...lost, probeSerial: 'X9' }] });
      page = await openPage('/flash', fake);
      expect(page.text()).toContain('What is in NUCLEO-L4R5ZI is not known');
      expect(page.text()).toContain('What is in the board behind probe X9 is not known');
      expect(page.text()).toMatch(/record of its last flashing (is damaged|was written by a later|cannot be read)/);
      await page.click('Flash it again');
      await page.click('Flash NUCLEO-L4R5ZI');
      expect(fake.calls.find(({ name }) => name === 'flash.start')?.input).toMatchObject({
        board: board.id,
        probe: 'A1',
      });
    },
  );

  it('flashes nothing while two probes can be meant', async () => {
    const fake = host([own, { ...own, serial: 'A2' }]);
    page = await openPage('/flash', fake);
    await chooseBoard();
    expect(page.text()).toContain('More than one can be meant');
    expect(page.control('Flash NUCLEO-L4R5ZI').hasAttribute('disabled')).toBe(true);
  });

  it('takes the probe of the bench among several, and asks before it uses it', async () => {
    const fake = host([own, { ...own, serial: 'A2' }]);
    fake.setDesk({
      devices: [
        {
          key: 'probe:0483:374b:A2',
          medium: 'probe',
          port: '',
          description: own.product,
          usb: { vendorId: '0483', productId: '374b', serial: 'A2' },
          knownBy: 'serial',
          byHand: false,
          role: 'probe',
          use: null,
          proposal: null,
          state: 'ready',
          access: 'unknown',
          says: null,
        },
      ],
    });
    page = await openPage('/flash', fake);
    await chooseBoard();
    expect(page.text()).toContain('remembered for this bench');
    await page.click('Flash NUCLEO-L4R5ZI');
    expect(fake.calls.some(({ name }) => name === 'flash.start')).toBe(false);
    await page.click('Choose a probe');
    expect(fake.calls.some(({ name }) => name === 'flash.start')).toBe(false);
    await page.click('Flash NUCLEO-L4R5ZI');
    expect(page.text()).toContain('STLINK-V2-1 A2');
    await page.click('Flash through it');
    expect(fake.calls.find(({ name }) => name === 'flash.start')?.input).toMatchObject({ probe: 'A2', unlock: false });
  });

  it('unlocks only after a question', async () => {
    const fake = host([own]);
    page = await openPage('/flash', fake);
    await page.click('Unlock …');
    expect(page.text()).toContain('erase everything?');
    expect(fake.calls.some(({ name }) => name === 'flash.start')).toBe(false);
    await page.click('Erase everything and flash');
    expect(fake.calls.find(({ name }) => name === 'flash.start')?.input).toMatchObject({ unlock: true });
  });
});
