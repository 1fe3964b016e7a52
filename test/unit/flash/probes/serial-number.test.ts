import { describe, expect, it } from 'vitest';
import { normaliseSerial } from '../../../../src/main/flash/probes/index.ts';

/** Twelve raw bytes as they come out of a string descriptor, one unit each. */
const raw = String.fromCharCode(0x57, 0xff, 0x72, 0x06, 0x66, 0x75, 0x57, 0x57, 0x24, 0x43, 0x17, 0x87);
const spelled = '57FF72066675575724431787';

describe('normaliseSerial', () => {
  it('gives both spellings of one ST-LINK serial the same one', () => {
    expect(normaliseSerial(raw, '0483')).toBe(spelled);
    expect(normaliseSerial(spelled, '0483')).toBe(spelled);
    expect(normaliseSerial(spelled.toLowerCase(), '0483')).toBe(spelled);
  });

  it('takes the low byte of each unit', () => {
    expect(normaliseSerial(raw.replace('\xff', '\uff57'), '0483')).toBe('575772066675575724431787');
  });

  it('keeps raw bytes that look like blanks or padding', () => {
    expect(normaliseSerial(` ${raw.slice(1, 11)} `, '0483')).toBe('20FF72066675575724431720');
    expect(normaliseSerial(`${raw}\0\0\0\0`, '0483')).toBe(spelled);
    expect(normaliseSerial(`\0${raw.slice(1)}`, '0483')).toBe('00FF72066675575724431787');
  });

  it('leaves twelve printable characters alone, and everything of other vendors', () => {
    expect(normaliseSerial('0001a0123456', '0483')).toBe('0001A0123456');
    expect(normaliseSerial('E6616408:432', '2e8a')).toBe('E6616408:432');
    expect(normaliseSerial(raw, '1366')).toBe('W\xffR\x06FUWW$C\x17\x87');
    expect(normaliseSerial(' 000682349012\n', '1366')).toBe('000682349012');
    expect(normaliseSerial('', undefined)).toBe('');
  });
});
