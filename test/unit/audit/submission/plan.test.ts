import { describe, expect, it } from 'vitest';
import { planPackage } from '../../../../src/main/audit/submission/index.ts';
import type { MaterialRun, PackagePlanInput } from '../../../../src/main/audit/submission/index.ts';
import type { SystemDescription } from '../../../../src/shared/domain/system-description.ts';
import { createText } from '../../../../src/shared/text/index.ts';
import { flatText } from '../../../support/report/check-report.ts';
import { readPdf } from '../../../support/report/pdf-reader.ts';
import { energyRun } from '../../../support/report/session.ts';
import { madeDescription } from '../../../support/audit/system-description.ts';

const text = createText();

function run(changes: Partial<MaterialRun> = {}): MaterialRun {
  return {
    system: 'Board',
    own: false,
    source: '/in',
    run: '.',
    benchmark: 'kws',
    mode: 'performance',
    files: [{ name: 'log.txt', path: '/in/log.txt', redact: false }],
    runner: 'eembc',
    figures: { medianThroughputInfPerS: 12.3456 },
    simulated: false,
    ...changes,
  };
}

function input(changes: Partial<PackagePlanInput> = {}): PackagePlanInput {
  return {
    division: 'closed',
    round: 'v1.3',
    systems: [{ system: 'Board', description: madeDescription() as SystemDescription }],
    runs: [run()],
    code: [{ name: 'kws/README.md', path: '/code/kws/README.md' }],
    hookUp: null,
    memory: [],
    obstacles: [],
    program: 'Joulebench 1',
    ...changes,
  };
}

const pathsOf = (changes?: Partial<PackagePlanInput>): string[] =>
  planPackage(input(changes), text).files.map(({ path }) => path);

function textOf(end: string, changes?: Partial<PackagePlanInput>): string {
  const file = planPackage(input(changes), text).files.find(({ path }) => path.endsWith(end));
  return file && 'text' in file ? file.text : '';
}

describe('the plan of a package', () => {
  it('has the tree of a submission', () => {
    expect(pathsOf()).toEqual([
      'closed/Org/README.md',
      'closed/Org/systems/Board.json',
      'closed/Org/systems/TinyMLPerf_v1.3_Submission_Checklist.pdf',
      'closed/Org/systems/TinyMLPerf_v1.3_Submission_Checklist.md',
      'closed/Org/code/kws/README.md',
      'closed/Org/results/Board/kws/performance/log.txt',
      'closed/Org/results/Board/kws/EEMBC_RUNNER',
    ]);
  });

  it('marks nothing as measured by another runner that was not', () => {
    const own = { runs: [run({ own: true, runner: 'joulebench' })], obstacles: ['kws performance: ours'] };
    expect(pathsOf(own).filter((path) => path.endsWith('EEMBC_RUNNER'))).toEqual([]);
    expect(pathsOf({ round: 'v1.2' }).filter((path) => path.endsWith('EEMBC_RUNNER'))).toEqual([]);
    expect(textOf('README.md', own)).toContain('Joulebench (no official runner)');
  });

  it('says on every first page that a validation package cannot be submitted', () => {
    const changes = { obstacles: ['kws performance: ours'] };
    expect(planPackage(input(changes), text).kind).toBe('validation');
    for (const file of ['VALIDATION.md', 'closed/Org/README.md', 'Checklist.md']) {
      const lines = textOf(file, changes).split('\n');
      expect(lines[0]).toContain('Validation package: it cannot be submitted as it is');
      expect(lines.join('\n')).toContain('RUN-04');
      expect(lines).toContain('- kws performance: ours');
    }
    expect(planPackage(input(), text).kind).toBe('official');
    expect(textOf('README.md')).not.toContain('Validation package');
  });

  it('fills the checklist in and leaves declarations open', () => {
    const accuracy = run({ mode: 'accuracy', figures: { top1: 0.9, auc: 0.987 } });
    const checklist = textOf('Checklist.md', { runs: [run(), accuracy] });
    expect(checklist).toContain('- Organisation: Org\n- Systems: Board\n- Division: closed\n- Category: available');
    expect(checklist).toContain('| Board | kws | top-1 90.0 %, AUC 0.987 |');
    expect(checklist).toContain('- Other forbidden techniques were used: [ ] yes [ ] no');
  });

  it('describes how the monitor was connected, unless the submitter does', async () => {
    const energy = energyRun().energy?.setup;
    if (!energy) throw new Error('no setup');
    const runs = [run({ own: true, mode: 'energy', energy })];
    const file = planPackage(input({ runs }), text).files.find(({ path }) => path.endsWith('Energy-Hookup.pdf'));
    const pdf = file && 'make' in file ? readPdf(await file.make()) : null;
    const page = pdf ? flatText(pdf) : '';
    expect(page).toContain(energy.supply.board);
    expect(page).toContain(energy.monitor.model);
    for (const fed of energy.scope.measured) expect(page).toContain(fed);
    expect(pathsOf({ runs, hookUp: '/x/wiring.pdf' })).toContain('closed/Org/systems/Energy-Hookup.pdf');
    expect(pathsOf({ runs, hookUp: '/x/wiring.md' })).not.toContain('closed/Org/systems/Energy-Hookup.pdf');
  });

  it('lists the memory of the images', () => {
    const memory = {
      codeBytes: 11,
      weightBytes: 22,
      constantBytes: 33,
      arenaBytes: 44,
      payloadBytes: 55,
      dataBytes: 66,
      stackBytes: 77,
    };
    const page = textOf('README.md', { memory: [{ name: 'kws', memory }] });
    expect(page).toContain('| kws | 11 | 22 | 33 | 44 | 55 | 66 | 77 |');
    const own = textOf('README.md', { runs: [run({ own: true, memory }), run({ mode: 'accuracy' })] });
    expect(own).toContain('| kws performance | 11 |');
    expect(own).toContain('No memory figures for kws accuracy');
  });

  it('refuses two runs of one mode, and names that are no folders', () => {
    expect(() => pathsOf({ runs: [run(), run({ source: '/other' })] })).toThrow(
      expect.objectContaining({ code: 'package.twice' }),
    );
    const description = madeDescription() as SystemDescription;
    for (const name of ['../x', 'a b', '.x', 'x/y', '', 'CON', 'aux.1', 'Prüfling', 'x.'])
      expect(() => pathsOf({ systems: [{ system: name, description }] })).toThrow(
        expect.objectContaining({ code: 'package.badName' }),
      );
    const other = madeDescription({ Submitter: 'My Org' }) as SystemDescription;
    expect(() => pathsOf({ systems: [{ system: 'Board', description: other }] })).toThrow(
      expect.objectContaining({ code: 'package.badName' }),
    );
  });
});
