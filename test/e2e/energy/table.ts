import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

/** A row of the table of docs/energy-faults.md. */
export interface FaultRow {
  cells: readonly string[];
  fault: string;
  /** Everything in code marks of the cell that says what becomes of it: `invalid: NRG-08`, `emon.overcurrent`, ... */
  outcomes: readonly string[];
  outcome: string;
  kept: string;
}

/** The table as it stands in the manual. */
export function faultTable(): FaultRow[] {
  const page = readFileSync(resolve(import.meta.dirname, '../../../docs/energy-faults.md'), 'utf8');
  const [first = ''] = page.split('\n## ');
  return first
    .split('\n')
    .filter((line) => line.startsWith('| '))
    .slice(2)
    .map((line) => {
      const cells = line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim());
      const [fault = '', , outcome = '', keptText = ''] = cells;
      const outcomes = [...outcome.matchAll(/`([^`]+)`/g)].map((match) => match[1] ?? '');
      return { cells, fault, outcomes, outcome, kept: keptText };
    });
}
