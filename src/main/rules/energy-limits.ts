/** Limits of the energy rules. Sources: results and submission, section 15; uncertainty, sections 6 and 7; energy monitors, section 1.4. */
export const energyLimits = {
  windows: 5,
  windowS: 10,
  /** The streaming wake word is measured in one window. */
  streamingWindows: 1,
  /** Share of a window's samples that may be lost. */
  lost: 1e-3,
  /** Difference of the energy run's throughput from that of the performance run. */
  throughput: 0.02,
  /** Measured supply against the set one. */
  supply: 0.015,
  /** Samples per second against the nominal number: beyond it samples are missing that nobody reported. */
  rate: 0.005,
  /** Length of a window by the monitor against the host's clock. */
  hostRemark: 0.01,
  hostInvalid: 0.05,
  /** Trace before the first and after the last edge, in s. */
  marginS: 1,
  /** Rest power over the mean power of a window: beyond it, rest and work are likely mixed up. */
  rest: 1.1,
  /** Throughput of one window over the median of the performance run: beyond it, the window is too short for its inferences. */
  shortWindow: 1.05,
  /** Oldest firmware of the LPM01A that keeps the stream whole (energy monitors, section 2.1). */
  lpm01aFirmware: '1.0.6',
} as const;

/** One-sided and two-sided factors of a 95 % guard band (uncertainty, section 7). */
export const guardFactors = { oneSided: 1.645, twoSided: 1.96 } as const;
