/** A made-up run of the older runner, as texts; every part can be changed. */
export interface MadeRun {
  log: string;
  results: string;
  script: string;
}

export interface MadeRunOptions {
  files?: readonly string[];
  /** Length of each window in us; five windows by default. */
  windowsUs?: readonly number[];
  inferences?: number;
  model?: string;
  /** Ratio of DUT time to host time. */
  clock?: number;
  /** What the results print instead of the truth. */
  printedMedian?: string;
  vector?: (window: number) => string;
  /** What the results of an accuracy run print; windows and median are left out then. */
  accuracy?: { top1: string; auc: string };
}

const keywordFiles = [
  'tst_000000_Stop_7.bin',
  'tst_000001_Left_2.bin',
  'tst_000002_Right_6.bin',
  'tst_000003_Up_8.bin',
  'tst_000004_On_5.bin',
];

/** A performance run of keyword spotting whose files all agree. */
export function madePerformanceRun(options: MadeRunOptions = {}): MadeRun {
  const { files = keywordFiles, inferences = 1000, model = 'kws01', clock = 1 } = options;
  const { windowsUs = [10_200_000, 10_201_000, 10_199_000, 10_200_000, 10_202_001] } = options;
  const vector =
    options.vector ?? ((window) => Array.from({ length: 12 }, (_, k) => (k === window ? '0.9' : '0.009')).join(','));
  let hostS = 100;
  let dutUs = 5_000_000;
  const log: string[] = [];
  const say = (channel: string, text: string, afterS = 0.001): void => {
    hostS += afterS;
    log.push(`${hostS.toFixed(3).padStart(9, '0')} ${channel}: ${text}`);
  };
  say('session', 'm-session-start-id[20230101120000]');
  say('parser', 'm-bmark-run-name[ML Performance 1.0.1]-code[ulp-mlperf]');
  say('parser', 'm-version[3.0.10]');
  say('parser', `m-bm-cfg-name[ulp-mlperf]-key[runMode]-val[bmark]`);
  say('parser', `m-bm-cfg-name[ulp-mlperf]-key[model]-val[${model}]`);
  say('parser', 'Command "dut profile"');
  say('dut', 'm-profile-[ULPMark for tinyML Firmware V0.0.1]');
  say('dut', `m-model-[${model}]`);
  say('dut', 'm-ready');
  say('parser', 'Command "dut timestamp"');
  say('dut', `m-lap-us-${dutUs}`);
  say('dut', 'm-ready');
  const script = ["{ cmd: 'dut profile' }", "{ cmd: 'dut timestamp' }"];
  windowsUs.forEach((lengthUs, k) => {
    const file = `/data/kws01/${files[k] ?? files[0] ?? ''}`;
    script.push(`{ cmd: 'bload dut "${file}"', ms: 7840 }`);
    script.push(`{ cmd: 'dut infer ${inferences} 1', ms: -1, ack: /dut.?: m-ready/ }`);
    say('parser', `Command "bload dut "${file}""`);
    say('parser', 'm-bload-done', 0.2);
    say('parser', `Command "dut infer ${inferences} 1"`);
    say('dut', 'm-warmup-start-1');
    say('dut', 'm-warmup-done');
    say('dut', `m-infer-start-${inferences}`);
    dutUs += 300_007;
    say('dut', `m-lap-us-${dutUs}`);
    dutUs += lengthUs;
    say('dut', `m-lap-us-${dutUs}`, lengthUs / 1e6 / clock);
    say('dut', 'm-infer-done', 0);
    say('dut', `m-results-[${vector(k)}]`);
    say('dut', 'm-ready');
  });
  say('sequencer', 'm-sequencer-stop');
  say('session', 'm-session-stop-id[20230101120000]');
  const throughputs = windowsUs.map((us) => inferences / (us / 1e6));
  const median = throughputs.toSorted((a, b) => a - b)[Math.floor(throughputs.length / 2)] ?? 0;
  const results = windowsUs.flatMap((us, k) => [
    `Performance results for window ${2 * (k + 1)}:`,
    `  # Inferences : ${String(inferences).padStart(12)}`,
    `  Runtime      : ${(us / 1e6).toFixed(3).padStart(12)} sec.`,
    `  Throughput   : ${(throughputs[k] ?? 0).toFixed(3).padStart(12)} inf./sec.`,
    us >= 10_000_000
      ? 'Runtime requirements have been met.'
      : 'e-[The run must take at least 10 seconds and 10 iterations to be valid]',
  ]);
  results.push(`Median throughput is ${options.printedMedian ?? median.toFixed(3)} inf./sec.`);
  if (options.accuracy)
    results.splice(0, results.length, `Top-1: ${options.accuracy.top1}%`, `AUC: ${options.accuracy.auc}`);
  const stamp = (hostS + 0.01).toFixed(3).padStart(9, '0');
  return {
    log: log.join('\n'),
    results: results.map((line) => `${stamp} ulp-mlperf: ${line}\n`).join(''),
    script: `[\n    ${script.join(',\n    ')}\n]`,
  };
}
