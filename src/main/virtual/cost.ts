import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { Fault } from '../../shared/fault/index.ts';
import { costFeatures, estimateInstructions, type PlanDescription } from '../model/index.ts';

const instructions = z.number().nonnegative();

/** `resources/firmware/cost/*.json`; the README beside it says what each field means. */
export const costTableSchema = z.object({
  format: z.literal(1),
  cpu: z.string(),
  kernelSet: z.string(),
  inputInstructionsPerByte: z.object({ int8: instructions, uint8: instructions, float32le: instructions }),
  /** For plans that were not measured: by kernel, instructions for each unit of a feature (`costFeatures`) and for each call. */
  estimate: z.record(z.string(), z.record(z.string(), instructions)),
  models: z.array(
    z.object({
      planSha256: z.string().regex(/^[0-9a-f]{64}$/),
      model: z.string(),
      instructions: z.array(instructions),
    }),
  ),
});
export type CostTable = z.infer<typeof costTableSchema>;

/** What a plan costs on the virtual DUT, in CPU cycles, and where the figures come from. */
export interface PlanCost {
  /** `measured`: counted for this very plan; `estimated`: by the formula of the model compiler's cost features. */
  source: 'measured' | 'estimated';
  operatorCycles: readonly number[];
  /** Turning one payload into the input tensor. */
  inputCycles: number;
}

/** Reads a cost table; throws `virtual.costTable`. */
export async function readCostTable(file: string): Promise<CostTable> {
  let parsed: unknown;
  try {
    parsed = JSON.parse(await readFile(file, 'utf8'));
  } catch (cause) {
    const reason = (cause as NodeJS.ErrnoException).code ?? 'not JSON';
    throw new Fault('virtual.costTable', { file, reason }, { cause });
  }
  const table = costTableSchema.safeParse(parsed);
  if (table.success) return table.data;
  const issue = table.error.issues[0];
  const reason = issue ? `${issue.path.join('.')}: ${issue.message}` : 'unknown form';
  throw new Fault('virtual.costTable', { file, reason }, { cause: table.error });
}

/** Cycles of a plan: cycles per instruction times instructions, measured where the table knows the image (virtual-bench 3.2). */
export function planCost(
  image: Uint8Array,
  plan: PlanDescription,
  table: CostTable,
  cyclesPerInstruction: number,
): PlanCost {
  const planSha256 = createHash('sha256').update(image).digest('hex');
  const measured = table.models.find(
    (model) => model.planSha256 === planSha256 && model.instructions.length === plan.ops.length,
  );
  const counts = measured?.instructions ?? costFeatures(plan).map((op) => estimateInstructions(op, table.estimate));
  const perByte = table.inputInstructionsPerByte[plan.input.transform];
  return {
    source: measured ? 'measured' : 'estimated',
    operatorCycles: counts.map((count) => Math.round(cyclesPerInstruction * count)),
    inputCycles: Math.round(cyclesPerInstruction * perByte * plan.input.payloadBytes),
  };
}
