import { describe, expect, it } from 'vitest';
import {
  copyNumber,
  formatCount,
  formatDateTime,
  formatDuration,
  formatNumber,
  formatPercent,
  formatPercentInterval,
  formatTimestamp,
  missing,
} from '../../../src/shared/units/index.ts';

const plain = (text: string): string => text.replace(/[\u00a0\u202f]/g, ' ');

describe('numbers', () => {
  it('shows counts, shares and signs', () => {
    expect(formatCount(1000, 'en')).toBe('1,000');
    expect(formatCount(1000, 'de')).toBe('1.000');
    expect(plain(formatPercent(0.9234, { locale: 'en' }))).toBe('92.3 %');
    expect(plain(formatPercent(0.000213, { locale: 'en', decimals: 2, signed: true }))).toBe('+0.02 %');
    expect(plain(formatPercent(-0.01, { locale: 'en', decimals: 2, signed: true }))).toBe('-1.00 %');
    expect(plain(formatPercent(0, { locale: 'en', decimals: 2, signed: true }))).toBe('0.00 %');
    expect(formatPercent(undefined)).toBe(missing);
    expect(plain(formatPercentInterval(0.892, 0.947, { locale: 'en' }))).toBe('89.2–94.7 %');
    expect(formatPercentInterval(Number.NaN, 1)).toBe(missing);
    expect(formatNumber(0.93284, { locale: 'en', decimals: 3 })).toBe('0.933');
  });

  it('copies the full precision with a point', () => {
    expect(copyNumber(0.1 + 0.2)).toBe('0.30000000000000004');
    expect(copyNumber(undefined)).toBe('');
  });
});

describe('durations', () => {
  it.each([
    [0, '0.0 s'],
    [4.24, '4.2 s'],
    [9.96, '10 s'],
    [59.6, '1 min 00 s'],
    [125, '2 min 05 s'],
    [3599.6, '1 h 00 min'],
    [4020, '1 h 07 min'],
  ])('shows %d s as %s', (durationS, shown) => {
    expect(plain(formatDuration(durationS, 'en'))).toBe(shown);
  });

  it('has no words for a duration that cannot be', () => {
    expect(formatDuration(-1)).toBe(missing);
    expect(formatDuration(undefined)).toBe(missing);
  });

  it('stamps with a fixed width', () => {
    expect(formatTimestamp(0)).toBe('00:00.000');
    expect(formatTimestamp(59.9996)).toBe('01:00.000');
    expect(formatTimestamp(3725.5, 1)).toBe('1:02:05.5');
    expect(formatTimestamp(-1.25, 2)).toBe('-00:01.25');
    expect(formatTimestamp(12, 0)).toBe('00:12');
  });

  it('shows a date in the zone asked for', () => {
    expect(plain(formatDateTime('2026-11-24T06:49:00Z', { locale: 'en-GB', timeZone: 'UTC' }))).toBe(
      '24 Nov 2026, 06:49',
    );
    expect(formatDateTime('not a date')).toBe(missing);
  });
});
