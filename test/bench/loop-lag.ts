/**
 * How long the main loop is held up during a run on the virtual bench with its DUT in a worker: an instrument's bytes would wait as long.
 * Prints figures and never judges: `node test/bench/loop-lag.ts`.
 */
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { runSettingsSchema } from '../../src/shared/domain/run.ts';
import { testHost } from '../support/test-host.ts';

const home = await mkdtemp(join(tmpdir(), 'jb-lag-'));
const host = await testHost(home);
const lag = monitorEventLoopDelay({ resolution: 1 });
const { operation } = await host.startRun({
  workload: 'demo01',
  modes: ['performance', 'accuracy'],
  settings: runSettingsSchema.parse({}),
  bench: 'virtual',
  operator: '',
  dutUnit: {},
  useWorker: true,
});
lag.enable();
const startMs = performance.now();
const { status } = await operation.done;
lag.disable();
const ms = (ns: number): string => (ns / 1e6).toFixed(1);
console.log(
  `main loop during a whole demo session (${status}, ${((performance.now() - startMs) / 1000).toFixed(1)} s): delay p50 ${ms(lag.percentile(50))} ms, p99 ${ms(lag.percentile(99))} ms, max ${ms(lag.max)} ms`,
);
