import { describe, expect, it } from 'vitest';
import { readResultsText } from '../../../../src/main/audit/read/index.ts';
import type { ResultsText } from '../../../../src/main/audit/read/index.ts';
import { pieces } from '../../../support/audit/pieces.ts';

const read = (...lines: string[]): Promise<ResultsText> => readResultsText(pieces(lines.join('\r\n')));

const window = (number: number, seconds: string): string[] => [
  `00001.000 ulp-mlperf: Performance results for window ${number}:`,
  '00001.000 ulp-mlperf:   # Inferences :           20',
  `00001.000 ulp-mlperf:   Runtime      : ${seconds.padStart(12)} sec.`,
  '00001.000 ulp-mlperf:   Throughput   :       19.685 inf./sec.',
];

describe('results.txt of the older runner', () => {
  it('has windows, median and what the runner thinks of them', async () => {
    const results = await read(
      ...window(2, '10.016'),
      '00001.000 ulp-mlperf: Runtime requirements have been met.',
      ...window(4, '1.016'),
      '00001.000 ulp-mlperf: e-[The run must take at least 10 seconds and 10 iterations to be valid]',
      '00001.001 ulp-mlperf: Median throughput is 19.685 inf./sec.',
    );
    expect(results.performance).toMatchObject([
      { number: 2, seconds: { value: 10.016, step: 0.001, line: 3 }, lengthAccepted: true },
      { number: 4, seconds: { value: 1.016 }, lengthAccepted: false, inferences: { value: 20, step: 1 } },
    ]);
    expect(results.medianThroughputInfPerS).toMatchObject({ value: 19.685, line: 11 });
    expect(results).toMatchObject({ repeats: 1, contradiction: null, firstHostS: 1 });
    expect(results.errors).toHaveLength(1);
    expect(results.patterns.throughput).toBe(19.685);
  });

  it('knows lines that are repeated in place, and blocks that are repeated with other values', async () => {
    const thrice = window(2, '10.016').flatMap((line) => [line, line, line]);
    expect(await read(...thrice)).toMatchObject({ repeats: 3, contradiction: null });
    const again = await read(...window(2, '10.016'), ...window(2, '10.016'));
    expect(again).toMatchObject({ repeats: 2, contradiction: null });
    const other = await read(...window(2, '10.016'), ...window(2, '10.020'));
    expect(other).toMatchObject({ contradiction: 7 });
    expect(other.performance).toMatchObject([{ seconds: { value: 10.02 } }]);
  });

  it('has energies', async () => {
    const results = await read(
      '00071.077 ulp-ml: Energy data for window 2 at time 2.72 for 1.02 sec.:',
      '00071.077 ulp-ml:   Energy       :    76030.980 uJ',
      '00071.077 ulp-ml:   Power        :    74833.642 uW',
      '00071.077 ulp-ml:   Energy/Inf.  :     3801.549 uJ/inf.',
      '00071.093 ulp-ml: Median energy cost is 3796.957 uJ/inf.',
    );
    expect(results.energy).toMatchObject([
      { number: 2, energyUJ: { value: 76030.98 }, powerUW: { value: 74833.642 }, energyUJPerInf: { value: 3801.549 } },
    ]);
    expect(results.medianEnergyUJPerInf?.value).toBe(3796.957);
  });

  it('has accuracies', async () => {
    const results = await read('00001.000 ulp-mlperf: Top-1: 86.0%', '00001.000 ulp-mlperf: AUC: 0.99');
    expect(results).toMatchObject({
      top1Percent: { value: 86, step: 0.1 },
      auc: { value: 0.99 },
      accuracyForm: 'eembc',
    });
    expect(results.patterns).toMatchObject({ top1: 86, auc: 0.99 });
  });
});

describe('results.txt of the current runner', () => {
  it('has windows in full precision, and its own way to print', async () => {
    const results = await read(
      'Performance results for window 1',
      '    # Inferences : 70',
      '    Runtime: 11.597249 sec.',
      '    Throughput: 6.035914206895101 inf./sec.',
      '0725.151421 ulp-mlperf: Median throughput is      6.036 inf./sec.',
      '0725.151952 ulp-mlperf: Top 1% = 87.0',
      '0725.151952 ulp-mlperf: AUC = 0.988',
    );
    expect(results.performance).toMatchObject([{ number: 1, throughputInfPerS: { value: 6.035914206895101 } }]);
    expect(results).toMatchObject({
      medianThroughputInfPerS: { value: 6.036 },
      top1Percent: { value: 87 },
      auc: { value: 0.988 },
      accuracyForm: 'mlc',
      firstHostS: null,
    });
    expect(results.patterns).toMatchObject({ throughput: 6.036, top1: 87, auc: 0.988 });
  });

  it('has energies in trials and the score of a stream, small numbers with an exponent too', async () => {
    const results = await read(
      'Power Edition Output',
      'Energy data for trial 0',
      '  Elapsed time  : 1200.088      <<<< below minimum duration',
      '  Inferences    : 1',
      '  Power         : 4.3188 mW.',
      '  Total Energy  : 5182964.938 uJ',
      '  Energy/Inf    : 5182964.938 uJ/inf',
      'Median energy cost is 5182964.9384 uJ/inf.',
      'Accuracy: 44 True positives, 6 False negatives, 4 False positives',
      'Average duty cycle: 0.18901',
      'Average period: 0.031993 s',
      'Estimated throughput: 1.6537e+05 inf./sec.',
    );
    expect(results.energy).toMatchObject([
      { number: 0, seconds: { value: 1200.088 }, energyUJ: { value: 5182964.938 } },
    ]);
    expect(results.energy[0]?.powerUW?.value).toBeCloseTo(4318.8, 9);
    expect(results.energy[0]?.powerUW?.step).toBeCloseTo(0.1, 12);
    expect(results.streaming).toMatchObject({
      truePositives: 44,
      falseNegatives: 6,
      falsePositives: 4,
      dutyCycle: { value: 0.18901, step: 1e-5 },
      throughputInfPerS: { value: 165370, step: 10 },
    });
    expect(results.patterns).toMatchObject({ energy: 5182964.9384, sww: { falseNegatives: 6, falsePositives: 4 } });
  });
});

it('finds nothing in an empty file', async () => {
  expect(await read('')).toMatchObject({ performance: [], energy: [], medianThroughputInfPerS: null, streaming: null });
});
