import type { Messages } from '../words.ts';

/** Words of the area energy: budget rows, remarks, reasons and advice, by their ids. Keys of rows come from `budgetRowKey`. */
export const energyWords = {
  /** Rows of an uncertainty budget. */
  row: {
    gain: 'Gain of the monitor, range {range}',
    offset: 'Offset of the monitor, range {range}',
    nonlin: 'Departure of range {range} from a straight line',
    quant: 'Steps of the converter, range {range}',
    switch: 'Changes of the measuring range',
    loss: 'Lost samples',
    clock: "Monitor's clock",
    edgeBias: 'Samples cut by the edges of the window',
    latency: 'Delay of the time marks, start against stop',
    voltage: 'Supply voltage',
    lead: 'Resistance of the leads',
    leak: 'Current through level shifter, UART and probe',
    drift: 'Drift since the calibration',
    temp: 'Temperature since the calibration',
    cal: {
      fit: 'Fit of the calibration, range {range}',
      dmm: 'Multimeter of the calibration',
      tcr: 'Resistors of the calibration: temperature and heating',
    },
    repeat: 'Repeatability of the windows',
  },
  /** Causes as a part of a sentence: "of which instrument gain 80 %". */
  cause: {
    gain: 'instrument gain',
    offset: 'instrument offset',
    nonlin: 'nonlinearity',
    quant: 'converter steps',
    switch: 'range changes',
    loss: 'lost samples',
    clock: "monitor's clock",
    edgeBias: 'window edges',
    latency: 'mark delay',
    voltage: 'supply voltage',
    lead: 'leads',
    leak: 'leakage',
    drift: 'drift since calibration',
    temp: 'temperature',
    cal: { fit: 'calibration fit', dmm: 'multimeter', tcr: 'calibration resistors' },
    repeat: 'repeatability',
  },
  /** What would make the largest causes smaller. */
  advice: {
    gain: 'Calibrate the monitor with resistors: typically from 2 % to 0.3 %.',
    offset: 'Calibrate the zero, or use a lower range.',
    nonlin: 'Calibrate with loads close to the current of the DUT.',
    quant: 'Use a lower range, or a monitor with finer steps.',
    switch: 'Look at the unfiltered trace: the load changes faster than the ranges follow.',
    loss: 'Remove what loses samples: other programs, hubs, long cables.',
    clock: 'Run the calibration of the timestamp path: it measures the clock.',
    edgeBias: 'Use a monitor with finer time marks, or longer windows.',
    latency: 'Use the same polarity and pulse width for both marks, or longer windows.',
    voltage: "Read the voltage at the DUT's supply pins with a multimeter.",
    lead: 'Use shorter, thicker leads, or read the voltage at the DUT.',
    leak: 'Detach the probe and isolate the UART.',
    drift: 'Verify the monitor with one load today.',
    temp: 'Calibrate at the temperature of the run.',
    cal: {
      fit: 'Calibrate with more loads around the current of the DUT.',
      dmm: 'Use a better multimeter, or one for current and another for voltage.',
      tcr: 'Use resistors that change less with temperature, or of a higher rating.',
    },
    repeat: 'Use longer windows and more warm-up, and fix clocks and inputs.',
  },
  /** With the cause halved. */
  adviceGain: 'With half of it, the uncertainty would be {expanded} instead of {now}.',
  remark: {
    assumptions: 'Some figures are assumptions, not published ones; they are marked in the budget and can be changed.',
    typical: 'Typical figures of the maker are used like limits; nobody guarantees them.',
    noCertificate: 'The monitor has no certificate that was chosen for this run: its specification counts.',
    certificateExpired: 'A certificate had expired: its drift counts twice.',
    certificateTemperature: 'The temperature of the run is unknown, or more than 5 K from that of the certificate.',
    certificateVoltage: 'The certificate was made at another supply voltage.',
    certificateSpan: 'The current of the DUT lies outside the currents that the certificate covers.',
    leakDominates: 'Current through level shifter, UART or probe dominates the uncertainty.',
    outlier: 'One window differs from the others; repeat the run.',
    drift: 'The windows rise or fall: the DUT or the monitor was not at thermal equilibrium.',
    singleWindow: 'One window only: nothing is known about repeatability.',
    rangeSwitches: 'More than 1 % of the samples lie close to a change of the measuring range.',
    scopeNotDeclared: 'Nobody declared what the measured supply feeds.',
  },
  /** Why no uncertainty is given. */
  reason: {
    'E-SAT': 'The current exceeded what the monitor can measure.',
    'E-LOSS': 'More than 0.1 % of the samples are lost, or nobody knows how many.',
    'E-EDGE': 'The time marks do not match the windows.',
    'E-RANGE': 'Energy was measured in a range for which nothing is specified or certified.',
    'E-N': 'Fewer than five valid windows.',
    'E-CLIP0': 'Readings were clamped at 0: the monitor cannot measure current that flows back.',
    'E-VOLT': 'The supply voltage is outside the limits of the board.',
  },
  distribution: {
    rectangular: 'rectangular',
    normal: 'normal',
    triangular: 'triangular',
    uShaped: 'U-shaped',
  },
  /** Where a figure comes from. */
  origin: {
    limit: 'published limit: {source}',
    typical: 'typical figure, not guaranteed: {source}',
    k2: 'published, k = 2: {source}',
    assumption: 'assumption: {source}',
    certificate: 'certificate {source}',
    user: 'entered: {source}',
    measured: 'measured in this run',
  },
  /** Printed for each assumption of a budget. */
  assumption: 'Assumption, not a published figure: {id} +-{value} ({instrument}). Change it under Instruments.',
  common: {
    windows: 'all windows',
    duts: 'all DUTs on this bench',
    none: 'nothing',
  },
  plane: {
    dut: "at the DUT's supply pins",
    monitor: "at the monitor's output",
  },
  /** The words of a check against a limit. */
  conformity: {
    pass: 'pass',
    passNotProven: 'pass, not proven',
    failNotProven: 'fail, not proven',
    fail: 'fail',
  },
  comparison: {
    significant:
      '{a} uses {ratio} +- {expanded} times the energy of {b} (k = {k}, same bench): the difference is significant (p {p}).',
    notDistinguishable:
      '{a} and {b} are not distinguishable on this bench; the smallest difference that would have been is {smallest} %.',
    larger: 'Measured on different benches: the difference is larger than the combined uncertainty.',
    notLarger: 'Measured on different benches: the difference is not larger than the combined uncertainty.',
  },
  small: '{count} small terms',
} as const satisfies Messages;
