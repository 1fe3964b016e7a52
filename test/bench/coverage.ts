import { parseArgs } from 'node:util';
import { fullCases } from '../e2e/monitor/coverage/cases.ts';
import { coverageLines, coverageOf } from '../e2e/monitor/coverage/coverage.ts';

/**
 * How often the stated uncertainties hold on emulated instruments, through bytes, drivers, windows, wizards and budgets: the table in
 * `docs/uncertainty.md`. `node test/bench/coverage.ts --trials 2000 --case ppk2`.
 */
const { values } = parseArgs({ options: { trials: { type: 'string', default: '2000' }, case: { type: 'string' } } });

for (const [name, plan] of Object.entries(fullCases)) {
  if (values.case !== undefined && values.case !== name) continue;
  const began = performance.now();
  const coverage = await coverageOf(plan, Number(values.trials), 1);
  console.log(`${coverageLines(name, coverage)}\n  ${((performance.now() - began) / 1000).toFixed(0)} s`);
}
