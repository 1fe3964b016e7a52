import type { CallOutput } from '../../../../src/shared/contract/index.ts';
import type { DeskDevice } from '../../../../src/shared/domain/bench-desk.ts';
import type { BenchState } from '../../../../src/shared/domain/bench-state.ts';
import type { LiveOperation, LiveRun } from '../../../../src/shared/domain/live-run.ts';
import type { WindowResult } from '../../../../src/shared/domain/run.ts';

/** States as a host sends them, made by rule so that every moment of a run can be put on a screen. */
const classes = ['down', 'go', 'left', 'no', 'off', 'on', 'right', 'stop', 'up', 'yes', 'silence', 'unknown'];
export const inputsTotal = 240;
export const operationId = 'op-0f1e2d3c4b5a';
export const sessionId = '2026-11-24T09-12-05Z-demo01-SIMULATED-9f8e';
const sha256 = '4d1f0c9b8a7e6d5c4b3a29181706f5e4d3c2b1a0998877665544332211009f8e';

export function virtualBench(open: boolean, change: Partial<BenchState> = {}): BenchState {
  return {
    id: 'virtual',
    name: 'Virtual bench',
    simulated: true,
    open,
    ...(open ? { pace: 20 } : {}),
    instruments: open
      ? [
          {
            identity: {
              role: 'dut',
              kind: 'virtual-dut',
              label: 'virtual DUT',
              lockId: 'virtual-dut-4711',
              firmware: { name: 'joulebench-harness', version: '1.0.0', sha256 },
              triedOnHardware: false,
              simulated: true,
            },
            state: 'ready',
            figure: 'demo01',
          },
        ]
      : [],
    ...change,
  };
}

export function heldBench(): BenchState {
  const bench = virtualBench(true, { id: 'serial:/dev/ttyACM0', name: 'Lab 2', simulated: false });
  delete bench.pace;
  return {
    ...bench,
    instruments: [
      {
        identity: {
          role: 'dut',
          kind: 'serial-dut',
          label: '/dev/ttyACM0',
          lockId: 'serial:/dev/ttyACM0',
          usb: { vendorId: '0483', productId: '374b', serial: '0669FF3531' },
          triedOnHardware: false,
          simulated: false,
        },
        state: 'busy',
        holder: {
          pid: 4242,
          host: 'bench-pc',
          program: 'joulebench run',
          purpose: 'kws01 accuracy',
          sinceEpochMs: Date.UTC(2026, 10, 24, 8, 30),
          ours: false,
        },
      },
    ],
  };
}

export function windows(done: number): WindowResult[] {
  return Array.from({ length: done }, (_, index) => {
    const throughputInfPerS = 16.7312 * (1 + (((index * 7) % 5) - 2) * 0.0002);
    const seconds = 168 / throughputInfPerS;
    return {
      number: index + 1,
      inputIndex: index,
      inferences: 168,
      seconds,
      hostSeconds: seconds * 1.0002,
      throughputInfPerS,
    };
  });
}

export function performanceRun(done: number, change: Partial<LiveRun> = {}): LiveRun {
  const finished = done >= 5;
  return {
    runId: 'r1',
    workload: 'demo01',
    title: 'Demo keyword spotting',
    mode: 'performance',
    status: finished ? 'completed' : 'running',
    phase: finished ? 'done' : 'measuring',
    classes,
    inputsTotal: 5,
    inputsDone: done,
    iterations: 168,
    windows: windows(done),
    confusion: [],
    correct: 0,
    reasons: [],
    ...(done > 0 ? { clockRatio: 0.0002, medianThroughputInfPerS: 16.7329 } : {}),
    ...(finished
      ? {
          verdict: 'remarks' as const,
          qualityTarget: 'notApplicable' as const,
          reasons: ['The bench is simulated: its figures say nothing about a board.'],
        }
      : {}),
    ...change,
  };
}

/** Which class the DUT answers for the input at `index`: mostly the right one, by a fixed rule. */
function answerTo(index: number): { label: number; predicted: number } {
  const label = index % classes.length;
  const wrong = index % 13 === 5 || index % 29 === 7;
  return { label, predicted: wrong ? (label * 5 + index) % classes.length : label };
}

export function accuracyRun(done: number, change: Partial<LiveRun> = {}): LiveRun {
  const confusion = classes.map(() => new Array<number>(classes.length).fill(0));
  let correct = 0;
  for (let index = 0; index < done; index += 1) {
    const { label, predicted } = answerTo(index);
    const row = confusion[label];
    if (row) row[predicted] = (row[predicted] ?? 0) + 1;
    if (label === predicted) correct += 1;
  }
  const finished = done >= inputsTotal;
  const last = answerTo(Math.max(0, done - 1));
  return {
    runId: 'r2',
    workload: 'demo01',
    title: 'Demo keyword spotting',
    mode: 'accuracy',
    status: finished ? 'completed' : 'running',
    phase: finished ? 'done' : done === 0 ? 'waiting' : 'measuring',
    classes,
    inputsTotal,
    inputsDone: done,
    windows: [],
    confusion,
    correct,
    reasons: [],
    ...(done > 0
      ? {
          top1: correct / done,
          last: {
            file: `kws_${String(done - 1).padStart(4, '0')}.bin`,
            ...last,
            scores: classes.map((_, index) =>
              index === last.predicted ? 0.871 : index === last.label ? 0.074 : 0.0055,
            ),
          },
        }
      : {}),
    ...(finished ? { verdict: 'valid' as const, qualityTarget: 'met' as const, reasons: [], aucExact: 0.99183 } : {}),
    ...change,
  };
}

function consoleLines(count: number): LiveOperation['console'] {
  return Array.from({ length: count }, (_, index) => {
    const atS = index * 0.0217;
    const bytes = Array.from({ length: 31 }, (__, at) =>
      ((index * 37 + at * 11) % 256).toString(16).padStart(2, '0'),
    ).join('');
    if (index % 12 === 10) return { atS, channel: 'host', text: 'infer 1 1' };
    if (index % 12 === 11) return { atS, channel: 'dut', text: `m-results-[${'0.005,'.repeat(11)}0.945]` };
    return index % 2 === 0 ? { atS, channel: 'host', text: `db ${bytes}` } : { atS, channel: 'dut', text: 'm-ready' };
  });
}

/** The demo run after `done` of its steps: 5 windows, then all inputs. */
export function liveOperation(done: number, change: Partial<LiveOperation> = {}): LiveOperation {
  const windowsDone = Math.min(5, done);
  const inputsDone = Math.max(0, done - 5);
  const finished = inputsDone >= inputsTotal;
  const share = (windowsDone / 5 + inputsDone / inputsTotal) / 2;
  return {
    operation: {
      id: operationId,
      kind: 'run',
      benchId: 'virtual',
      state: finished ? 'done' : 'running',
      startedAt: '2026-11-24T09:12:05Z',
      fraction: share,
      step: finished ? 'done' : 'measuring',
      sessionId,
    },
    simulated: true,
    runs: [performanceRun(windowsDone), accuracyRun(inputsDone)],
    console: consoleLines(Math.min(500, done * 12)),
    ...(finished ? { report: 'report.pdf' } : {}),
    ...change,
  };
}

export const workloads: CallOutput<'workload.list'> = [
  {
    id: 'demo01',
    title: 'Demo keyword spotting',
    task: 'Tells twelve spoken words apart',
    runnable: true,
    embedded: true,
    inputs: inputsTotal,
  },
  { id: 'kws01', title: 'Keyword spotting', task: 'Tells twelve spoken words apart', runnable: true, embedded: false },
  {
    id: 'sww01',
    title: 'Streaming wakeword',
    task: 'Hears a wakeword in a stream',
    runnable: false,
    reason: 'not runnable yet: its streaming protocol is not built',
    embedded: false,
  },
];

export const boards: CallOutput<'board.list'> = [
  {
    id: 'nrf52840-dk',
    title: 'nRF52840 DK',
    supplyV: { minV: 1.7, nominalV: 3, maxV: 3.6 },
    source: 'product specification',
  },
  { id: 'virtual', title: 'Virtual DUT', supplyV: { minV: 1.8, nominalV: 3, maxV: 3.6 }, source: 'virtual bench' },
];

export const procedures: CallOutput<'calibration.list'> = [
  {
    id: 'monitor-gain',
    version: 1,
    equipment: ['resistors', 'dmm'],
    preconditions: ['dutOff', 'warm15'],
    uses: ['monitor'],
    expiryDays: 365,
    timestampMode: null,
    monitors: ['lpm01a', 'ppk2'],
  },
  {
    id: 'dut-clock',
    version: 1,
    equipment: [],
    preconditions: ['performanceBuild'],
    uses: ['dut'],
    expiryDays: 365,
    timestampMode: 'performance',
    monitors: null,
  },
];

export const monitors: CallOutput<'monitor.list'> = [
  {
    kind: 'lpm01a',
    model: 'LPM01A',
    acceptance: 'submissions',
    triedOnHardware: false,
    voltageV: { min: 1.8, max: 3.3 },
    maxCurrentA: 0.05,
    sampleRateHz: 1000,
  },
  {
    kind: 'ppk2',
    model: 'PPK2',
    acceptance: 'exploration',
    triedOnHardware: false,
    voltageV: { min: 0.8, max: 5 },
    maxCurrentA: 1,
    sampleRateHz: 100_000,
  },
];

const attachedPort = (
  port: string,
  description: string,
  [vendorId, productId, serial]: [string, string, string],
  change: Partial<DeskDevice> = {},
): DeskDevice => ({
  key: `usb:${vendorId}:${productId}:${serial}`,
  medium: 'serial',
  port,
  description,
  usb: { vendorId, productId, serial },
  knownBy: 'serial',
  byHand: false,
  role: null,
  use: null,
  proposal: null,
  state: 'ready',
  access: 'ok',
  says: null,
  ...change,
});

export const attached: DeskDevice[] = [
  attachedPort('/dev/ttyACM0', 'STMicroelectronics STLink virtual COM port', ['0483', '374b', '0669FF3531'], {
    proposal: { role: 'dut', use: null },
  }),
  attachedPort('/dev/ttyACM1', 'Nordic Semiconductor PPK2', ['1915', 'c00a', 'E3A1'], {
    proposal: { role: 'monitor', use: 'ppk2' },
  }),
  attachedPort('/dev/ttyUSB0', 'FT232R USB UART', ['0403', '6001', 'A50285BI']),
];

export function sessions(): CallOutput<'session.list'>['rows'] {
  return [
    {
      sessionId,
      folder: '/home/lab/Documents/Joulebench/2026-11-24T09-12-05Z-demo01-SIMULATED-9f8e',
      createdAt: '2026-11-24T09:12:05Z',
      operator: 'R. Lindqvist',
      dutUnit: {},
      simulated: true,
      state: 'closed',
      runs: [
        { runId: 'r1', workload: 'demo01', mode: 'performance', verdict: 'remarks', figure: '16.73 inf/s' },
        { runId: 'r2', workload: 'demo01', mode: 'accuracy', verdict: 'valid', figure: '90.4 %' },
      ],
      report: 'report.pdf',
    },
    {
      sessionId: '2026-11-23T15-40-41Z-kws01-41c2',
      folder: '/home/lab/Documents/Joulebench/2026-11-23T15-40-41Z-kws01-41c2',
      createdAt: '2026-11-23T15:40:41Z',
      operator: 'R. Lindqvist',
      dutUnit: { serial: 'NUCLEO-0017' },
      simulated: false,
      state: 'open',
      runs: [{ runId: 'r1', workload: 'kws01', mode: 'accuracy' }],
    },
    {
      sessionId: '2026-11-22T10-02-13Z-kws01-77aa',
      folder: '/home/lab/Documents/Joulebench/2026-11-22T10-02-13Z-kws01-77aa',
      createdAt: '2026-11-22T10:02:13Z',
      operator: 'M. Okafor',
      dutUnit: { assetTag: 'EQ-2209' },
      simulated: false,
      state: 'closed',
      runs: [{ runId: 'r1', workload: 'kws01', mode: 'performance', verdict: 'invalid', figure: '15.02 inf/s' }],
      report: 'report.pdf',
    },
  ];
}
