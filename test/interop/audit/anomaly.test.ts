import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { accuracyFigures } from '../../../src/main/analysis/index.ts';
import { auditReport, auditTree } from '../../../src/main/audit/index.ts';
import type { AuditedRun } from '../../../src/shared/domain/audit.ts';
import { createText } from '../../../src/shared/text/index.ts';
import { memorySource } from '../../support/audit/memory-source.ts';
import { dataPath, noDataReason } from '../../support/data.ts';

/** Windows of a recording, and their distance in bytes (DUT protocol, section 13). */
const segments = 196;
const strideBytes = 512;

interface Recording {
  file: string;
  label: number;
}

/** No complete accuracy log of anomaly detection is small enough for the sample: these are made over the official lists. */
describe.skipIf(noDataReason)('an accuracy run of anomaly detection', () => {
  const listOf = (name: string): Recording[] =>
    readFileSync(dataPath('submissions', 'labels', name), 'utf8')
      .split(/\r?\n/)
      .filter((line) => /\.bin,/.test(line))
      .map((line) => line.split(',').map((cell) => cell.trim()))
      .map(([file = '', , label = '']) => ({ file, label: Number(label) }));

  /** Anomalies score higher, with an overlap; every segment scores a little differently. */
  const scoreOf = ({ label }: Recording, k: number, segment: number): string =>
    (8 + 4 * label + ((k * 37) % 11) * 0.6 + (segment % 7) * 0.05).toFixed(3);

  const scored = (list: readonly Recording[]) =>
    list.flatMap((recording, fileIndex) =>
      Array.from({ length: segments }, (_, segment) => ({
        fileIndex,
        label: recording.label,
        results: [Number(scoreOf(recording, fileIndex, segment))],
      })),
    );

  function eembcLog(list: readonly Recording[]): string {
    const lines = [
      '00001.000 session: m-session-start-id[1]',
      '00001.001 parser: m-bm-cfg-name[ulp-mlperf]-key[model]-val[ad01]',
    ];
    list.forEach((recording, k) => {
      for (let segment = 0; segment < segments; segment += 1) {
        lines.push(
          `00001.002 parser: Command "bload dut "C:\\data\\ad01\\${recording.file}" ${segment * strideBytes} 2560"`,
          '00001.003 parser: Command "dut infer 1 0"',
          '00001.004 dut: m-infer-start-1',
          '00001.005 dut: m-infer-done',
          `00001.006 dut: m-results-[${scoreOf(recording, k, segment)}]`,
          '00001.007 dut: m-ready',
        );
      }
    });
    lines.push('00001.008 session: m-session-stop-id[1]');
    return lines.join('\n');
  }

  function mlcJson(list: readonly Recording[]): string {
    return JSON.stringify(
      list.flatMap((recording, k) =>
        Array.from({ length: segments }, (_, segment) => ({
          file: recording.file,
          class: String(recording.label),
          infer: {
            results: [Number(scoreOf(recording, k, segment))],
            iterations: 1,
            warmups: 0,
            start_time: 1,
            end_time: 2,
          },
          mode: 'a',
        })),
      ),
    );
  }

  async function audit(round: string, files: Record<string, string>): Promise<AuditedRun> {
    const place = `${round}/closed/Org/results/Board/ad/accuracy`;
    const placed = Object.fromEntries(Object.entries(files).map(([name, text]) => [`${place}/${name}`, text]));
    const outcome = await auditTree(memorySource(placed), { scope: 'runs' });
    return auditReport(outcome, createText(), 'test').runs[0] as AuditedRun;
  }

  const accuracyRules = (run: AuditedRun): string[] =>
    run.findings.filter(({ rule }) => rule.startsWith('ACC-')).map(({ rule, code }) => `${rule} ${code}`);

  it.each([
    ['v1.1', 'ad01.csv', 248],
    ['v1.2', 'ad01-alternative.csv', 72],
  ])('of round %s over %s gives the figures of the analysis', async (round, name, files) => {
    const list = listOf(name);
    expect(list).toHaveLength(files);
    const expected = accuracyFigures(scored(list), 2, 1);
    if (expected.kind !== 'anomaly') throw new Error('two classes and one score');
    const top1 = ((expected.bestPrecisionRecall ?? 0) * 100).toFixed(1);
    const results = `00001.009 ulp-mlperf: Top-1: ${top1}%\n00001.009 ulp-mlperf: AUC: ${(expected.aucEembc ?? 0).toFixed(2)}\n`;
    const run = await audit(round, { 'log.txt': eembcLog(list), 'results.txt': results });
    expect(run.recomputed).toMatchObject({
      inputs: files * segments,
      files,
      aucEembc: expected.aucEembc,
      aucExact: expected.aucExact,
      bestPrecisionRecall: expected.bestPrecisionRecall,
    });
    expect(run.agrees).toBe(true);
    expect(accuracyRules(run)).toEqual([]);
  });

  it('of the current runner gives the same from its results.json', async () => {
    const list = listOf('ad01-alternative.csv');
    const expected = accuracyFigures(scored(list), 2, 1);
    const results = `0725.151952 ulp-mlperf: AUC = ${(expected.aucMlc ?? 0).toFixed(3)}\n`;
    const run = await audit('v1.3', { 'results.json': mlcJson(list), 'results.txt': results });
    expect(run.recomputed).toMatchObject({ inputs: 72 * segments, files: 72, aucMlc: expected.aucMlc });
    expect(run.agrees).toBe(true);
    expect(accuracyRules(run)).toEqual([]);
  });

  it('over the shorter list is too early before round v1.2, and a part of a list is incomplete', async () => {
    const list = listOf('ad01-alternative.csv');
    expect(accuracyRules(await audit('v1.1', { 'log.txt': eembcLog(list) }))).toContain('ACC-02 tooEarly');
    expect(accuracyRules(await audit('v1.2', { 'log.txt': eembcLog(list.slice(0, 70)) }))).toContain('ACC-01 failed');
  });
});
