import { describe, it } from 'vitest';
import { expectAsTold, isLost, isPpk2 } from './fault-case.ts';
import { cases } from './fault-cases.ts';

describe('a fault of an energy run with a PPK2', () => {
  it.each(
    cases
      .filter((made) => isPpk2(made) && !isLost(made))
      .map((made) => [made.fault, made.variant ?? '', made] as const),
  )('%s %s ends as the table says', (_fault, _variant, made) => expectAsTold(made, []));
});
