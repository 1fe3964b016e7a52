import type { EnergySetup, Stretch, TraceSummary } from '../../../../src/shared/domain/energy.ts';
import { specificationOf } from '../../../../src/main/analysis/uncertainty/specifications.ts';

/** When the made-up runs were made. */
export const runAtEpochMs = 1_800_000_000_000;

export function madeUpSetup(changes: Partial<EnergySetup> = {}): EnergySetup {
  return {
    monitor: {
      kind: 'lpm01a',
      model: 'X-NUCLEO-LPM01A',
      serial: 'S1',
      firmware: '1.0.6',
      acceptance: 'submissions',
      triedOnHardware: false,
      simulated: true,
      quantity: 'current',
      sampleRateHz: 1000,
      filter: 'none',
      constantsSha256: null,
      edgeResolutionS: 1e-3,
      maxCurrentA: 0.05,
    },
    supply: { voltageV: 3, board: 'b', limits: { minV: 2.7, nominalV: 3, maxV: 3.3 } },
    path: 'direct',
    plane: 'dut',
    windowRule: 'mlc',
    specification: specificationOf('lpm01a'),
    correction: null,
    scope: { measured: ['MCU'], notMeasured: ['probe'], declaredBy: 'operator' },
    duty: { inferencesPerS: 2, batteryAh: 0.22, batteryV: 3 },
    temperatureC: 23,
    ...changes,
  };
}

/** A constant load of that power. */
export function stretchOf(
  firstSample: number,
  samples: number,
  powerW: number,
  changes: Partial<Stretch> = {},
): Stretch {
  const energyJ = (powerW * samples) / 1000;
  return {
    firstSample,
    endSample: firstSample + samples,
    energyJ,
    meanPowerW: powerW,
    minPowerW: powerW * 0.9,
    maxPowerW: powerW * 1.1,
    rmsPowerW: powerW,
    ranges: [{ range: 0, samples, energyJ }],
    lostSamples: 0,
    saturatedSamples: 0,
    clippedSamples: 0,
    noiseW: powerW * 0.01,
    rawEnergyJ: null,
    nearSwitchSamples: 0,
    ...changes,
  };
}

/** Five windows of 11 s with 1,000 inferences, about 30 mW; an idle and a sleeping stretch. */
export function madeUpTrace(changes: Partial<TraceSummary> = {}, window: Partial<Stretch> = {}): TraceSummary {
  const powersW = [0.03003, 0.02999, 0.03, 0.03001, 0.02998];
  return {
    file: 'trace.jbt',
    sha256: '0'.repeat(64),
    sampleRateHz: 1000,
    samples: 100_000,
    achievedRateHz: 1000,
    deviceDurationS: 100,
    hostDurationS: 100,
    edgeCount: 11,
    expectedEdgeCount: 11,
    strayEdges: 0,
    losses: [],
    overcurrent: false,
    windows: powersW.map((powerW, index) => {
      const first = 5000 + index * 15_000;
      const official = stretchOf(first, 11_000, powerW, window);
      return {
        number: index + 1,
        inputIndex: index,
        inferences: 1000,
        startEdge: first,
        endEdge: first + 11_000,
        durationS: 11,
        hostS: 11.001,
        official,
        other: { samples: 11_001, energyJ: official.energyJ + 3e-5 },
        beforeStartW: 0.006,
        beforeEndW: powerW,
        edges: 2,
      };
    }),
    rest: [
      { state: 'idle', durationS: 5, stretch: stretchOf(85_000, 5000, 0.006) },
      { state: 'sleep', durationS: 5, stretch: stretchOf(92_000, 5000, 30e-6) },
    ],
    headS: 5,
    tailS: 5,
    measuredVoltageV: 3.01,
    temperatureC: null,
    ...changes,
  };
}
