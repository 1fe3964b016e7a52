import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { procedureIdSchema, procedureSchema } from '../../shared/domain/calibration.ts';
import type { Procedure } from '../../shared/domain/calibration.ts';
import { Fault } from '../../shared/fault/index.ts';

/** Reads all procedure files of the resources, in the order in which a bench is calibrated. @throws what a damaged installation gives. */
export function readProcedures(resourcesDir: string): Promise<Procedure[]> {
  return Promise.all(
    procedureIdSchema.options.map(async (id) =>
      procedureSchema.parse(JSON.parse(await readFile(join(resourcesDir, 'calibration', `${id}.json`), 'utf8'))),
    ),
  );
}

/** @throws Fault `calibration.unknownProcedure`. */
export function findProcedure(procedures: readonly Procedure[], id: string): Procedure {
  const found = procedures.find((procedure) => procedure.id === id);
  if (!found)
    throw new Fault('calibration.unknownProcedure', { procedure: id, known: procedures.map((known) => known.id) });
  return found;
}
