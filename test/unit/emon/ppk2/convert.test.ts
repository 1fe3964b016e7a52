import { describe, expect, it } from 'vitest';
import { voltageCommand } from '../../../../src/main/emon/ppk2/commands.ts';
import { Ppk2Converter } from '../../../../src/main/emon/ppk2/convert.ts';
import { defaultConstants } from '../../../../src/main/emon/ppk2/metadata.ts';
import { SpikeFilter } from '../../../../src/main/emon/ppk2/spike-filter.ts';
import { calibrationP } from './stream.ts';

// Vectors of the specification, section 9.3.
describe('conversion', () => {
  it.each([
    [2048, 0, 90],
    [2048, 1, 900],
    [2048, 2, 9e3],
    [2048, 3, 90e3],
    [512, 4, 450e3],
    [8192, 0, 360],
    [16_383, 0, 719.9560546875],
  ])('code %d in range %d is %d uA with calibration P', (code, range, expectedUA) => {
    const converter = new Ppk2Converter(calibrationP, 3300);
    expect(converter.currentA(code, range) * 1e6).toBeCloseTo(expectedUA, 7);
  });

  it.each([
    [1000, 2, 4348.332765810601],
    [2048, 0, 87.24734556253267],
  ])('code %d in range %d is %d uA with the default constants', (code, range, expectedUA) => {
    const converter = new Ppk2Converter(defaultConstants(), 3300);
    expect(converter.currentA(code, range) * 1e6).toBeCloseTo(expectedUA, 9);
  });

  it('uses every constant, and the voltage that was sent last', () => {
    const constants = defaultConstants();
    Object.entries({ r: 10, o: 100, gs: 0.5, gi: 0.95, s: 2e-6, i: 1e-5, ug: 1.01 }).forEach(([key, value]) => {
      constants[key as keyof typeof constants][2] = value;
    });
    const converter = new Ppk2Converter(constants, 3300);
    expect(converter.currentA(2073, 2) * 1e6).toBeCloseTo(8693.171, 3);
    converter.setVdd(1800);
    expect(converter.currentA(2073, 2) * 1e6).toBeCloseTo(8690.141, 3);
  });

  it('keeps negative readings', () => {
    const converter = new Ppk2Converter({ ...calibrationP, o: [100, 0, 0, 0, 0] }, 3300);
    expect(converter.currentA(0, 0)).toBeLessThan(0);
  });
});

describe('the spike filter', () => {
  const filtered = (samples: [number, number][]): number[] => {
    const filter = new SpikeFilter();
    return samples.map(([current, range]) => filter.next(current, range));
  };

  it('replaces three samples after a change of range by the running mean', () => {
    const out = filtered([
      [100, 1],
      [100, 1],
      [1000, 2],
      [1000, 2],
      [1000, 2],
      [1000, 2],
    ]);
    [100, 100, 262, 394.84, 503.7688, 1000].forEach((value, index) => expect(out[index]).toBeCloseTo(value, 9));
  });

  it('holds its means for the first two samples of the highest range', () => {
    const out = filtered([
      [10, 3],
      [10, 3],
      [100, 4],
      [100, 4],
      [100, 4],
      [100, 4],
    ]);
    [10, 10, 10, 10, 15.4, 100].forEach((value, index) => expect(out[index]).toBeCloseTo(value, 9));
  });

  it('begins anew after a reset', () => {
    const filter = new SpikeFilter();
    filter.next(10, 1);
    filter.reset();
    expect(filter.next(1000, 2)).toBe(1000);
    expect(filter.next(1000, 2)).toBe(1000);
  });
});

describe('the voltage command', () => {
  it.each([
    [800, [0x0d, 0x03, 0x20]],
    [1800, [0x0d, 0x07, 0x08]],
    [3000, [0x0d, 0x0b, 0xb8]],
    [3300, [0x0d, 0x0c, 0xe4]],
    [5000, [0x0d, 0x13, 0x88]],
  ])('%d mV', (millivolt, bytes) => {
    expect([...voltageCommand(millivolt)]).toEqual(bytes);
  });

  it.each([799, 5001, 3300.5, Number.NaN])('refuses %d mV', (millivolt) => {
    expect(() => voltageCommand(millivolt)).toThrow(RangeError);
  });
});
