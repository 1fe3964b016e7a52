import { z } from 'zod';

/** For which official runner a monitor is accepted (rule NRG-06); `exploration` for none. */
export const monitorAcceptanceSchema = z.enum(['submissions', 'exploration']);
export type MonitorAcceptance = z.infer<typeof monitorAcceptanceSchema>;

/** What one sample of a monitor's stream is: current in A, energy of one sampling interval in J, or power in W. */
export const sampleQuantitySchema = z.enum(['current', 'energy', 'power']);
export type SampleQuantity = z.infer<typeof sampleQuantitySchema>;

/** Where a figure of a budget comes from. `assumption` prints as one, by name; `typical` is no limit; `measured`: of this run itself. */
export const figureOriginSchema = z.object({
  kind: z.enum(['limit', 'typical', 'k2', 'assumption', 'certificate', 'user', 'measured']),
  /** Who published it and where, or the user's own words. */
  source: z.string().max(400),
});

/** A half-width with its origin. `k2`: an expanded uncertainty, so the standard uncertainty is its half. */
export const halfWidthSchema = figureOriginSchema.extend({ half: z.number().nonnegative() });
export type HalfWidth = z.infer<typeof halfWidthSchema>;

/** One measuring range of a monitor. Halves of `gain` and `nonlinearity` are relative, that of `offset` is in A. */
export const rangeSpecificationSchema = z.object({
  /** Number in the stream (PPK2: 0 to 4), or 0 where the stream names none. */
  range: z.number().int().nonnegative(),
  name: z.string(),
  /** Lowest and highest current in A. */
  spanA: z.tuple([z.number(), z.number()]),
  gain: halfWidthSchema,
  offsetA: halfWidthSchema,
  nonlinearity: halfWidthSchema,
  /** Step of the converter in A; 0 where there is none worth naming. */
  quantStepA: z.number().nonnegative(),
});

/** What is known or assumed about a monitor: the half-widths of the budget (uncertainty, sections 1.3 and 8). */
export const monitorSpecificationSchema = z.object({
  instrument: z.string(),
  ranges: z.array(rangeSpecificationSchema).min(1),
  /** Whether errors of different ranges have one cause, and so add linearly. */
  rangesCorrelated: z.boolean(),
  /** Relative, of the set voltage. */
  voltage: halfWidthSchema,
  /** Relative, of the monitor's clock. */
  clock: halfWidthSchema,
  /** Relative change of gain per year since a certificate. */
  driftPerYear: halfWidthSchema,
  /** Relative change of gain per kelvin. */
  tempcoPerK: halfWidthSchema,
  /** Difference of the delay from pulse to loop between start and stop, in s. */
  latencyS: halfWidthSchema,
  /** Resistance between voltage plane and DUT, in ohm. */
  leadOhm: halfWidthSchema,
  /** Current through level shifter, UART and probe, in A. */
  leakA: halfWidthSchema,
});
export type MonitorSpecification = z.infer<typeof monitorSpecificationSchema>;

/** What is powered by the measured rail, and what is not (rule NRG-09, and the report's scope of measurement). */
export const measurementScopeSchema = z.object({
  measured: z.array(z.string().max(200)).max(30),
  notMeasured: z.array(z.string().max(200)).max(30),
  /** Who said so; an empty list without a declaration is a remark. */
  declaredBy: z.string().max(120),
});

export const supplyLimitsSchema = z
  .object({ minV: z.number().positive(), nominalV: z.number().positive(), maxV: z.number().positive() })
  .refine(({ minV, nominalV, maxV }) => minV <= nominalV && nominalV <= maxV);
export type SupplyLimits = z.infer<typeof supplyLimitsSchema>;

/** One fitted range of a monitor's calibration: x = offsetA + slope * I (uncertainty, section 4.1). */
export const calibratedRangeSchema = z.object({
  range: z.number().int().nonnegative(),
  spanA: z.tuple([z.number(), z.number()]),
  offsetA: z.number(),
  slope: z.number().positive(),
  /** [var offset (A^2), covariance (A), var slope]. */
  cov: z.tuple([z.number(), z.number(), z.number()]),
  /** Standard uncertainties, relative, that all ranges and loads share. */
  commonRel: z.object({ dmm: z.number(), tcr: z.number() }),
});

/** What a certificate lets a figure be corrected with. */
export const correctionSchema = z.object({
  certificateId: z.string(),
  issuedAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
  temperatureC: z.number().nullable(),
  setVoltageV: z.number(),
  ranges: z.array(calibratedRangeSchema),
  /** Identity of the multimeter: the same one for current and voltage counts twice (section 4.2). */
  dmmId: z.string().nullable(),
  /** Voltage at the DUT, where a supply certificate was chosen: mean in V and its standard uncertainty, relative. */
  supply: z
    .object({
      certificateId: z.string(),
      expiresAt: z.iso.datetime().optional(),
      voltageV: z.number(),
      uRel: z.number(),
      dmmId: z.string(),
    })
    .nullable(),
  /** Clock correction C of the timestamp path (section 1.2) and its standard uncertainty, relative. */
  clock: z
    .object({ certificateId: z.string(), expiresAt: z.iso.datetime().optional(), c: z.number(), uRel: z.number() })
    .nullable(),
  /** Where a zero certificate was chosen: its offset stands in `ranges` in place of the fit's. */
  zero: z
    .object({ certificateId: z.string(), expiresAt: z.iso.datetime().optional(), range: z.number().int() })
    .nullable()
    .optional(),
});
export type Correction = z.infer<typeof correctionSchema>;

/** Everything about an energy run that was decided before it began; written into the journal with its opening. */
export const energySetupSchema = z.object({
  monitor: z.object({
    /** `lpm01a`, `ppk2`, `js220`, `file`, ... */
    kind: z.string(),
    model: z.string(),
    serial: z.string(),
    firmware: z.string(),
    acceptance: monitorAcceptanceSchema,
    triedOnHardware: z.boolean(),
    simulated: z.boolean(),
    quantity: sampleQuantitySchema,
    sampleRateHz: z.number().positive(),
    /** PPK2: whether the spike filter was applied; other monitors: none. */
    filter: z.enum(['none', 'spike']),
    /** Hash of the calibration constants that the instrument reports. */
    constantsSha256: z.string().nullable(),
    /** Time resolution of an edge in s. */
    edgeResolutionS: z.number().positive(),
    /** Highest current that the monitor measures, in A. */
    maxCurrentA: z.number().positive(),
  }),
  supply: z.object({ voltageV: z.number().positive(), board: z.string(), limits: supplyLimitsSchema }),
  path: z.enum(['direct', 'ioManager']),
  /** Where the energy counts: at the DUT's terminals or at the monitor's output (uncertainty, section 1.1). */
  plane: z.enum(['dut', 'monitor']),
  /** `mlc`: samples from edge to edge by index; `eembc`: by accumulated time (energy monitors, section 1.3). */
  windowRule: z.enum(['eembc', 'mlc']),
  specification: monitorSpecificationSchema,
  correction: correctionSchema.nullable(),
  scope: measurementScopeSchema,
  /** The always-on case: inferences per second, and a battery in A h and V. */
  duty: z.object({
    inferencesPerS: z.number().positive(),
    batteryAh: z.number().positive(),
    batteryV: z.number().positive(),
  }),
  temperatureC: z.number().nullable(),
});
export type EnergySetup = z.infer<typeof energySetupSchema>;

/** What one measuring range contributed to a stretch of the trace. */
export const rangeShareSchema = z.object({
  range: z.number().int().nonnegative(),
  samples: z.number().int().nonnegative(),
  /** Energy in J of the samples taken in it. */
  energyJ: z.number(),
});

/** A stretch of a trace summed up: what the figures and the budget need of it. Energies are in J, powers in W, at the set voltage. */
export const stretchSchema = z.object({
  /** Samples [firstSample, endSample) were counted. */
  firstSample: z.number().int().nonnegative(),
  endSample: z.number().int().nonnegative(),
  energyJ: z.number(),
  meanPowerW: z.number(),
  minPowerW: z.number(),
  maxPowerW: z.number(),
  rmsPowerW: z.number(),
  ranges: z.array(rangeShareSchema),
  /** Samples that are gaps. */
  lostSamples: z.number().int().nonnegative(),
  /** Samples at the end of the converter. */
  saturatedSamples: z.number().int().nonnegative(),
  /** Readings clamped at 0. */
  clippedSamples: z.number().int().nonnegative(),
  /** Standard deviation of one sample from successive differences, in W (section 3.3). */
  noiseW: z.number(),
  /** Energy of the unfiltered samples, in J; null where there is one series only (PPK2 has two). */
  rawEnergyJ: z.number().nullable(),
  /** Samples within 3 samples of a range switch. */
  nearSwitchSamples: z.number().int().nonnegative(),
});
export type Stretch = z.infer<typeof stretchSchema>;

/** A window of an energy run by the official and by the other rule. */
export const energyWindowSummarySchema = z.object({
  number: z.number().int().positive(),
  inputIndex: z.number().int().nonnegative(),
  inferences: z.number().int().positive(),
  /** Edges in samples since the trace began; whole numbers where the monitor knows no finer. */
  startEdge: z.number(),
  endEdge: z.number(),
  /** (endEdge - startEdge) / rate. */
  durationS: z.number(),
  /** The host's clock between `m-infer-start` and `m-infer-done`; null where it is not known. */
  hostS: z.number().nullable(),
  official: stretchSchema,
  /** By the other published rule: samples and energy. */
  other: z.object({ samples: z.number().int(), energyJ: z.number() }),
  /** Mean power of the 10 samples before the start and of the last 10, in W (edge component, section 3.7). */
  beforeStartW: z.number(),
  beforeEndW: z.number(),
  /** Edges that the monitor reported between the command and its end; two in a good window. */
  edges: z.number().int().nonnegative(),
});
export type EnergyWindowSummary = z.infer<typeof energyWindowSummarySchema>;

/** A stretch in which the DUT was left alone: idle (waiting for a command) or asleep. */
export const restSummarySchema = z.object({
  state: z.enum(['idle', 'sleep']),
  durationS: z.number(),
  stretch: stretchSchema,
});
export type RestSummary = z.infer<typeof restSummarySchema>;

export const traceLossSchema = z.object({
  sampleIndex: z.number().int().nonnegative(),
  /** Null where nobody knows how many. */
  count: z.number().int().positive().nullable(),
  cause: z.string(),
  exact: z.boolean(),
});

/** What the recorded trace of an energy run says: derived from the trace file alone, so that a verification can derive it again. */
export const traceSummarySchema = z.object({
  file: z.string(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  sampleRateHz: z.number().positive(),
  samples: z.number().int().nonnegative(),
  /** Samples / duration by the host's clock; null where the two cannot be compared. */
  achievedRateHz: z.number().nullable(),
  /** By the instrument's own ticks; null where it has none. */
  deviceDurationS: z.number().nullable(),
  hostDurationS: z.number(),
  edgeCount: z.number().int().nonnegative(),
  expectedEdgeCount: z.number().int().nonnegative(),
  /** Edges outside every window and the single time mark. */
  strayEdges: z.number().int().nonnegative(),
  losses: z.array(traceLossSchema).max(10_000),
  overcurrent: z.boolean(),
  windows: z.array(energyWindowSummarySchema),
  rest: z.array(restSummarySchema),
  /** Samples before the first and after the last window's edge, in s. */
  headS: z.number(),
  tailS: z.number(),
  /** Supply voltage read back by the monitor, in V; null where it cannot. */
  measuredVoltageV: z.number().nullable(),
  temperatureC: z.number().nullable(),
});
export type TraceSummary = z.infer<typeof traceSummarySchema>;

/** One row of an uncertainty budget (uncertainty, section 11). */
export const budgetRowSchema = z.object({
  /** `gain.0`, `voltage`, `repeat`, ... */
  id: z.string(),
  /** Half-width or standard uncertainty of the input quantity, in `unit`. */
  value: z.number(),
  unit: z.string(),
  isHalfWidth: z.boolean(),
  distribution: z.enum(['rectangular', 'normal', 'triangular', 'uShaped']),
  divisor: z.number(),
  origin: figureOriginSchema,
  /** uJ per inference per unit. */
  sensitivity: z.number(),
  /** |sensitivity| * standard uncertainty, in uJ per inference. */
  contributionUJ: z.number(),
  /** Share of the combined variance, a fraction of 1. */
  share: z.number(),
  /** Degrees of freedom; null for infinite. */
  nu: z.number().nullable(),
  common: z.enum(['windows', 'duts', 'none']),
});
export type BudgetRow = z.infer<typeof budgetRowSchema>;

/** Reasons for which no uncertainty is given (uncertainty, section 6). */
export const uncertaintyReasonSchema = z.enum(['E-SAT', 'E-LOSS', 'E-EDGE', 'E-RANGE', 'E-N', 'E-CLIP0', 'E-VOLT']);

export const budgetSchema = z.object({
  status: z.enum(['ok', 'remark', 'invalid']),
  reasons: z.array(uncertaintyReasonSchema),
  /** Keys of remarks: `assumptions`, `noCertificate`, `certificateExpired`, `outlier`, `drift`, `singleWindow`, ... */
  remarks: z.array(z.string()),
  /** The figure in uJ per inference; for rest and always-on budgets in uW. */
  y: z.number().nullable(),
  combinedStandardUncertainty: z.number().nullable(),
  /** Null for infinite. */
  effectiveDegreesOfFreedom: z.number().nullable(),
  coverageFactor: z.number().nullable(),
  expandedUncertainty: z.number().nullable(),
  k95: z.number().nullable(),
  interval95: z.tuple([z.number(), z.number()]).nullable(),
  rows: z.array(budgetRowSchema),
  assumptions: z.array(z.string()),
  certificates: z.array(z.string()),
  plane: z.enum(['dut', 'monitor']),
  /** What would help most: the cause, and the expanded uncertainty with that cause halved. */
  advice: z.array(z.object({ id: z.string(), expandedUncertaintyIfHalved: z.number() })),
});
export type Budget = z.infer<typeof budgetSchema>;

export const energyWindowFiguresSchema = z.object({
  number: z.number().int().positive(),
  inferences: z.number().int().positive(),
  seconds: z.number(),
  energyUJ: z.number(),
  powerUW: z.number(),
  energyUJPerInf: z.number(),
  throughputInfPerS: z.number(),
});
export type EnergyWindowFigures = z.infer<typeof energyWindowFiguresSchema>;

/** A power with its expanded uncertainty, both in uW; the uncertainty is null where none can be given. */
export const powerFigureSchema = z.object({
  powerUW: z.number(),
  expandedUncertaintyUW: z.number().nullable(),
  coverageFactor: z.number().nullable(),
  /** 95 % interval in uW, which knows the shape of its largest cause; k = 2 does not. Absent in files of earlier versions. */
  interval95UW: z.tuple([z.number(), z.number()]).nullable().optional(),
});

/** The figures of an energy run, computed from the journal alone. */
export const energyFiguresSchema = z.object({
  windows: z.array(energyWindowFiguresSchema),
  medianEnergyUJPerInf: z.number().nullable(),
  /** By the other published window rule. */
  otherRuleMedianEnergyUJPerInf: z.number().nullable(),
  medianPowerUW: z.number().nullable(),
  medianThroughputInfPerS: z.number().nullable(),
  /** Budget of the official, uncorrected figure. */
  budget: budgetSchema,
  /** The figure with the chosen certificates applied, beside the official one; null without certificates. */
  corrected: z.object({ medianEnergyUJPerInf: z.number(), budget: budgetSchema }).nullable(),
  rest: z.array(z.object({ state: z.enum(['idle', 'sleep']), seconds: z.number(), power: powerFigureSchema })),
  /** Average power and battery life at a chosen rate of inferences; null where the rest power is not known or the rate is out of reach. */
  alwaysOn: z
    .object({
      inferencesPerS: z.number(),
      restState: z.enum(['idle', 'sleep']),
      dutyCycle: z.number(),
      power: powerFigureSchema,
      batteryAh: z.number(),
      batteryV: z.number(),
      batteryLifeH: z.number(),
      batteryLifeExpandedUncertaintyH: z.number().nullable(),
      /** 95 % interval in h: the battery's charge over both ends of that of the power. */
      batteryLifeInterval95H: z.tuple([z.number(), z.number()]).nullable().optional(),
    })
    .nullable(),
});
export type EnergyFigures = z.infer<typeof energyFiguresSchema>;
