import { expect } from 'vitest';
import type { BenchOptions, KeptTrace } from './bench.ts';
import type { Case, Edges } from './fault-case.ts';

/** Number of the start edge of a window, counted from 1 since the bench was opened. */
const startEdge = (window: number): number => 3 + 2 * window;
/** Its instant. */
const startOf = (edges: Edges, window: number): number => edges[startEdge(window) - 1] ?? Number.NaN;
/** Some time into the second window. */
const inWindow = (byS: number): { afterEdge: number; byS: number } => ({ afterEdge: startEdge(2), byS });

const losses = (trace: KeptTrace | undefined): { count: number | null; exact: boolean; cause: string }[] =>
  (trace?.events ?? []).flatMap((event) =>
    event.kind === 'loss' ? [{ count: event.count, exact: event.exact, cause: event.cause }] : [],
  );
const edgesOf = (trace: KeptTrace | undefined): number =>
  (trace?.events ?? []).filter((event) => event.kind === 'edge').length;
const fast = (percent: number): BenchOptions => ({ ppm: -percent * 1e4 });
const both = { modes: ['performance', 'energy'] } as const;

/** What is done for each outcome of the table, and what else its row says. */
export const cases: readonly Case[] = [
  {
    fault: 'monitor unplugged in a window',
    bench: { faults: { monitor: { unplug: inWindow(2) } } },
    windows: [1],
    faultAfterS: 2,
  },
  {
    fault: 'monitor unplugged in a window',
    variant: 'PPK2',
    energy: { monitor: 'ppk2' },
    bench: { faults: { monitor: { unplug: inWindow(2) } } },
    windows: [1],
    faultAfterS: 2,
    // It takes a few seconds to compute; the way back is the same.
    notResumed: true,
  },
  {
    fault: 'DUT unplugged',
    bench: (edges) => ({ faults: { line: { unplug: { atS: startOf(edges, 2) + 2 } } } }),
    windows: [1],
    faultAfterS: 2,
  },
  {
    fault: 'IO manager silent',
    energy: { ioManager: 'virtual' },
    bench: { faults: { ioManager: { silentAfter: 75 } } },
    windows: [1, 2],
    check({ journal }) {
      const attempts = journal.steps.filter(({ outcome }) => outcome?.kind === 'failed');
      expect(attempts).toHaveLength(3);
    },
  },
  {
    fault: 'one block of samples lost',
    bench: { faults: { monitor: { lostSamples: [{ ...inWindow(3), count: 1000 }] } } },
    check(_ended, trace) {
      expect(trace?.gaps).toBe(1000);
      expect(losses(trace)).toEqual([{ count: 1000, exact: expect.any(Boolean) as boolean, cause: 'tick' }]);
    },
  },
  {
    fault: 'one block of samples lost',
    variant: 'PPK2, 512 samples',
    outcome: 1,
    energy: { monitor: 'ppk2' },
    bench: { faults: { monitor: { lostSamples: [{ ...inWindow(3), count: 512 }] } } },
  },
  {
    fault: '64 samples lost',
    bench: { faults: { monitor: { lostSamples: [{ ...inWindow(3), count: 64 }] } } },
    check(_ended, trace) {
      expect(trace?.gaps).toBe(64);
      expect(losses(trace)).toEqual([{ count: 64, exact: expect.any(Boolean) as boolean, cause: 'tick' }]);
    },
  },
  {
    fault: '64 samples lost',
    variant: 'PPK2',
    outcome: 1,
    energy: { monitor: 'ppk2' },
    bench: { faults: { monitor: { lostSamples: [{ ...inWindow(3), count: 64 }] } } },
    check(_ended, trace) {
      expect(trace?.gaps).toBe(0);
      expect(losses(trace)).toMatchObject([{ cause: 'clock', exact: false }]);
    },
  },
  {
    fault: '512 samples lost without a counter jump',
    energy: { monitor: 'ppk2' },
    bench: { faults: { monitor: { lostSamples: [{ ...inWindow(3), count: 512, hidden: true }] } } },
    check(_ended, trace) {
      expect(trace?.gaps).toBe(0);
      expect(losses(trace)).toMatchObject([{ cause: 'clock', exact: false }]);
    },
  },
  {
    fault: '512 samples lost without a counter jump',
    variant: 'three of them',
    outcome: 1,
    energy: { monitor: 'ppk2' },
    bench: {
      faults: {
        monitor: { lostSamples: [2, 4, 6].map((byS) => ({ ...inWindow(byS), count: 512, hidden: true })) },
      },
    },
  },
  {
    fault: 'bytes lost inside a sample',
    bench: { faults: { monitor: { lostBytes: [{ ...inWindow(3), count: 2 }] } } },
    check(_ended, trace) {
      expect([1, 2]).toContain(trace?.gaps);
      expect(losses(trace)).toHaveLength(1);
    },
  },
  { fault: 'stale stream at open', bench: { faults: { monitor: { staleStream: true } } } },
  {
    fault: 'firmware too old',
    bench: { faults: { monitor: { oldFirmware: true } } },
    windows: [],
    check({ journal, lab }) {
      expect(journal.record.runs.flatMap((run) => run.steps)).toEqual([]);
      expect(lab.bench.monitor?.commands.filter((command) => /^(pwr on|start)/.test(command))).toEqual([]);
    },
  },
  {
    fault: 'missing edge',
    bench: { faults: { monitor: { missingEdges: [startEdge(2)] } } },
    check({ journal }, trace) {
      expect(edgesOf(trace)).toBe(10);
      const { trace: summary } = journal.record.runs[0] ?? {};
      expect(summary?.windows.filter((window) => window.edges === 2).map((window) => window.number)).toEqual([
        1, 3, 4, 5,
      ]);
    },
  },
  {
    fault: 'missing edge',
    variant: 'the last of a window',
    bench: { faults: { monitor: { missingEdges: [startEdge(2) + 1] } } },
  },
  {
    fault: 'extra edge',
    bench: { faults: { monitor: { extraEdges: [inWindow(3)] } } },
    check: (_ended, trace) => expect(edgesOf(trace)).toBe(12),
  },
  {
    fault: 'extra edge',
    variant: 'between two windows',
    outcome: 1,
    bench: { faults: { monitor: { extraEdges: [{ afterEdge: startEdge(2) + 1, byS: 0.3 }] } } },
    check: (_ended, trace) => expect(edgesOf(trace)).toBe(12),
  },
  {
    fault: 'edge during warm-up',
    bench: (edges) => ({ faults: { monitor: { extraEdges: [{ atS: startOf(edges, 2) - 0.3 }] } } }),
    check: (_ended, trace) => expect(edgesOf(trace)).toBe(12),
  },
  ...[0, 1].flatMap((run): Case[] => [
    { fault: 'DUT clock 2 % off', ...both, outcome: run, run, bench: fast(2) },
    { fault: 'DUT clock 7 % off', ...both, outcome: run, run, bench: fast(7) },
  ]),
  { fault: 'over-current', bench: { faults: { monitor: { overCurrent: inWindow(2) } } }, windows: [1], faultAfterS: 2 },
  {
    fault: 'over-current',
    variant: 'PPK2',
    outcome: 1,
    energy: { monitor: 'ppk2' },
    bench: { faults: { monitor: { overCurrent: inWindow(2) } } },
    windows: [1],
    notResumed: true,
  },
  {
    fault: 'saturation',
    bench: { faults: { monitor: { saturation: inWindow(3) } } },
    check({ journal }) {
      const { trace } = journal.record.runs[0] ?? {};
      expect(trace?.windows[1]?.official.saturatedSamples).toBeGreaterThan(90);
    },
  },
  {
    fault: 'supply 5 % low',
    bench: { faults: { monitor: { supplyLow: 0.05 } } },
    check({ journal }) {
      const { opened, trace } = journal.record.runs[0] ?? {};
      expect(opened?.energy?.supply.voltageV).toBe(3);
      expect(trace?.measuredVoltageV).toBeCloseTo(2.85, 3);
    },
  },
  {
    fault: 'supply 5 % low',
    variant: 'below the minimum of the board',
    outcome: 1,
    energy: { voltageV: 1.8 },
    bench: { faults: { monitor: { supplyLow: 0.05 } } },
  },
  { fault: 'sampling rate 0.6 % off', bench: { faults: { monitor: { rateFactor: 1.006 } } } },
  {
    fault: 'sampling rate 0.6 % off',
    variant: 'too slow',
    outcome: 1,
    bench: { faults: { monitor: { rateFactor: 0.994 } } },
  },
];
