import type { Mode } from '../../../shared/domain/workload.ts';
import type { CompanionEvidence, RunEvidence } from '../../rules/index.ts';

/** Energy runs give their outputs last: they are compared with the accuracy run, or else with the performance run. */
const comparedWith: Readonly<Record<Mode, readonly Mode[]>> = {
  accuracy: [],
  performance: ['accuracy'],
  energy: ['accuracy', 'performance'],
};

/**
 * What the rules see of the other runs of the same benchmark of the same system. Outputs are compared in one direction only, so that one
 * difference is not found twice: windows against the accuracy run, energy against performance where there is none.
 */
export function companionsOf(own: RunEvidence, others: readonly RunEvidence[]): CompanionEvidence[] {
  const source = comparedWith[own.mode].find((mode) =>
    others.some((other) => other.mode === mode && [...other.inputs, ...other.windows].some(({ results }) => results)),
  );
  return others.map((other) => ({
    mode: other.mode,
    dut: other.dut,
    artefacts: other.artefacts,
    results:
      other.mode !== source
        ? []
        : [...other.inputs, ...other.windows].flatMap(({ file, offsetBytes, results }) =>
            results ? [{ file, offsetBytes, values: results }] : [],
          ),
    medianThroughputInfPerS: other.figures.medianThroughputInfPerS ?? other.energy?.medianThroughputInfPerS ?? null,
    throughputRelU: null,
  }));
}
