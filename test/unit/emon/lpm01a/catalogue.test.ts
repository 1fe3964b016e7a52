import { expect, it } from 'vitest';
import { monitorCatalogue, monitorEntry } from '../../../../src/main/emon/index.ts';

it('every monitor is there once, and accepted where one of the published runners drives it', () => {
  const kinds = monitorCatalogue.map((entry) => entry.kind);
  expect(new Set(kinds).size).toBe(kinds.length);
  const accepted = monitorCatalogue.filter((entry) => entry.acceptance === 'submissions').map((entry) => entry.kind);
  expect(accepted).toEqual(['lpm01a', 'js110', 'js220', 'n6705']);
  expect(monitorEntry('lpm01a')?.driver?.score).toMatchObject({ quantity: 'energy', sampleRateHz: 1000 });
  expect(monitorEntry('otii')).toMatchObject({ driver: null, triedOnHardware: false });
  expect(monitorEntry('js999')).toBeUndefined();
});
