import { describe, expect, it } from 'vitest';
import { mergeAssumptions, specificationOf } from '../../../../src/main/analysis/uncertainty/specifications.ts';
import { monitorSpecificationSchema } from '../../../../src/shared/domain/energy.ts';

describe('specifications of monitors', () => {
  it.each([
    ['lpm01a', 'static'],
    ['lpm01a', 'dynamic'],
    ['ppk2', null],
    ['js110', null],
    ['js220', null],
    ['otii', 'arc'],
    ['otii', 'ace'],
    ['n6705', null],
    ['file', null],
  ])('%s %s keeps the contract, and each figure has a source', (kind, mode) => {
    const specification = specificationOf(kind, mode);
    expect(monitorSpecificationSchema.parse(specification)).toEqual(specification);
    const numbers = specification.ranges.map((range) => range.range);
    expect(numbers).toEqual(numbers.map((_number, index) => index));
    for (const { gain, offsetA, nonlinearity } of specification.ranges) {
      for (const figure of [gain, offsetA, nonlinearity]) expect(figure.source).not.toBe('');
    }
  });

  it('states what is published and what is assumed', () => {
    const still = specificationOf('lpm01a', 'static').ranges[0];
    const moving = specificationOf('lpm01a').ranges[0];
    expect([still?.gain.kind, moving?.gain.kind]).toEqual(['limit', 'assumption']);
    expect([still?.offsetA.half, moving?.offsetA.half]).toEqual([1e-7, 1e-6]);
    const ppk2 = specificationOf('ppk2');
    expect(ppk2.ranges.map((range) => range.gain.half)).toEqual([0.1, 0.1, 0.1, 0.1, 0.15]);
    expect(ppk2.ranges.every((range) => range.gain.kind === 'typical')).toBe(true);
    expect(ppk2.ranges[3]?.quantStepA).toBe(46.8e-6);
    expect(specificationOf('js110').ranges[1]).toMatchObject({ name: '2 A', offsetA: { half: 1.5e-3, kind: 'limit' } });
    expect(specificationOf('otii', 'ace').ranges[0]).toMatchObject({ gain: { half: 5e-4 }, offsetA: { half: 25e-9 } });
  });

  it('lets a user replace defaults with a source of their own', () => {
    const specification = specificationOf('ppk2');
    const merged = mergeAssumptions(specification, {
      ranges: [{ range: 3, gain: { half: 0.02, source: 'our own comparison, 2026-03' } }],
      rangesCorrelated: false,
      leakA: { half: 0, source: 'isolated UART' },
    });
    expect(merged.ranges[3]?.gain).toEqual({ half: 0.02, kind: 'user', source: 'our own comparison, 2026-03' });
    expect(merged.ranges[2]).toEqual(specification.ranges[2]);
    expect(merged.leakA).toEqual({ half: 0, kind: 'user', source: 'isolated UART' });
    expect(merged.rangesCorrelated).toBe(false);
    expect(mergeAssumptions(specification, {})).toEqual(specification);
  });
});
