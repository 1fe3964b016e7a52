import { hasFigure } from '../energy-view.ts';
import type { EnergyView } from '../energy-view.ts';
import type { RunView, SessionView } from '../view.ts';

/** Version of `energy.json`; see docs/formats/results.md. */
export const energyFormat = 1;

/**
 * `energy.json`: everything behind the figure of an energy run, unrounded: what was set, what the trace says, the figures with their
 * budget. Made from the journal alone. Headline fields are null where the budget allows no figure; `figures` still says what was found.
 */
export function writeEnergyJson(session: SessionView, run: RunView, energy: EnergyView): string {
  const { setup, trace, figures } = energy;
  const figure = run.status === 'completed' && hasFigure(figures) ? figures : null;
  const content = {
    schema: `joulebench.energy/${energyFormat}`,
    program: session.app.name,
    version: session.app.version,
    simulated: session.simulated,
    notice: 'Not a verified MLPerf result.',
    session: session.sessionId,
    run: run.runId,
    workload: run.workload.id,
    status: run.status,
    verdict: run.judgement?.verdict ?? null,
    medianEnergyUJPerInf: figure?.medianEnergyUJPerInf ?? null,
    expandedUncertaintyUJPerInf: figure?.budget.expandedUncertainty ?? null,
    coverageFactor: figure?.budget.coverageFactor ?? null,
    combinedStandardUncertaintyUJPerInf: figure?.budget.combinedStandardUncertainty ?? null,
    effectiveDegreesOfFreedom: figure?.budget.effectiveDegreesOfFreedom ?? null,
    interval95UJPerInf: figure?.budget.interval95 ?? null,
    k95: figure?.budget.k95 ?? null,
    plane: setup.plane,
    setup,
    trace,
    figures,
  };
  return `${JSON.stringify(content, null, 2)}\n`;
}
