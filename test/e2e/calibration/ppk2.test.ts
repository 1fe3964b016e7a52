import { describe, expect, it } from 'vitest';
import { normalisedErrors, runOnRig } from './rig.ts';

describe('the gain wizard on an emulated PPK2, through its driver', () => {
  it('recovers the injected errors of all five ranges within what it states', async () => {
    const run = await runOnRig('monitor-gain', { kind: 'ppk2', seed: 3 });
    expect(run.body?.result).toBe('pass');
    const errors = normalisedErrors(run);
    expect(errors).toHaveLength(5);
    for (const error of errors) expect(Math.abs(error)).toBeLessThan(3);
    expect(run.rig.monitor.supplyOn).toBe(false);
  });
});
