import { InvalidArgumentError } from 'commander';
import { modeSchema } from '../../shared/domain/workload.ts';
import type { Mode } from '../../shared/domain/workload.ts';
import { Fault } from '../../shared/fault/index.ts';
import type { Pace } from '../bench/index.ts';

const modes = modeSchema.options;
export type RunMode = Mode;

/** `accuracy,performance` as a list without repeats. @throws Fault `runner.modeUnknown`. */
export function parseModes(value: string): RunMode[] {
  const names = value.split(',').map((name) => name.trim().toLowerCase());
  for (const name of names) {
    if (!(modes as readonly string[]).includes(name))
      throw new Fault('runner.modeUnknown', { mode: name, known: [...modes] });
  }
  return [...new Set(names as RunMode[])];
}

/** `max`, `real` or a factor. */
export function parsePace(value: string): Pace {
  if (value === 'max') return 'max';
  if (value === 'real') return 1;
  return parseNumber(0.001, 10_000)(value);
}

/** A parser for numbers in a range; commander turns its error into a usage error that names the option. */
export function parseNumber(least: number, most: number): (value: string) => number {
  return (value) => {
    const number = Number(value);
    if (value.trim() === '' || !Number.isFinite(number) || number < least || number > most)
      throw new InvalidArgumentError(`${least} to ${most}.`);
    return number;
  };
}

export function parseInteger(least: number, most: number): (value: string) => number {
  const parse = parseNumber(least, most);
  return (value) => {
    const number = parse(value);
    if (!Number.isInteger(number)) throw new InvalidArgumentError(`${least} to ${most}.`);
    return number;
  };
}

export function parseChoice<T extends string>(...choices: readonly T[]): (value: string) => T {
  return (value) => {
    const found = choices.find((choice) => choice.toLowerCase() === value.toLowerCase());
    if (!found) throw new InvalidArgumentError(`${choices.join(', ')}.`);
    return found;
  };
}
