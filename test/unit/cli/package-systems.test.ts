import { describe, expect, it } from 'vitest';
import { assignSources } from '../../../src/main/cli/package-systems.ts';
import type { PackageSystem } from '../../../src/main/audit/index.ts';
import type { SystemDescription } from '../../../src/shared/domain/system-description.ts';
import { madeDescription } from '../../support/audit/system-description.ts';

const systems = (...names: string[]): PackageSystem[] =>
  names.map((system) => ({ system, description: madeDescription() as SystemDescription }));

function assigned(sessions: string[], ...names: string[]): [string, readonly string[]][] {
  return assignSources(sessions, systems(...names)).map(({ system, sources }) => [system, sources]);
}

describe('which sessions are of which system', () => {
  it('all of the only one, with its name in front or without', () => {
    expect(assigned(['s1', 'A=s2', 'x=y/s3', String.raw`C:\s=4`], 'A')).toEqual([
      ['A', ['s1', 's2', 'x=y/s3', String.raw`C:\s=4`]],
    ]);
  });

  it('each by the name in front, in any order', () => {
    expect(assigned(['B=s1', String.raw`A=C:\s2#r1,r2`, 'B=a=b.zip'], 'A', 'B')).toEqual([
      ['A', [String.raw`C:\s2#r1,r2`]],
      ['B', ['s1', 'a=b.zip']],
    ]);
  });

  it('is asked for where it was not said, and no system is left without', () => {
    const code = (sessions: string[], ...names: string[]): unknown => {
      try {
        return assigned(sessions, ...names);
      } catch (error) {
        return (error as { code?: string }).code;
      }
    };
    expect(code(['s1', 'A=s2'], 'A', 'B')).toBe('package.whichSystem');
    expect(code(['C=s1'], 'A', 'B')).toBe('package.whichSystem');
    expect(code(['A=s1'], 'A', 'B')).toBe('package.nothingOf');
    expect(code(['A=s1'], 'A', 'A')).toBe('package.sameSystem');
  });
});
