import { readNumber } from './lpm01a-format.ts';

/** What `htc` lets the host configure, with the defaults of the manual (energy-monitors 2.3). */
export interface Lpm01aConfiguration {
  rateHz: number;
  acqTimeS: number;
  acqMode: 'dyn' | 'stat';
  functionMode: 'optim' | 'high';
  quantity: 'current' | 'energy';
  format: 'ascii_dec' | 'bin_hexa';
  trigger: 'sw' | 'd7';
  triggerDelayS: number;
  event: 'none' | 'fal' | 'ris';
  voltageV: number;
  power: 'auto' | 'on' | 'off';
  powerStatus: boolean;
  powerEnd: boolean;
  thresholdA: number;
  temperatureUnit: 'degc' | 'degf';
}

export const lpm01aDefaults: Lpm01aConfiguration = {
  rateHz: 100,
  acqTimeS: 10,
  acqMode: 'dyn',
  functionMode: 'optim',
  quantity: 'current',
  format: 'ascii_dec',
  trigger: 'sw',
  triggerDelayS: 1e-3,
  event: 'none',
  voltageV: 3.3,
  power: 'auto',
  powerStatus: false,
  powerEnd: true,
  thresholdA: 1e-3,
  temperatureUnit: 'degc',
};

const rates = [100e3, 50e3, 20e3, 10e3, 5e3, 2e3, 1e3, 500, 200, 100, 50, 20, 10, 5, 2, 1];

/** A refusal is the text behind `Error detail:`; the texts of a real board are not public. */
export type Lpm01aChange = Partial<Lpm01aConfiguration> | { refused: string };

const refused = (detail: string): { refused: string } => ({ refused: detail });

function number(text: string | undefined, low: number, high: number): number | undefined {
  const value = text === undefined ? undefined : readNumber(text);
  // A small margin: 1800m is 1.8 only within rounding.
  return value !== undefined && value >= low * (1 - 1e-9) && value <= high * (1 + 1e-9) ? value : undefined;
}

function choice<T extends string>(text: string | undefined, choices: readonly T[]): T | undefined {
  return choices.find((candidate) => candidate === text);
}

type Rule = (argument: string | undefined, second: string | undefined) => Partial<Lpm01aConfiguration> | undefined;

const rules: Record<string, Rule> = {
  volt: (text) => {
    const voltageV = number(text, 1.8, 3.3);
    return voltageV === undefined ? undefined : { voltageV: Math.round(voltageV * 1000) / 1000 };
  },
  freq: (text) => {
    const value = number(text, 1, 100e3);
    const rateHz = rates.find((rate) => rate === value);
    return rateHz === undefined ? undefined : { rateHz };
  },
  acqtime: (text) => {
    if (text === 'inf' || text === '0') return { acqTimeS: Infinity };
    const acqTimeS = number(text, 100e-6, 100);
    return acqTimeS === undefined ? undefined : { acqTimeS };
  },
  acqmode: (text) => {
    const acqMode = choice(text, ['dyn', 'stat']);
    return acqMode && { acqMode };
  },
  funcmode: (text) => {
    const functionMode = choice(text, ['optim', 'high']);
    return functionMode && { functionMode };
  },
  output: (text) => {
    const quantity = choice(text, ['current', 'energy']);
    return quantity && { quantity };
  },
  format: (text) => {
    const format = choice(text, ['ascii_dec', 'bin_hexa']);
    return format && { format };
  },
  trigsrc: (text) => {
    const trigger = choice(text, ['sw', 'd7']);
    return trigger && { trigger };
  },
  trigdelay: (text) => {
    const triggerDelayS = number(text, 0, 30);
    return triggerDelayS === undefined ? undefined : { triggerDelayS };
  },
  eventsrc: (text, second) => {
    const event = text === 'd7' ? choice(second, ['fal', 'ris']) : undefined;
    return event && { event };
  },
  currthre: (text) => {
    const thresholdA = number(text, 0, 50e-3);
    return thresholdA === undefined ? undefined : { thresholdA };
  },
  pwrend: (text) => {
    const end = choice(text, ['on', 'off']);
    return end && { powerEnd: end === 'on' };
  },
};

/** What a configuration command changes; undefined when it is none, or why it is refused. */
export function lpm01aChange(words: readonly string[]): Lpm01aChange | undefined {
  const [name = '', first, second] = words;
  const rule = rules[name === 'currthres' ? 'currthre' : name];
  if (!rule) return undefined;
  return rule(first, second) ?? refused('parameter out of range');
}

/** Why this acquisition cannot start (energy-monitors 2.3, limits at 3,686,400 baud), or undefined. */
export function lpm01aStartRefusal(settings: Lpm01aConfiguration): string | undefined {
  const { format, rateHz, acqTimeS, quantity, acqMode, functionMode } = settings;
  if (acqMode === 'stat') return undefined;
  if (quantity === 'energy' && rateHz > 10e3) return 'energy output limited to 10 kHz';
  if (functionMode === 'high' && (quantity !== 'current' || rateHz < 50e3)) return 'function mode high not available';
  if (format === 'bin_hexa' || rateHz <= 5e3) return undefined;
  if (rateHz > 20e3) return 'sampling frequency too high for ascii_dec';
  return acqTimeS > (rateHz > 10e3 ? 0.5 : 1) ? 'acquisition time too long' : undefined;
}
