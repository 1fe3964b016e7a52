import { describe, expect, it } from 'vitest';
import { likelyMonitor } from '../../../src/main/emon/index.ts';

describe('likelyMonitor', () => {
  it.each([
    ['0483', '5740', 'lpm01a'],
    ['1915', 'C00A', 'ppk2'],
    ['1915', '520f', undefined],
    ['0483', '374b', undefined],
  ])('%s:%s', (vendorId, productId, kind) => {
    expect(likelyMonitor({ vendorId, productId })?.kind).toBe(kind);
  });

  it('knows nothing of a port without USB', () => {
    expect(likelyMonitor(undefined)).toBeUndefined();
  });
});
