import { describe, expect, it } from 'vitest';
import {
  constantsText,
  defaultConstants,
  metadataEnded,
  parseMetadata,
} from '../../../../src/main/emon/ppk2/metadata.ts';

const full = [
  'Calibrated: 1',
  ...[1031.6, 101.6, 10.1, 0.9, 0.04].map((value, range) => `R${range}: ${value.toFixed(20)}`),
  ...[1, 2, 3, 4, 5].map((value, range) => `GS${range}: ${value.toFixed(20)}`),
  ...[0.9, 0.91, 0.92, 0.93, 0.94].map((value, range) => `GI${range}: ${value.toFixed(20)}`),
  ...[10, 20, 30, 40, 50].map((value, range) => `O${range}: ${value.toFixed(20)}`),
  'VDD: 3700',
  'HW: 9173',
  'mode: 2',
  ...[1e-6, 0, 0, 0, -2e-6].map((value, range) => `S${range}: ${value.toFixed(20)}`),
  ...[1e-7, 0, 0, 0, 0].map((value, range) => `I${range}: ${value.toFixed(20)}`),
  ...[1, 1.01, 1, 1, 1].map((value, range) => `UG${range}: ${value.toFixed(20)}`),
  'IA: 56',
  'END',
];

describe('metadata', () => {
  it('is read in the order of firmware 1.2.4', () => {
    expect(parseMetadata(full.join('\n'))).toEqual({
      constants: {
        r: [1031.6, 101.6, 10.1, 0.9, 0.04],
        gs: [1, 2, 3, 4, 5],
        gi: [0.9, 0.91, 0.92, 0.93, 0.94],
        o: [10, 20, 30, 40, 50],
        s: [1e-6, 0, 0, 0, -2e-6],
        i: [1e-7, 0, 0, 0, 0],
        ug: [1, 1.01, 1, 1, 1],
      },
      calibrated: true,
      vddMv: 3700,
      mode: 2,
      hardware: '9173',
      remarks: [],
    });
  });

  it('is the same in any order, case and with CR', () => {
    const expected = parseMetadata(full.join('\n'));
    expect(parseMetadata([...full].reverse().join('\r\n'))).toEqual(expected);
    expect(parseMetadata(full.join('\n').toLowerCase())).toEqual(expected);
    expect(parseMetadata(`\x00\xff# ${full.join(' \r\n')}\nXY9: 1\nR9: 5\n`)).toEqual(expected);
  });

  it('keeps the default for what is no number, and the 0 of GS', () => {
    const read = parseMetadata('R0: nan\nR2: 0\nGS0: 0.0\nS1: -nan\nGI3: inf\nUG4: 1.2\nCalibrated: 0\nEND\n');
    expect(read?.constants).toEqual({ ...defaultConstants(), gs: [0, 1, 1, 1, 1], ug: [1, 1, 1, 1, 1.2] });
    expect(read?.calibrated).toBe(false);
    expect(read?.remarks).toEqual(['R0: nan', 'R2: 0', 'UG4: 1.2', 'Calibrated: 0']);
  });

  it('is not found in another text', () => {
    for (const text of ['', 'shell:~$ ', 'GS0: 1\nEND\n', 'm-ready\r\n']) expect(parseMetadata(text)).toBeUndefined();
  });

  it('ends with END at the start of a line', () => {
    expect(metadataEnded(full.join('\n'))).toBe(true);
    expect(metadataEnded('IA: 56\r\nEND')).toBe(true);
    expect(metadataEnded('IA: 56\nEN')).toBe(false);
    expect(metadataEnded('TREND\nENDS\nEND: 1')).toBe(false);
  });

  it('gives the same text for the same constants only', () => {
    const text = constantsText(defaultConstants());
    expect(text.split('\n')).toHaveLength(36);
    expect(constantsText({ ...defaultConstants(), i: [0, 0, 0, 0, 1e-9] })).not.toBe(text);
  });
});
