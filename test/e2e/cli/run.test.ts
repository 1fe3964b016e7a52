import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runAnswerSchema } from '../../../src/shared/domain/run-json.ts';
import { manifestSchema } from '../../../src/main/store/index.ts';
import { cli, finished, onlySession, scratch, startCli } from '../../support/cli.ts';
import { dataPath, noDataReason } from '../../support/data.ts';

const demo = ['run', 'demo01', '--bench', 'virtual', '--json'];

describe('joulebench run demo01', () => {
  it('ends in a session with report and result files, verifies, and gives the same figures a second time', async () => {
    const home = scratch();
    const out = join(home, 'sessions');
    const first = await cli([...demo, '--out', out, '--operator', 'Ada', '--unit', 'SN 1'], home);
    expect(first.err).toContain('SIMULATED');
    expect(first.code).toBe(0);
    const answer = runAnswerSchema.parse(JSON.parse(first.out));
    expect(answer).toMatchObject({ session: onlySession(out), simulated: true });
    expect(answer.runs.map((run) => [run.workload, run.mode])).toEqual([
      ['demo01', 'performance'],
      ['demo01', 'accuracy'],
    ]);
    const files = readdirSync(answer.session, { recursive: true }) as string[];
    expect(files).toEqual(expect.arrayContaining(['journal.jsonl', 'manifest.json', 'report-SIMULATED.pdf']));
    for (const folder of ['r1-demo01-performance', 'r2-demo01-accuracy']) {
      for (const name of ['log.txt', 'results.txt', 'results.json', 'script.async'])
        expect(files).toContain(join('runs', folder, name));
    }
    expect(files.some((name) => name.includes('sources'))).toBe(false);
    manifestSchema.parse(JSON.parse(readFileSync(join(answer.session, 'manifest.json'), 'utf8')));

    const verified = await cli(['verify', answer.session, '--json'], home);
    expect(verified.code).toBe(0);
    expect(JSON.parse(verified.out)).toMatchObject({ holds: true, problems: [] });

    const second = await cli([...demo, '--out', join(home, 'again')], home);
    expect(runAnswerSchema.parse(JSON.parse(second.out)).runs).toEqual(answer.runs);
  });

  it('gives the same figures with the virtual DUT in a worker and in line', async () => {
    const home = scratch();
    const worker = await cli([...demo, '--mode', 'accuracy', '--out', join(home, 'a')], home);
    const inline = await cli([...demo, '--mode', 'accuracy', '--out', join(home, 'b'), '--inline'], home);
    expect(runAnswerSchema.parse(JSON.parse(inline.out)).runs).toEqual(
      runAnswerSchema.parse(JSON.parse(worker.out)).runs,
    );
  });

  it('shows every later change of a session', async () => {
    const home = scratch();
    const out = join(home, 'sessions');
    await cli([...demo, '--mode', 'accuracy', '--inline', '--out', out], home);
    const session = onlySession(out);
    const results = join(session, 'runs', 'r1-demo01-accuracy', 'results.txt');
    writeFileSync(results, readFileSync(results, 'utf8').replace(/Top-1: [\d.]+/, 'Top-1: 99.9'));
    const changed = await cli(['verify', session], home);
    expect(changed.code).toBe(1);
    expect(changed.out).toContain('results.txt was changed');
    expect(changed.out).toContain('differs from what the raw records give');

    const journal = join(session, 'journal.jsonl');
    writeFileSync(journal, readFileSync(journal, 'utf8').replace('"inputIndex":3', '"inputIndex":4'));
    const damaged = await cli(['verify', session], home);
    expect(damaged.code).toBe(1);
    expect(damaged.out).toContain('The journal was changed or is damaged at line');
  });

  it('makes the report again, in another paper size', async () => {
    const home = scratch();
    const out = join(home, 'sessions');
    await cli([...demo, '--mode', 'accuracy', '--inline', '--out', out], home);
    const again = await cli(['report', onlySession(out), '--out', home, '--paper', 'letter', '--json'], home);
    expect(again.code).toBe(0);
    const { report } = JSON.parse(again.out) as { report: string };
    expect(readFileSync(report).subarray(0, 5).toString()).toBe('%PDF-');
  });
});

describe('the virtual DUT offered to foreign programs', () => {
  it('is measured through its socket, but never without the mark SIMULATED', async () => {
    const home = scratch();
    const out = join(home, 'sessions');
    const server = startCli(['virtual', '--tcp', '0', '--pace', '200'], home);
    const listening = await new Promise<string>((said) =>
      server.stdout.once('data', (chunk: Buffer) => said(chunk.toString())),
    );
    const bench = `tcp:127.0.0.1:${/127\.0\.0\.1:(\d+)/.exec(listening)?.[1] ?? ''}`;
    try {
      const unmarked = await cli(['run', 'demo01', '--bench', bench, '--mode', 'accuracy', '--out', out], home);
      expect(unmarked.code).toBe(2);
      expect(unmarked.err).toContain('--simulated');
      const resumed = await cli(['run', '--resume', onlySession(out), '--simulated'], home);
      expect(resumed.code).toBe(2);
      expect(resumed.err).toContain('SIMULATED');
      const marked = await cli(
        [
          'run',
          'demo01',
          '--bench',
          bench,
          '--simulated',
          '--mode',
          'accuracy',
          '--out',
          join(home, 'marked'),
          '--json',
        ],
        home,
      );
      expect(marked.code).toBe(0);
      expect(runAnswerSchema.parse(JSON.parse(marked.out))).toMatchObject({
        simulated: true,
        runs: [{ correct: 218 }],
      });
      expect(onlySession(join(home, 'marked'))).toContain('SIMULATED');
    } finally {
      const ended = finished(server);
      server.kill();
      await ended;
    }
  });
});

describe.skipIf(noDataReason)('joulebench with the official keyword model', () => {
  it('gives 269 of 300 on the subset, with the known vectors in its log', async () => {
    const home = scratch();
    const out = join(home, 'sessions');
    const { code, out: text } = await cli(
      [
        ...['run', 'kws01', '--bench', 'virtual', '--model', dataPath('models', 'kws_ref_model.tflite')],
        ...['--dataset', dataPath('datasets', 'kws01'), '--mode', 'accuracy,performance', '--out', out, '--json'],
      ],
      home,
    );
    expect(code).toBe(0);
    const answer = runAnswerSchema.parse(JSON.parse(text));
    expect(answer.runs[0]).toMatchObject({
      mode: 'accuracy',
      inputSet: 'subset',
      inputs: 300,
      correct: 269,
      qualityTarget: 'notApplicable',
    });
    expect(answer.runs[1]).toMatchObject({ mode: 'performance' });
    const log = readFileSync(join(onlySession(out), 'runs', 'r1-kws01-accuracy', 'log.txt'), 'utf8');
    for (const vector of knownVectors()) expect(log).toContain(`m-output-int8[${vector}]`);
  });

  it('checks the golden vectors of every int8 model', async () => {
    const home = scratch();
    const golden = dataPath('models', 'golden.json');
    for (const model of ['kws_ref_model', 'vww_96_int8', 'pretrainedResnet_quant', 'ad01_int8', 'str_ww_ref_model']) {
      const { code, out } = await cli(
        ['model', 'check', dataPath('models', `${model}.tflite`), '--vectors', golden, '--json'],
        home,
      );
      expect([model, code]).toEqual([model, 0]);
      expect(JSON.parse(out)).toMatchObject({ passed: true });
    }
  });

  it('compiles a model to the same bytes twice', async () => {
    const home = scratch();
    const model = dataPath('models', 'kws_ref_model.tflite');
    for (const folder of ['a', 'b'])
      expect((await cli(['model', 'compile', model, '--out', join(home, folder)], home)).code).toBe(0);
    for (const name of ['model.jbm', 'model.c'])
      expect(readFileSync(join(home, 'a', name))).toEqual(readFileSync(join(home, 'b', name)));
  });
});

/** The five vectors of the data set's README, which is not copied: its table is read. */
function knownVectors(): string[] {
  const readme = readFileSync(dataPath('datasets', 'README.md'), 'utf8');
  const vectors = [...readme.matchAll(/^\| `tst_\S+` \| \d+ \| ([-\d ]+) \|$/gm)].map((row) =>
    (row[1] ?? '').trim().split(' ').join(','),
  );
  expect(vectors).toHaveLength(5);
  return vectors;
}
