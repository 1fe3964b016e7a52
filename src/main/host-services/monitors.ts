import type { MonitorSummary } from '../../shared/domain/bench-catalogue.ts';
import { monitorCatalogue } from '../emon/index.ts';

/** The monitors of the catalogue that have a driver. */
export function monitorSummaries(): MonitorSummary[] {
  return monitorCatalogue.flatMap(({ driver }) =>
    driver
      ? [
          {
            kind: driver.kind,
            model: driver.model,
            acceptance: driver.acceptance,
            triedOnHardware: driver.triedOnHardware,
            voltageV: driver.voltageV,
            maxCurrentA: driver.maxCurrentA,
            sampleRateHz: driver.score.sampleRateHz,
          },
        ]
      : [],
  );
}
