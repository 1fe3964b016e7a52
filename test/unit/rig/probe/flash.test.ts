import { describe, expect, it } from 'vitest';
import { openChip } from '../../../rig/probe/chips.ts';
import { noFaults } from '../../../rig/probe/faults.ts';
import type { Chip } from '../../../rig/probe/chips.ts';
import type { ProbeChip, ProbeFaults } from '../../../rig/probe/index.ts';

function chip(name: ProbeChip, faults: Partial<ProbeFaults> = {}): Chip {
  return openChip(name, { faults: { ...noFaults, ...faults }, note: () => undefined });
}

const keys = [0x4567_0123, 0xcdef_89ab];

describe('the flash interface of the STM32F4', () => {
  const base = 0x4002_3c00;
  const [keyr, sr, cr] = [base + 4, base + 0xc, base + 0x10];
  const unlocked = (faults: Partial<ProbeFaults> = {}): Chip => {
    const open = chip('stm32f4', faults);
    for (const key of keys) open.controller.writeWord(keyr, key);
    return open;
  };

  it('is locked after a reset, and ignores its control register', () => {
    const { controller } = chip('stm32f4');
    controller.writeWord(cr, 1);
    expect(controller.readWord(cr)).toBe(0x8000_0000);
  });

  it('stays locked until the next reset after a wrong key', () => {
    const { controller } = chip('stm32f4');
    for (const key of [1, ...keys]) controller.writeWord(keyr, key);
    expect(controller.readWord(cr)).toBe(0x8000_0000);
    controller.reset();
    for (const key of keys) controller.writeWord(keyr, key);
    expect(controller.readWord(cr)).toBe(0);
  });

  it('programs only clear bits, and an erase sets the whole sector', () => {
    const { controller, flash } = unlocked();
    controller.writeWord(cr, 0x201); // PG, 32 bits
    controller.store(0x0800_4000, 4, 0x1234_ff0f);
    controller.store(0x0800_4000, 4, 0xffff_0fff);
    expect(flash.readNumber(0x0800_4000, 4)).toBe(0x1234_0f0f);
    controller.store(0x0800_8000, 4, 0);
    controller.writeWord(cr, 0x1_000a); // STRT, SER, sector 1
    expect(flash.readNumber(0x0800_4000, 4)).toBe(0xffff_ffff);
    expect(flash.readNumber(0x0800_8000, 4)).toBe(0);
    expect(controller.readWord(sr)).toBe(0);
  });

  it('tells a store without PG, and one of another width, and programs neither', () => {
    const { controller, flash } = unlocked();
    controller.store(0x0800_0000, 4, 0);
    expect(controller.readWord(sr)).toBe(0x80); // PGSERR
    controller.writeWord(sr, 0x80);
    controller.writeWord(cr, 0x101); // PG, 16 bits
    controller.store(0x0800_0000, 4, 0);
    expect(controller.readWord(sr)).toBe(0x40); // PGPERR
    expect(flash.readNumber(0x0800_0000, 4)).toBe(0xffff_ffff);
  });

  it('tells that sectors are protected', () => {
    const { controller } = unlocked({ writeProtected: true });
    controller.writeWord(cr, 0x1_0002);
    expect(controller.readWord(sr)).toBe(0x10);
    expect(controller.readWord(base + 0x14) & 0x0fff_0000).toBe(0);
  });

  it('stays busy', () => {
    const { controller } = unlocked({ alwaysBusy: true });
    controller.writeWord(cr, 0x1_0002);
    expect(controller.readWord(sr)).toBe(0x1_0000);
  });
});

describe('the flash interface of the STM32L4', () => {
  const base = 0x4002_2000;
  const [keyr, sr, cr] = [base + 8, base + 0x10, base + 0x14];
  const unlocked = (): Chip => {
    const open = chip('stm32l4');
    for (const key of keys) open.controller.writeWord(keyr, key);
    return open;
  };

  it('programs a double word once', () => {
    const { controller, flash } = unlocked();
    controller.writeWord(cr, 1);
    controller.store(0x0800_0800, 4, 1);
    expect(flash.readNumber(0x0800_0800, 4)).toBe(0xffff_ffff);
    controller.store(0x0800_0804, 4, 2);
    expect([flash.readNumber(0x0800_0800, 4), flash.readNumber(0x0800_0804, 4)]).toEqual([1, 2]);
    controller.store(0x0800_0800, 4, 0);
    controller.store(0x0800_0804, 4, 2);
    expect(controller.readWord(sr)).toBe(8); // PROGERR
  });

  it('tells a half without its other half, and a store of another width', () => {
    const { controller } = unlocked();
    controller.writeWord(cr, 1);
    controller.store(0x0800_0804, 4, 2);
    expect(controller.readWord(sr)).toBe(0x20); // PGAERR
    controller.writeWord(sr, 0x20);
    controller.store(0x0800_0800, 2, 2);
    expect(controller.readWord(sr)).toBe(0x40); // SIZERR
  });

  it('erases a page of either bank', () => {
    const { controller, flash } = unlocked();
    flash.program(0x0800_0800, 4, 0);
    flash.program(0x0808_0800, 4, 0);
    controller.writeWord(cr, 0x1_0802 | (1 << 3)); // STRT, BKER, PER, page 1
    expect(flash.readNumber(0x0800_0800, 4)).toBe(0);
    expect(flash.readNumber(0x0808_0800, 4)).toBe(0xffff_ffff);
  });
});

describe('the NVMC of the nRF52', () => {
  const base = 0x4001_e000;
  const [config, erasePage] = [base + 0x504, base + 0x508];

  it('programs words while writing is enabled, and nothing else', () => {
    const { controller, flash } = chip('nrf52');
    controller.store(0x1000, 4, 0);
    expect(flash.readNumber(0x1000, 4)).toBe(0xffff_ffff);
    controller.writeWord(config, 1);
    controller.store(0x1000, 1, 0);
    controller.store(0x1004, 4, 5);
    expect([flash.readNumber(0x1000, 4), flash.readNumber(0x1004, 4)]).toEqual([0xffff_ffff, 5]);
  });

  it('erases a page while erasing is enabled', () => {
    const { controller, flash } = chip('nrf52');
    flash.program(0x1ffc, 4, 0);
    controller.writeWord(erasePage, 0x1000);
    expect(flash.readNumber(0x1ffc, 4)).toBe(0);
    controller.writeWord(config, 2);
    controller.writeWord(erasePage, 0x1000);
    expect(flash.readNumber(0x1ffc, 4)).toBe(0xffff_ffff);
  });
});
