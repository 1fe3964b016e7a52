import type { MonitorSpecification } from '../../../shared/domain/energy.ts';
import type { HalfWidth } from './types.ts';

type Range = MonitorSpecification['ranges'][number];

/** Sources of section 8 of the uncertainty specification, by their short name. */
const sources = {
  um2243: 'UM2243 rev 2, p. 23 (STMicroelectronics)',
  um2269: 'UM2269 (STMicroelectronics)',
  nordic: "Nordic Semiconductor's typical figures, quoted by ppk2lab, docs/calibration.md",
  jetperch: 'Jetperch forum, one line of the JS110 specification',
  qoitech: 'Qoitech blog: accuracy of the Otii range',
  keysight: 'commonly quoted for the N6781A; not verified against its data sheet',
  none: 'no published figure known',
  resolution: 'half-width of the resolution that Nordic quotes, taken for the offset',
} as const;

const assumption = (half: number, source: string = sources.none): HalfWidth => ({ half, kind: 'assumption', source });
const limit = (half: number, source: string): HalfWidth => ({ half, kind: 'limit', source });
const typical = (half: number, source: string): HalfWidth => ({ half, kind: 'typical', source });

/** Assumptions that hold for any monitor until the user knows better (uncertainty, section 1.3). */
const common = {
  clock: assumption(100e-6),
  latencyS: assumption(2e-6),
  leadOhm: assumption(0.2),
  leakA: assumption(5e-6, 'level shifter on the unmeasured supply, UART isolated or at the same voltage'),
} as const;

function range(
  number: number,
  name: string,
  spanA: [number, number],
  rest: Omit<Range, 'range' | 'name' | 'spanA'>,
): Range {
  return { range: number, name, spanA, ...rest };
}

/** Steps of the PPK2's converter in A by range, from its default constants (uncertainty, section 3.4). */
const ppk2StepsA = [0.0426e-6, 0.432e-6, 4.33e-6, 46.8e-6, 1022e-6] as const;

function ppk2Range(number: number, name: string, spanA: [number, number], gain: number, offsetA: number): Range {
  return range(number, name, spanA, {
    gain: typical(gain, sources.nordic),
    offsetA: assumption(offsetA, sources.resolution),
    nonlinearity: assumption(2e-3),
    quantStepA: ppk2StepsA[number] ?? 0,
  });
}

function lpm01aRange(name: string, spanA: [number, number], gain: HalfWidth, offsetA: number): Range {
  return range(0, name, spanA, { gain, offsetA: assumption(offsetA), nonlinearity: assumption(1e-3), quantStepA: 0 });
}

const lpm01a = {
  rangesCorrelated: true,
  voltage: limit(0.01, sources.um2269),
  driftPerYear: assumption(2e-3),
  tempcoPerK: assumption(200e-6),
  ...common,
} as const;

/** Monitors whose figures are not from section 1.3: their drift and tempco are taken like those of the PPK2. */
const cautious = { driftPerYear: assumption(5e-3), tempcoPerK: assumption(300e-6), ...common } as const;

/** Ranges whose offset is stated as a share of the span. */
function spanRange(number: number, name: string, endA: number, gain: HalfWidth, offset: HalfWidth): Range {
  return range(number, name, [-endA, endA], { gain, offsetA: offset, nonlinearity: assumption(1e-3), quantStepA: 0 });
}

const joulescopeSpans: readonly [string, number][] = [
  ['10 A', 10],
  ['2 A', 2],
  ['180 mA', 0.18],
  ['18 mA', 0.018],
  ['1.8 mA', 0.0018],
  ['180 uA', 180e-6],
  ['18 uA', 18e-6],
];

const specifications: Record<string, (mode: string | null) => MonitorSpecification> = {
  lpm01a: (mode) =>
    mode === 'static'
      ? {
          instrument: 'X-NUCLEO-LPM01A, static mode',
          ranges: [lpm01aRange('static', [1e-9, 0.2], limit(0.02, sources.um2243), 0.1e-6)],
          ...lpm01a,
        }
      : {
          instrument: 'X-NUCLEO-LPM01A, dynamic mode',
          ranges: [
            lpm01aRange('dynamic', [100e-9, 0.05], assumption(0.02, "STMicroelectronics' headline figure"), 1e-6),
          ],
          ...lpm01a,
        },
  ppk2: () => ({
    instrument: 'Power Profiler Kit II',
    ranges: [
      ppk2Range(0, '50 uA', [200e-9, 50e-6], 0.1, 0.2e-6),
      ppk2Range(1, '500 uA', [50e-6, 500e-6], 0.1, 0.5e-6),
      ppk2Range(2, '5 mA', [500e-6, 5e-3], 0.1, 5e-6),
      ppk2Range(3, '50 mA', [5e-3, 60e-3], 0.1, 50e-6),
      ppk2Range(4, '1 A', [50e-3, 1], 0.15, 1000e-6),
    ],
    rangesCorrelated: true,
    voltage: assumption(0.02),
    ...cautious,
  }),
  js110: () => ({
    instrument: 'Joulescope JS110',
    ranges: joulescopeSpans.map(([name, endA], number) =>
      endA === 2
        ? spanRange(number, name, endA, limit(3e-3, sources.jetperch), limit(1.5e-3, sources.jetperch))
        : spanRange(number, name, endA, assumption(5e-3), assumption(1e-3 * endA)),
    ),
    rangesCorrelated: true,
    voltage: assumption(5e-3),
    ...cautious,
  }),
  js220: () => ({
    instrument: 'Joulescope JS220',
    ranges: joulescopeSpans.map(([name, endA], number) =>
      spanRange(number, name, endA, assumption(5e-3), assumption(1e-3 * endA)),
    ),
    rangesCorrelated: true,
    voltage: assumption(3e-3),
    ...cautious,
  }),
  otii: (mode) => {
    const ace = mode === 'ace';
    const low = ace ? { gain: 5e-4, offsetA: 25e-9 } : { gain: 1e-3, offsetA: 50e-9 };
    const high = ace ? { gain: 1e-3, offsetA: 50e-6 } : { gain: 1e-3, offsetA: 150e-6 };
    return {
      instrument: ace ? 'Otii Ace' : 'Otii Arc',
      ranges: [
        spanRange(0, 'low', 0.019, limit(low.gain, sources.qoitech), limit(low.offsetA, sources.qoitech)),
        spanRange(1, 'high', 5, assumption(high.gain), assumption(high.offsetA)),
      ],
      rangesCorrelated: true,
      // 0.1 % and 2 mV, the latter at 3 V.
      voltage: assumption(1e-3 + 2e-3 / 3),
      ...cautious,
    };
  },
  n6705: () => ({
    instrument: 'Keysight N6705 with N6781A',
    ranges: [
      spanRange(0, '3 A', 3, assumption(3e-4, sources.keysight), assumption(250e-6, sources.keysight)),
      spanRange(1, '100 mA', 0.1, assumption(3e-4), assumption(1e-4 * 0.1)),
      spanRange(2, '1 mA', 1e-3, assumption(3e-4), assumption(1e-4 * 1e-3)),
      spanRange(3, '10 uA', 10e-6, assumption(2.5e-4, sources.keysight), assumption(8e-9, sources.keysight)),
    ],
    rangesCorrelated: true,
    voltage: assumption(1e-3),
    ...cautious,
  }),
};

/** Anything else, for instance an imported trace: wide, and nothing but assumptions. */
const unknownMonitor: MonitorSpecification = {
  instrument: 'unknown monitor',
  ranges: [
    range(0, 'unknown', [0, 10], {
      gain: assumption(0.1),
      offsetA: assumption(50e-6),
      nonlinearity: assumption(2e-3),
      quantStepA: 0,
    }),
  ],
  rangesCorrelated: true,
  voltage: assumption(0.02),
  ...cautious,
};

/**
 * Half-widths of a kind of monitor from public sources, or assumptions where there is none (uncertainty, section 8). `mode`: `static`
 * or `dynamic` for `lpm01a` (dynamic if null), `arc` or `ace` for `otii`. An unknown kind gets wide assumptions.
 */
export function specificationOf(kind: string, mode: string | null = null): MonitorSpecification {
  return specifications[kind]?.(mode) ?? unknownMonitor;
}

/** What a user knows better than the defaults: half-widths with the user's own words for where they come from. */
export interface UserHalfWidth {
  half: number;
  source: string;
}

export interface UserAssumptions {
  ranges?: readonly {
    range: number;
    gain?: UserHalfWidth | undefined;
    offsetA?: UserHalfWidth | undefined;
    nonlinearity?: UserHalfWidth | undefined;
  }[];
  rangesCorrelated?: boolean | undefined;
  voltage?: UserHalfWidth | undefined;
  clock?: UserHalfWidth | undefined;
  driftPerYear?: UserHalfWidth | undefined;
  tempcoPerK?: UserHalfWidth | undefined;
  latencyS?: UserHalfWidth | undefined;
  leadOhm?: UserHalfWidth | undefined;
  leakA?: UserHalfWidth | undefined;
}

/** The specification with a user's values in place of defaults; they no longer print as assumptions. */
export function mergeAssumptions(specification: MonitorSpecification, user: UserAssumptions): MonitorSpecification {
  const merged = (known: HalfWidth, own: UserHalfWidth | undefined): HalfWidth =>
    own ? { half: own.half, source: own.source, kind: 'user' } : known;
  return {
    instrument: specification.instrument,
    ranges: specification.ranges.map((entry) => {
      const own = user.ranges?.find((candidate) => candidate.range === entry.range);
      return {
        ...entry,
        gain: merged(entry.gain, own?.gain),
        offsetA: merged(entry.offsetA, own?.offsetA),
        nonlinearity: merged(entry.nonlinearity, own?.nonlinearity),
      };
    }),
    rangesCorrelated: user.rangesCorrelated ?? specification.rangesCorrelated,
    voltage: merged(specification.voltage, user.voltage),
    clock: merged(specification.clock, user.clock),
    driftPerYear: merged(specification.driftPerYear, user.driftPerYear),
    tempcoPerK: merged(specification.tempcoPerK, user.tempcoPerK),
    latencyS: merged(specification.latencyS, user.latencyS),
    leadOhm: merged(specification.leadOhm, user.leadOhm),
    leakA: merged(specification.leakA, user.leakA),
  };
}
