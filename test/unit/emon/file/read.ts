import type { ImportedTrace } from '../../../../src/main/emon/file/types.ts';
import { Fault } from '../../../../src/shared/fault/index.ts';

/** All samples of a trace, as stored, and its digital inputs. */
export async function readAll(trace: ImportedTrace): Promise<{ values: number[]; digital: number[] }> {
  const values: number[] = [];
  const digital: number[] = [];
  for await (const block of trace.blocks()) {
    values.push(...block.values);
    digital.push(...(block.digital ?? []));
  }
  return { values, digital };
}

/** Why a file was refused. */
export async function reasonOf(work: Promise<unknown>): Promise<string> {
  const outcome: unknown = await work.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (!(outcome instanceof Fault) || outcome.code !== 'emon.badFile') throw new Error(`no refusal: ${String(outcome)}`);
  return (outcome.facts as { reason: string }).reason;
}
