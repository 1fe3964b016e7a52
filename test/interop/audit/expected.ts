import { readFileSync } from 'node:fs';
import { dataPath } from '../../support/data.ts';

/** What these tests need of one run in `expected.json`; see the README beside it. */
export interface ExpectedAudit {
  round: string;
  folder: string;
  division: string;
  org: string;
  system: string;
  board: string | null;
  benchmark: string;
  variant: string | null;
  mode: string;
  runner: 'eembc' | 'mlcommons';
  verdict: 'agrees' | 'disagrees' | 'text_only';
  anomalies: { code: string; level: string }[];
  published: {
    median_throughput: number | null;
    median_energy_uj: number | null;
    top1_pct: number | null;
    auc: number | null;
  };
  recomputed: {
    windows?: Record<string, number | string>[];
    median_throughput?: number;
    median_energy_uj?: number;
    aligned_median_energy_uj?: number;
    correct?: number;
    inferences?: number;
    top1_pct?: number;
    auc?: number;
    auc_exact?: number;
    sww?: Record<string, number>;
  };
}

export function expectedAudits(): ExpectedAudit[] {
  return (JSON.parse(readFileSync(dataPath('submissions', 'expected.json'), 'utf8')) as { runs: ExpectedAudit[] }).runs;
}

/** Rules of which one has to be found for a code, by the table of the README. */
export const rulesOfCode: Readonly<Record<string, readonly string[]>> = {
  runtime_below_10s: ['PERF-03', 'NRG-02'],
  iterations_below_10: ['PERF-04'],
  runner_error: ['RUN-09', 'PERF-03', 'NRG-02', 'PERF-04'],
  window_count: ['PERF-01', 'NRG-02'],
  missing_trace: ['RUN-03', 'NRG-01'],
  missing_timestamps: ['RUN-03', 'NRG-01'],
  accuracy_below_target: ['ACC-04', 'ACC-10'],
  incomplete_set: ['ACC-01'],
  superseded_input_list: ['ACC-02'],
  performance_mismatch: ['PERF-06'],
  median_mismatch: ['PERF-06'],
  energy_mismatch: ['NRG-04', 'NRG-05'],
  accuracy_mismatch: ['ACC-05'],
  inputs_not_in_accuracy_run: ['PERF-02'],
  missing_edge: ['NRG-03', 'PERF-11'],
  windows_misaligned: ['NRG-03', 'PERF-11'],
  extra_edge: ['NRG-03', 'PERF-11'],
  clock: ['PERF-08'],
  energy_vs_performance: ['NRG-10'],
  log_of_other_run: ['RUN-05'],
  results_not_from_log: ['RUN-05'],
  script_log_differ: ['RUN-06'],
  log_truncated: ['RUN-07'],
  vector_length: ['ACC-07'],
  emon_range: ['NRG-11'],
  outputs_differ: ['RUN-11'],
  identical_outputs: ['RUN-11'],
  invalid_system: ['PKG-07'],
  results_repeated: ['RUN-10'],
};
