import { stringify } from 'csv-stringify/sync';
import type { EnergyView } from '../energy-view.ts';
import type { RunView, SessionView } from '../view.ts';
import { int8Vector } from './vector.ts';

export type Cell = string | number | boolean | null;

/** `windows.csv`: one row a window; seconds and inferences per second as they were computed, with all digits. */
export function writeWindowsCsv(session: SessionView, run: RunView): string {
  return table(
    [
      'session',
      'run',
      'simulated',
      'workload',
      'window',
      'file',
      'label',
      'inferences',
      'lap_start_us',
      'lap_end_us',
      'seconds',
      'host_seconds',
      'throughput_inf_per_s',
    ],
    run.windows.map((window) => [
      ...origin(session, run),
      window.number,
      window.file,
      window.label,
      window.inferences,
      window.lapStartUs,
      window.lapEndUs,
      window.seconds,
      window.hostSeconds,
      window.throughputInfPerS,
    ]),
  );
}

/** `windows.csv` of an energy run: figures, edges in samples of the trace, and what was counted, with all digits. */
export function writeEnergyCsv(session: SessionView, run: RunView, energy: EnergyView): string {
  const figures = new Map((energy.figures?.windows ?? []).map((window) => [window.number, window]));
  const inputs = new Map(energy.inputs.map((input) => [input.window, input]));
  return table(
    [
      'session',
      'run',
      'simulated',
      'workload',
      'window',
      'file',
      'label',
      'inferences',
      'start_edge',
      'end_edge',
      'seconds',
      'host_seconds',
      'energy_uj',
      'power_uw',
      'energy_uj_per_inf',
      'throughput_inf_per_s',
      'samples',
      'other_rule_samples',
      'other_rule_energy_uj',
      'edges',
      'lost_samples',
      'saturated_samples',
      'clipped_samples',
    ],
    (energy.trace?.windows ?? []).map((window) => {
      const figure = figures.get(window.number);
      const input = inputs.get(window.number);
      return [
        ...origin(session, run),
        window.number,
        input?.file ?? null,
        input?.label ?? null,
        window.inferences,
        window.startEdge,
        window.endEdge,
        window.durationS,
        window.hostS,
        figure?.energyUJ ?? null,
        figure?.powerUW ?? null,
        figure?.energyUJPerInf ?? null,
        figure?.throughputInfPerS ?? null,
        window.official.endSample - window.official.firstSample,
        window.other.samples,
        window.other.energyJ * 1e6,
        window.edges,
        window.official.lostSamples,
        window.official.saturatedSamples,
        window.official.clippedSamples,
      ];
    }),
  );
}

/** `inputs.csv`: one row an input; the scores in columns of their own, as the DUT printed them. */
export function writeInputsCsv(session: SessionView, run: RunView): string {
  const width = run.inputs.reduce((most, input) => Math.max(most, input.scores?.length ?? 0), 0);
  const columns = Array.from({ length: width }, (_, i) => `score_${i}`);
  return table(
    [
      'session',
      'run',
      'simulated',
      'workload',
      'index',
      'file',
      'offset_bytes',
      'label',
      'predicted',
      'correct',
      'dut_seconds',
      'output_int8',
      ...columns,
    ],
    run.inputs.map((input) => [
      ...origin(session, run),
      input.index,
      input.file,
      input.offsetBytes,
      input.label,
      input.predicted,
      input.predicted === null ? null : input.predicted === input.label,
      input.dutElapsedS,
      vectorCell(int8Vector(input.scores, run.output)),
      ...columns.map((_, i) => input.scores?.[i] ?? null),
    ]),
  );
}

/** In brackets, so that a vector that begins with a minus is no formula. */
function vectorCell(vector: number[] | null): Cell {
  return vector && `[${vector.join(' ')}]`;
}

function origin(session: SessionView, run: RunView): Cell[] {
  return [session.sessionId, run.runId, session.simulated, run.workload.id];
}

/** A table with a head; texts that a spreadsheet would run as a formula are guarded. */
export function table(columns: string[], rows: Cell[][]): string {
  return stringify([columns, ...rows.map((row) => row.map(guarded))], { cast: { boolean: (value) => String(value) } });
}

/**
 * A text that a spreadsheet would run as a formula is led by an apostrophe; numbers stay numbers. Leading blanks and their
 * full-width forms do not hide it, since spreadsheets skip or fold them.
 */
function guarded(cell: Cell): Cell {
  return typeof cell === 'string' && /^[\s\u0000]*[=+\-@\uff1d\uff0b\uff0d\uff20\t\r\n|]/.test(cell)
    ? `'${cell}`
    : cell;
}
