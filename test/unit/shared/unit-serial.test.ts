import { expect, it } from 'vitest';
import { cleanSerial, longestSerial, serialFits } from '../../../src/shared/domain/unit-serial.ts';

it.each([
  ['SN-0042', 'SN-####', true],
  ['SN-004', 'SN-####', false],
  ['SN-00423', 'SN-####', false],
  ['sn-0042', 'SN-####', false],
  ['SN-00A2', 'SN-####', false],
  ['anything', '', true],
  ['AB12', '??##', true],
  ['LOT7-X-9', 'LOT#-*-#', true],
  ['LOT7--9', 'LOT#-*-#', true],
  ['LOT7-9', 'LOT#-*-#', false],
  ['aXbXc', '*X*X*', true],
  ['', '*', true],
  ['x', '', true],
  ['𝟛', '#', false],
  ['é', '?', true],
])('%s against %s: %s', (serial, pattern, fits) => expect(serialFits(serial, pattern)).toBe(fits));

it('no pattern of a foreign file holds the app up', () => {
  const begun = process.cpuUsage().user;
  expect(serialFits('a'.repeat(longestSerial), `${'*a'.repeat(55)}b`)).toBe(false);
  // Backtracking over so many stars would take longer than the universe is old; one second of CPU is generous.
  expect(process.cpuUsage().user - begun).toBeLessThan(1e6);
});

it('what scanners put around a serial is taken off', () => {
  expect(cleanSerial('\u0002 SN-1\t\r\n')).toBe('SN-1');
  expect(cleanSerial(' \u0000 ')).toBe('');
  expect(cleanSerial('x'.repeat(500))).toHaveLength(longestSerial);
});
