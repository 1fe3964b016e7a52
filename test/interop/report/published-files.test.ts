import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { writeLogTxt, writeResultsTxt, writeScript } from '../../../src/main/report/files/index.ts';
import { dataPath, noDataReason } from '../../support/data.ts';
import { officialValue, readLog, readRun, readScript, windowsOf } from '../../support/report/published.ts';
import type { LogEntry } from '../../support/report/published.ts';
import { accuracyRun, energyRun, performanceRun, session } from '../../support/report/session.ts';

const folders = {
  performance: ['v0.7', 'closed', 'renesas', 'results', 'EK-RA6M4', 'kws', 'performance'],
  accuracy: ['v1.1', 'closed', 'bosch', 'results', 'NUCLEO_L4R5ZI', 'ic', 'accuracy'],
  energy: ['v0.7', 'closed', 'renesas', 'results', 'EK-RA6M4', 'kws', 'energy'],
} as const;

/** A log of the energy mode in its latest form. */
const laterEnergyLog = ['v1.1', 'closed', 'STMicroelectronics', 'results', 'NUCLEO_L4R5ZI', 'ic', 'energy', 'log.txt'];

function published(mode: keyof typeof folders, file: string): string {
  return readFileSync(dataPath('submissions', ...folders[mode], file), 'utf8');
}

/** The shape of a line: numbers, names and bracketed values blotted out. */
function shape({ channel, text }: LogEntry): string {
  return `${channel}: ${text
    .replace(/"(.*)"/, '""')
    .replace(/\[[^\]]*\]/g, '[]')
    .replace(/[\d.]+/g, '0')
    .replace(/ID .*/, 'ID')}`;
}

const ours = { performance: performanceRun(), accuracy: accuracyRun(), energy: energyRun() };
const view = session({ runs: [ours.performance, ours.accuracy, ours.energy] });

describe.skipIf(noDataReason)(`published result files${noDataReason ? ` (${noDataReason})` : ''}`, () => {
  it.each(['performance', 'accuracy', 'energy'] as const)('our %s log has the skeleton of a published one', (mode) => {
    const log =
      mode === 'energy' ? readFileSync(dataPath('submissions', ...laterEnergyLog), 'utf8') : published(mode, 'log.txt');
    const theirs = new Set(readLog(log).map(shape));
    const own = readLog(writeLogTxt(view, ours[mode])).filter(
      (entry) => !/^m-(joulebench|output-int8)/.test(entry.text),
    );
    const unknown = [...new Set(own.map(shape))].filter((line) => !theirs.has(line));
    expect(unknown).toEqual([]);
  });

  it('the reader finds the same things in their performance log as in ours', () => {
    const theirs = readRun(readLog(published('performance', 'log.txt')));
    const own = readRun(readLog(writeLogTxt(view, ours.performance)));
    for (const run of [theirs, own]) {
      expect(run.started && run.stopped).toBe(true);
      expect(run.stampsUs).toHaveLength(11);
      expect(run.loads.map((load) => load.bytes)).toEqual([490, 490, 490, 490, 490]);
      expect(run.steps.map((step) => step.command.split(' ').slice(0, 2).join(' '))).toEqual([
        'version',
        'bm cfg',
        'dut profile',
        'dut timestamp',
        ...Array.from({ length: 5 }, () => ['bload dut', 'dut infer']).flat(),
      ]);
      expect(run.steps.map((step) => [step.ms, step.acc, step.totalMs])).toEqual(
        theirs.steps.map((step) => [step.ms, step.acc, step.totalMs]),
      );
    }
    expect(windowsOf(theirs).map((window) => window.window)).toEqual(windowsOf(own).map((window) => window.window));
  });

  it.each(['performance', 'accuracy', 'energy'] as const)(
    'the official patterns work on their %s results and on ours',
    (mode) => {
      for (const text of [published(mode, 'results.txt'), writeResultsTxt(view, ours[mode])]) {
        expect(officialValue(text, 'throughput') !== undefined).toBe(mode !== 'accuracy');
        expect(officialValue(text, 'energy') !== undefined).toBe(mode === 'energy');
        expect(officialValue(text, 'top1') !== undefined).toBe(mode === 'accuracy');
        expect(officialValue(text, 'auc') !== undefined).toBe(mode === 'accuracy');
      }
    },
  );

  it.each(['performance', 'accuracy', 'energy'] as const)(
    'our %s results.txt has the lines of a published one',
    (mode) => {
      const lines = (text: string): string[] => [
        ...new Set(
          text
            .split(/\r?\n/)
            .filter((line) => / ulp-ml(perf)?: /.test(line))
            .map((line) =>
              line
                .slice(line.indexOf(' ') + 1)
                .replace(/[\d.]+/g, '0')
                .replace(/ +/g, ' ')
                .replace('window 0:', 'window:')
                // Whether a window was long enough is the run's matter, not the form's.
                .replace(/: e-\[The run must take .*/, ': Runtime requirements have been met0'),
            ),
        ),
      ];
      expect(lines(writeResultsTxt(view, ours[mode]))).toEqual(lines(published(mode, 'results.txt')));
    },
  );

  it.each(['performance', 'energy'] as const)(
    'our %s script has the steps of a published one, step for step',
    (mode) => {
      const theirs = readScript(published(mode, 'script.async'));
      const own = readScript(writeScript(view, ours[mode]));
      const general = (steps: typeof own): unknown[] =>
        steps.map((step) => ({ ...step, cmd: step.cmd.replace(/".*"/, '""').replace(/infer \d+/, 'infer N') }));
      expect(general(own)).toEqual(general(theirs));
    },
  );

  // Energy scripts are another matter: one of them is not even valid (a quote is missing).
  it('the script reader reads every published performance and accuracy script', () => {
    const root = dataPath('submissions');
    const scripts = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((name) =>
      /(performance|accuracy).*script\.async$/.test(name),
    );
    expect(scripts.length).toBeGreaterThan(10);
    for (const script of scripts) {
      const text = readFileSync(join(root, script), 'utf8');
      expect(readScript(text), script).toHaveLength(text.match(/\bcmd:/g)?.length ?? 0);
    }
  });
});
