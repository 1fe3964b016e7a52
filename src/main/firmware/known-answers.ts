import { crc32 } from 'node:zlib';
import { generateInput } from '../model/index.ts';
import type { PlanDescription, RunOps } from '../model/index.ts';

/** The input of the self-check is that of this seed (`generateInput`). */
const knownSeed = 1;

/** What an image's self-check compares with: the CRC-32 of every operator's output for the input of one seed. */
export interface KnownAnswers {
  seed: number;
  operators: readonly number[];
}

/**
 * Runs the plan somewhere else than on the board and keeps a checksum of every operator's output.
 * @param runOps runs the same plan by kernels that golden vectors have proven: the virtual DUT's.
 */
export async function knownAnswers(plan: PlanDescription, runOps: RunOps): Promise<KnownAnswers> {
  const outputs = await runOps(generateInput(knownSeed, plan.input.bytes));
  return { seed: knownSeed, operators: outputs.map((output) => crc32(output)) };
}

/** As the image holds them: 32-bit little-endian words: seed, number of operators, one checksum an operator. */
export function encodeKnownAnswers({ seed, operators }: KnownAnswers): Uint8Array {
  const bytes = new Uint8Array(8 + 4 * operators.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, seed, true);
  view.setUint32(4, operators.length, true);
  operators.forEach((value, index) => view.setUint32(8 + 4 * index, value, true));
  return bytes;
}
