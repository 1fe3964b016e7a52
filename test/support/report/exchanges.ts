import type { Workload } from '../../../src/shared/domain/workload.ts';
import type { Exchange } from '../../../src/main/report/view.ts';

/** Made up for the tests of the writers: no figure in here was ever measured. */

export function identify(workload: Workload): Exchange {
  return {
    kind: 'identify',
    atS: 0.3,
    dut: { name: 'dut', vendor: 'Made-up vendor', profile: 'ULPMark for tinyML Firmware V0.0.1', model: workload.id },
    bootLines: ['m-timestamp-mode-performance', 'm-lap-us-90', 'm-init-done', 'm-ready'],
  };
}

type Measure = Extract<Exchange, { kind: 'measure' }>;

export function measure(step: {
  workload: Workload;
  purpose: Measure['purpose'];
  index: number;
  file: string;
  offset?: number;
  iterations: number;
  warmups?: number;
  seconds: number;
  atS: number;
  window?: number;
  scores: number[];
}): Measure {
  const { workload, iterations, seconds, atS } = step;
  const warmups = step.warmups ?? 1;
  const loadEnd = atS + 0.13;
  const start = loadEnd + 0.08;
  const end = start + seconds + 0.0002;
  const lapStartUs = Math.round(start * 1e6) - 120;
  const lapEndUs = lapStartUs + Math.round(seconds * 1e6);
  return {
    kind: 'measure',
    atS,
    purpose: step.purpose,
    inputIndex: step.index,
    file: step.file,
    fileBytes: workload.fileBytes ?? workload.inputBytes,
    offsetBytes: step.offset ?? 0,
    lengthBytes: workload.inputBytes,
    ...(step.window === undefined ? {} : { window: step.window }),
    attempt: 1,
    load: {
      bytes: workload.inputBytes,
      chunkBytes: 31,
      commands: 17,
      attempts: 1,
      verified: 'ok',
      startS: atS,
      endS: loadEnd,
    },
    infer: {
      iterations,
      warmups,
      lapStartUs,
      lapEndUs,
      stampCount: 2,
      dutElapsedS: (lapEndUs - lapStartUs) / 1e6,
      hostStartS: start,
      hostEndS: end,
      results: step.scores,
      lines: [
        { atS: loadEnd + 0.015, text: `m-warmup-start-${warmups}` },
        { atS: start, text: 'm-warmup-done' },
        { atS: start, text: `m-infer-start-${iterations}` },
        { atS: start, text: `m-lap-us-${lapStartUs}` },
        { atS: end, text: `m-lap-us-${lapEndUs}` },
        { atS: end, text: 'm-infer-done' },
        { atS: end, text: `m-results-[${step.scores.map((score) => score.toFixed(3)).join(',')}]` },
        { atS: end, text: 'm-ready' },
      ],
      noiseLines: 0,
      warnings: [],
    },
  };
}
