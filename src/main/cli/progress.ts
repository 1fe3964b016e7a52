import type { LiveTopic } from '../../shared/contract/index.ts';
import type { LiveOperation, LiveRun } from '../../shared/domain/live-run.ts';
import { formatDuration, formatQuantity } from '../../shared/units/index.ts';
import type { CliContext } from './context.ts';

/** Writes what happens to standard error: a line per window, and for inputs one line that counts (a terminal) or one per tenth. */
export function followProgress(topic: LiveTopic<LiveOperation>, { io, text }: CliContext): () => void {
  /** Windows told so far, by run. */
  const told = new Map<string, number>();
  let tenth = -1;
  let open = false;
  let shown = '';
  const line = (words: string): void => {
    if (open) io.err('\n');
    open = false;
    io.err(`${words}\n`);
  };
  const counting = (words: string, run: LiveRun): void => {
    if (words === shown) return;
    shown = words;
    if (io.interactive) {
      io.err(`\r${words}`);
      open = true;
      return;
    }
    const now = Math.floor((10 * run.inputsDone) / Math.max(1, run.inputsTotal));
    if (now === tenth) return;
    tenth = now;
    io.err(`${words}\n`);
  };
  const show = (run: LiveRun): void => {
    if (run.mode !== 'accuracy') {
      const key = run.mode === 'energy' ? 'cli.run.energyWindow' : 'cli.run.window';
      for (const window of run.windows.slice(told.get(run.runId) ?? 0)) {
        line(
          text.t(key, {
            number: window.number,
            total: run.inputsTotal,
            inferences: window.inferences,
            seconds: formatDuration(window.seconds),
            throughput: formatQuantity(window.throughputInfPerS, 'inf/s'),
          }),
        );
      }
      told.set(run.runId, run.windows.length);
      return;
    }
    if (run.inputsDone === 0 || run.phase === 'done') return;
    const key = run.confusion.length > 0 ? 'cli.run.inputs' : 'cli.run.inputsScored';
    counting(text.t(key, { done: run.inputsDone, total: run.inputsTotal, correct: run.correct }), run);
  };
  const { runs, simulated, operation } = topic.value;
  line(
    text.t('cli.run.starting', {
      simulated: simulated ? `${text.t('term.simulated')}: ` : '',
      workload: runs[0]?.workload ?? '',
      bench: operation.benchId,
      modes: runs.map((run) => text.t(`term.mode.${run.mode}`).toLowerCase()).join(', '),
    }),
  );
  const unsubscribe = topic.subscribe(() => {
    for (const run of topic.value.runs) show(run);
  });
  return () => {
    unsubscribe();
    if (open) io.err('\n');
  };
}
