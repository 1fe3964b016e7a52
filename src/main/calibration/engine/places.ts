import type { AnswerValues, CalibrationLoad, Procedure, ProcedureStep } from '../../../shared/domain/calibration.ts';
import { loadDuty } from '../compute/load-check.ts';

/** A step at one load, or without one: what the wizard goes through from first to last. */
export interface Place {
  /** `voltageBefore@0:1000`, `check@first`, `meter`; answers files use it. */
  key: string;
  step: ProcedureStep;
  load: CalibrationLoad | null;
  /** Places of one load stand together and are repeated or skipped together. */
  group: string;
}

/** Key of the group of a load. */
export function loadKey(load: CalibrationLoad): string {
  return `${load.range}:${load.nominalOhm ?? 'open'}`;
}

/**
 * The loads of a monitor at a voltage in the procedure's order, ascending in current within each range; all ranges where none are
 * named.
 */
export function loadsFor(
  procedure: Procedure,
  monitor: string,
  voltageV: number,
  ranges: readonly number[],
): { loads: CalibrationLoad[]; spans: { range: number; name: string; spanA: readonly [number, number] }[] } {
  const tables = procedure.loads.filter(
    (table) =>
      table.monitor === monitor &&
      table.minV <= voltageV &&
      voltageV <= table.maxV &&
      (ranges.length === 0 || ranges.includes(table.range)),
  );
  return {
    loads: tables.flatMap(({ range, ohm }) => ohm.map((nominalOhm) => ({ range, nominalOhm }))),
    spans: tables.map(({ range, name, spanA }) => ({ range, name, spanA })),
  };
}

/** Lays out a procedure: groups of steps with `each: load` are gone through once for each load. */
export function layOut(procedure: Procedure, loads: readonly CalibrationLoad[]): Place[] {
  const places: Place[] = [];
  const { steps } = procedure;
  for (let start = 0; start < steps.length;) {
    const { each } = steps[start] as ProcedureStep;
    let end = start;
    while (end < steps.length && steps[end]?.each === each) end += 1;
    const group = steps.slice(start, end);
    start = end;
    if (each === 'once') {
      places.push(...group.map((step) => ({ key: step.id, step, load: null, group: step.id })));
      continue;
    }
    const first = loads.find((load) => load.nominalOhm !== null);
    const chosen = each === 'load' ? loads : first ? [first] : [];
    for (const load of chosen) {
      const name = each === 'first' ? 'first' : loadKey(load);
      places.push(...group.map((step) => ({ key: `${step.id}@${name}`, step, load, group: name })));
    }
  }
  return places;
}

/** What decides whether a step applies. */
export interface Circumstances {
  procedure: Procedure;
  voltageV: number;
  temperatureKnown: boolean;
  gainCertificate: boolean;
  /** What was entered for the resistor of a load. */
  resistorOf(load: CalibrationLoad): AnswerValues | undefined;
}

/** Whether all conditions of a place's step hold. */
export function applies({ step, load }: Place, circumstances: Circumstances): boolean {
  return step.when.every((condition) => {
    switch (condition) {
      case 'resistor':
        return hasResistor(load);
      case 'open':
        return load?.nominalOhm === null;
      case 'noTemperature':
        return !circumstances.temperatureKnown;
      case 'gainCertificate':
        return circumstances.gainCertificate;
      case 'continuous':
      case 'pulsed':
        return hasResistor(load) && dutyOf(load, circumstances) === condition;
    }
  });
}

function hasResistor(load: CalibrationLoad | null): load is CalibrationLoad {
  return load !== null && load.nominalOhm !== null;
}

function dutyOf(load: CalibrationLoad, { procedure, voltageV, resistorOf }: Circumstances): string {
  const entered = resistorOf(load);
  const ohm = entered?.['ohm'];
  const ratingW = entered?.['ratingW'];
  if (!procedure.safety || typeof ohm !== 'number' || typeof ratingW !== 'number') return 'refused';
  return loadDuty({ ohm, ratingW }, voltageV, procedure.safety);
}
