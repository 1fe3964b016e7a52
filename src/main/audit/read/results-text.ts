import { Keeper } from './keeper.ts';
import { linesOf } from './lines.ts';

/** A number as it was printed. */
export interface Printed {
  value: number;
  /** What one unit of its last digit is worth. */
  step: number;
  line: number;
  /** By how much more the raw files let it differ; 0 where absent. */
  slack?: number;
}

export interface PrintedWindow {
  number: number;
  line: number;
  inferences: Printed | null;
  seconds: Printed | null;
  throughputInfPerS: Printed | null;
  energyUJ: Printed | null;
  powerUW: Printed | null;
  energyUJPerInf: Printed | null;
  /** The runner's own word about the length; null where it says nothing. */
  lengthAccepted: boolean | null;
}

/** What `results.txt` of either runner prints. */
export interface ResultsText {
  lines: number;
  performance: PrintedWindow[];
  energy: PrintedWindow[];
  medianThroughputInfPerS: Printed | null;
  medianEnergyUJPerInf: Printed | null;
  top1Percent: Printed | null;
  auc: Printed | null;
  /** The form of the accuracy figures, by which their definition is told. */
  accuracyForm: 'eembc' | 'mlc' | null;
  streaming: {
    truePositives: number;
    falseNegatives: number;
    falsePositives: number;
    dutyCycle: Printed | null;
    periodS: Printed | null;
    throughputInfPerS: Printed | null;
    line: number;
  } | null;
  /** Error lines that the runner wrote. */
  errors: { text: string; line: number }[];
  /** How often a window or median stands there. */
  repeats: number;
  /** Line at which one stands again with another value. */
  contradiction: number | null;
  /** Host time of the first line, in s; null in a form without times. */
  firstHostS: number | null;
  /** Joulebench says that it wrote the file, and whether a virtual bench was measured; absent in files of others. */
  ours?: { simulated: boolean };
  /** Whether the official checker's patterns find the figures; see `official`. */
  patterns: OfficialPatterns;
}

/** What the official checker's patterns find in the whole text; the last match counts (results and submission, section 10). */
export interface OfficialPatterns {
  throughput: number | null;
  top1: number | null;
  auc: number | null;
  energy: number | null;
  sww: { falseNegatives: number; falsePositives: number } | null;
}

const number = String.raw`([+-]?\d{1,20}(?:\.\d{1,25})?(?:[eE][+-]?\d{1,4})?)`;
const prefix = /^(?:\d{1,12}\.\d{1,6} [a-z][a-z-]{0,31}: ?)/;
const patterns = {
  performance: /^Performance results for window (\d{1,6}):?$/,
  energy: /^Energy data for (?:window|trial) (\d{1,6})(?: at time .*)?:?$/,
  inferences: new RegExp(String.raw`^#? ?Inferences\s*:\s*${number}$`),
  runtime: new RegExp(String.raw`^(?:Runtime|Elapsed time)\s*:\s*${number}(?: sec\.)?(?:\s*<<<<.*)?$`),
  throughput: new RegExp(String.raw`^Throughput\s*:\s*${number} inf\./sec\.$`),
  totalEnergy: new RegExp(String.raw`^(?:Total )?Energy\s*:\s*${number} uJ$`),
  power: new RegExp(String.raw`^Power\s*:\s*${number} (uW|mW)\.?$`),
  perInference: new RegExp(String.raw`^Energy/Inf\.?\s*:\s*${number} uJ/inf\.?$`),
  medianThroughput: new RegExp(String.raw`^Median throughput is\s+${number} inf\./sec\.$`),
  medianEnergy: new RegExp(String.raw`^Median energy cost is\s+${number} uJ/inf\.?$`),
  top1: new RegExp(String.raw`^Top[ -]1 ?%?\s*[:=]\s*${number} ?%?$`),
  auc: new RegExp(String.raw`^AUC\s*[:=]\s*${number}$`),
  streaming: /^Accuracy: (\d{1,9}) True positives, (\d{1,9}) False negatives, (\d{1,9}) False positives$/,
  duty: new RegExp(String.raw`^Average duty cycle: ${number}$`),
  period: new RegExp(String.raw`^Average period: ${number} s$`),
  estimated: new RegExp(String.raw`^Estimated throughput: ${number} inf\./sec\.$`),
};

/** Error lines of either runner; the last two of the older one have no mark. */
const runnerError = /^(?:e-\[|ERROR[ :]|Too few timestamps found|Need at least \d+ inputs)/;

const mostWindows = 10_000;
const mostErrors = 100;
/** Of a line that is kept. */
const mostCharacters = 200;

/**
 * Reads `results.txt` of either runner. Lines repeated in place are read once (several runs in one application session, section 4);
 * a window or median that stands there again with another value is a contradiction, and the last one counts, as for the official
 * checker.
 */
export async function readResultsText(pieces: AsyncIterable<Uint8Array>): Promise<ResultsText> {
  const reader = new ResultsReader();
  for await (const lines of linesOf(pieces)) for (const { text, number: at } of lines) reader.push(text, at);
  return reader.result();
}

class ResultsReader {
  readonly #performance = new Map<number, PrintedWindow>();
  readonly #energy = new Map<number, PrintedWindow>();
  readonly #result: Omit<ResultsText, 'performance' | 'energy'> = {
    lines: 0,
    medianThroughputInfPerS: null,
    medianEnergyUJPerInf: null,
    top1Percent: null,
    auc: null,
    accuracyForm: null,
    streaming: null,
    errors: [],
    repeats: 1,
    contradiction: null,
    firstHostS: null,
    patterns: { throughput: null, top1: null, auc: null, energy: null, sww: null },
  };
  readonly #seen = new Map<string, number>();
  #window: PrintedWindow | undefined;
  readonly #keep = new Keeper();
  #previous = '';

  push(text: string, line: number): void {
    const result = this.#result;
    result.lines = line;
    readPatterns(text, result.patterns);
    const found = prefix.exec(text);
    if (found && result.firstHostS === null && /^\d+\.\d{3} /.test(text)) result.firstHostS = Number.parseFloat(text);
    const said = (found ? text.slice(found[0].length) : text).trim();
    if (said === '') return;
    if (found && /^\d+\.\d+ joulebench:/.test(text)) {
      result.ours ??= { simulated: false };
      if (said.startsWith('SIMULATED')) result.ours.simulated = true;
    }
    if (/^(?:Performance results|Energy data|Median|Top|AUC)/.test(said)) {
      const key = this.#keep.text(said.slice(0, mostCharacters));
      const times = (this.#seen.get(key) ?? 0) + 1;
      if (this.#seen.size < mostWindows) this.#seen.set(key, times);
      if (!/^Median/.test(said) || !result.contradiction) result.repeats = Math.max(result.repeats, times);
    }
    // Repeated in place: nothing new.
    if (said === this.#previous) return;
    this.#previous = said;
    if (!this.#header(said, line) && !this.#inWindow(said, line)) this.#ofRun(said, line);
  }

  result(): ResultsText {
    const inOrder = (windows: Map<number, PrintedWindow>): PrintedWindow[] =>
      [...windows.values()].sort((a, b) => a.number - b.number);
    return { ...this.#result, performance: inOrder(this.#performance), energy: inOrder(this.#energy) };
  }

  #header(said: string, line: number): boolean {
    for (const [kind, windows] of [
      ['performance', this.#performance],
      ['energy', this.#energy],
    ] as const) {
      const found = patterns[kind].exec(said);
      if (!found) continue;
      const window = Number(found[1]);
      const known = windows.get(window);
      if (!known && windows.size >= mostWindows) return true;
      this.#window = known ?? emptyWindow(window, line);
      windows.set(window, this.#window);
      return true;
    }
    return false;
  }

  #inWindow(said: string, line: number): boolean {
    const window = this.#window;
    if (!window) return false;
    const rows = [
      ['inferences', patterns.inferences],
      ['seconds', patterns.runtime],
      ['throughputInfPerS', patterns.throughput],
      ['energyUJ', patterns.totalEnergy],
      ['energyUJPerInf', patterns.perInference],
    ] as const;
    for (const [key, pattern] of rows) {
      const found = pattern.exec(said);
      if (!found) continue;
      window[key] = this.#changed(window[key], printed(found[1] as string, line));
      return true;
    }
    const power = patterns.power.exec(said);
    if (power) {
      const scale = power[2] === 'mW' ? 1000 : 1;
      const { value, step } = printed(power[1] as string, line);
      window.powerUW = this.#changed(window.powerUW, { value: value * scale, step: step * scale, line });
      return true;
    }
    if (said === 'Runtime requirements have been met.') {
      window.lengthAccepted = true;
      return true;
    }
    if (said.startsWith('e-[The run must take at least')) window.lengthAccepted = false;
    return false;
  }

  #ofRun(said: string, line: number): void {
    const result = this.#result;
    const rows = [
      ['medianThroughputInfPerS', patterns.medianThroughput],
      ['medianEnergyUJPerInf', patterns.medianEnergy],
      ['top1Percent', patterns.top1],
      ['auc', patterns.auc],
    ] as const;
    for (const [key, pattern] of rows) {
      const found = pattern.exec(said);
      if (!found) continue;
      result[key] = this.#changed(result[key], printed(found[1] as string, line));
      if (key === 'top1Percent' || key === 'auc') result.accuracyForm = said.includes('=') ? 'mlc' : 'eembc';
      this.#window = undefined;
      return;
    }
    if (runnerError.test(said)) {
      if (result.errors.length < mostErrors)
        result.errors.push({ text: this.#keep.text(said.slice(0, mostCharacters)), line });
      return;
    }
    this.#streaming(said, line);
  }

  #streaming(said: string, line: number): void {
    const result = this.#result;
    const score = patterns.streaming.exec(said);
    if (score) {
      const [truePositives, falseNegatives, falsePositives] = score.slice(1).map(Number) as [number, number, number];
      result.streaming = {
        truePositives,
        falseNegatives,
        falsePositives,
        dutyCycle: null,
        periodS: null,
        throughputInfPerS: null,
        line,
      };
      return;
    }
    if (!result.streaming) return;
    for (const [key, pattern] of [
      ['dutyCycle', patterns.duty],
      ['periodS', patterns.period],
      ['throughputInfPerS', patterns.estimated],
    ] as const) {
      const found = pattern.exec(said);
      if (found) result.streaming[key] = printed(found[1] as string, line);
    }
  }

  #changed(before: Printed | null, now: Printed): Printed {
    if (before && before.value !== now.value) this.#result.contradiction ??= now.line;
    return now;
  }
}

function emptyWindow(window: number, line: number): PrintedWindow {
  return {
    number: window,
    line,
    inferences: null,
    seconds: null,
    throughputInfPerS: null,
    energyUJ: null,
    powerUW: null,
    energyUJPerInf: null,
    lengthAccepted: null,
  };
}

/** A printed number with the worth of its last digit: 12.30 has 0.01, 1.5e3 has 100. */
function printed(text: string, line: number): Printed {
  const [mantissa = '', exponent = '0'] = text.toLowerCase().split('e');
  const decimals = mantissa.split('.')[1]?.length ?? 0;
  const value = Number(text);
  const step = 10 ** (Number(exponent) - decimals);
  // More digits than a double holds: the last one that it holds counts.
  return { value, step: Math.max(step, Math.abs(value) * 2 ** -52), line };
}

/** The official checker's patterns, word for word in effect: it searches lines as they stand, prefixes included. */
function readPatterns(text: string, found: OfficialPatterns): void {
  const throughput = / Median throughput is +([\d.]{1,30}) inf\.\/sec\./.exec(text);
  if (throughput) found.throughput = Number(throughput[1]);
  const top1 = / Top[ -]1%? ?[:=] (\d{1,9}(?:\.\d{1,20})?)/.exec(text);
  if (top1) found.top1 = Number(top1[1]);
  const auc = / AUC ?[:=] (\d{1,9}(?:\.\d{1,20})?)/.exec(text);
  if (auc) found.auc = Number(auc[1]);
  const energy = /Median energy cost is ([\d.]{1,30}) uJ\/inf/.exec(text);
  if (energy) found.energy = Number(energy[1]);
  const sww = /Accuracy: (\d{1,9}) True positives, (\d{1,9}) False negatives, (\d{1,9}) False positives/.exec(text);
  if (sww) found.sww = { falseNegatives: Number(sww[2]), falsePositives: Number(sww[3]) };
}
