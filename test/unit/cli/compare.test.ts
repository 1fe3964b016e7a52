import { Window } from 'happy-dom';
import { describe, expect, it } from 'vitest';
import { collectLimit, parseLimit } from '../../../src/main/cli/compare-limits.ts';
import { junitXml } from '../../../src/main/cli/junit.ts';

describe('limits of joulebench compare', () => {
  it('takes per cent and, for shares, percentage points', () => {
    expect(parseLimit('energy=2%')).toEqual({ figure: 'energy', kind: 'relative', limit: 0.02 });
    expect(parseLimit('top1=0.5pp')).toEqual({ figure: 'top1', kind: 'absolute', limit: 0.005 });
    expect(parseLimit('AUC=1%')).toEqual({ figure: 'auc', kind: 'relative', limit: 0.01 });
    expect(parseLimit('power=0%').limit).toBe(0);
  });

  it('collects several, the last one of a figure counting', () => {
    const once = collectLimit('energy=2%,throughput=1%');
    expect(collectLimit('energy=3%', once)).toEqual([
      { figure: 'energy', kind: 'relative', limit: 0.03 },
      { figure: 'throughput', kind: 'relative', limit: 0.01 },
    ]);
  });

  it.each([
    '',
    'energy',
    'energy=',
    'energy=2',
    'energy=-2%',
    'energy=2pp',
    'speed=1%',
    'energy=2%%',
    'energy=NaN%',
    'energy=1e9%',
    'energy=2000%',
  ])('refuses %j', (text) => {
    expect(() => parseLimit(text)).toThrow(expect.objectContaining({ code: 'report.badLimit' }));
  });
});

describe('JUnit file', () => {
  it('counts outcomes and holds any text', () => {
    const xml = junitXml('Lab <1>', [
      {
        name: 'b / a',
        cases: [
          { className: 'kws01.energy', name: 'energy', outcome: 'failure', message: 'worse "2" & more\u0000\n<x>' },
          { className: 'kws01.energy', name: 'power', outcome: 'passed', message: 'fine' },
          { className: 'kws01.accuracy', name: 'top1', outcome: 'skipped', message: 'not decided' },
          { className: 'kws01.accuracy', name: 'auc', outcome: 'error', message: 'other inputs' },
        ],
      },
    ]);
    const document = new new Window().DOMParser().parseFromString(xml, 'application/xml');
    const root = document.documentElement;
    expect(root.getAttribute('name')).toBe('Lab <1>');
    for (const element of [root, root.querySelector('testsuite')]) {
      const counts = ['tests', 'failures', 'errors', 'skipped'].map((name) => element?.getAttribute(name));
      expect(counts).toEqual(['4', '1', '1', '1']);
    }
    expect(root.querySelector('failure')?.getAttribute('message')).toBe('worse "2" & more <x>');
    expect(root.querySelectorAll('testcase')).toHaveLength(4);
  });
});
