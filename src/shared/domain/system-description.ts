import { z } from 'zod';

/**
 * Keys of a system description, spelt as in the template (results and submission, section 8; also the trailing blank of one of them), in its
 * order.
 */
export const systemKeys = [
  'Submitter',
  'Division',
  'Status',
  'Board Name',
  'Board Memory capacity (not including SoC, processor, or accelerator)',
  'Board Memory type',
  'Board storage capacity',
  'Board storage type',
  'SoC Name',
  'SoC Memory capacity (not including processor or accelerator)',
  'SoC Memory type',
  'SoC storage capacity',
  'SoC storage type',
  'Processor(s) Name',
  'Processor(s) Frequencies',
  'Processor memory type and capacity',
  'Processor storage type and capacity',
  'Accelerator',
  'Accelerator(s) Frequencies',
  'Accelerator memory type and capacity',
  'Accelerator storage type and capacity',
  'Hardware Notes',
  'Inference Framework',
  'Software Libraries',
  'Operating System ',
  'Other Software Stack',
  'Software Notes',
  'Quantization Method',
  'Training framework (open division)',
  'ML Model Compiler(s)',
  'General Compiler(s)',
  'Other Software',
  'Training and Quantization Notes',
] as const;
export type SystemKey = (typeof systemKeys)[number];

/**
 * Name of a system: a folder of a package and a file in the settings, on every platform. Names of devices of Windows, such as `con`, are
 * none.
 */
export const systemNameSchema = z
  .string()
  .regex(/^(?!(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$))[a-z0-9](?:[a-z0-9._-]{0,98}[a-z0-9_-])?$/i);

/** Keys that have to say something (PKG-08 to PKG-10); of the compilers one is enough. */
const filledKeys: readonly string[] = [
  'Submitter',
  'Division',
  'Status',
  'Board Name',
  'SoC Name',
  'Processor(s) Name',
  'Processor(s) Frequencies',
  'Inference Framework',
  'Quantization Method',
];
const compilers = ['ML Model Compiler(s)', 'General Compiler(s)'] as const;

/** A key that the template also holds, and some published files. */
const alsoKnown = 'Operating System';

/** The description of a measured system: all keys of the template, each with a text that may be empty. */
export const systemDescriptionSchema = z.strictObject({
  ...(Object.fromEntries(systemKeys.map((key) => [key, z.string().max(4000)])) as Record<
    (typeof systemKeys)[number],
    z.ZodString
  >),
  [alsoKnown]: z.string().max(4000).optional(),
});
export type SystemDescription = z.infer<typeof systemDescriptionSchema>;

/** What is wrong with a key; a key of the words under `package.problem`. */
export type DescriptionProblem = 'missing' | 'notText' | 'unknown' | 'empty' | 'division' | 'status';

export interface DescriptionFault {
  key: string;
  problem: DescriptionProblem;
}

/** Checks a parsed description. Pure; every key that is wrong is named at once. */
export function checkSystemDescription(
  value: unknown,
): { ok: true; fields: SystemDescription } | { ok: false; problems: DescriptionFault[] } {
  const result = systemDescriptionSchema.safeParse(value);
  const given = new Map(typeof value === 'object' && value !== null ? Object.entries(value) : []);
  const problems = [...(result.success ? [] : result.error.issues.flatMap((issue) => faultsOf(issue, given)))];
  problems.push(...contentFaults(given));
  return result.success && problems.length === 0 ? { ok: true, fields: result.data } : { ok: false, problems };
}

function faultsOf(issue: z.core.$ZodIssue, given: ReadonlyMap<string, unknown>): DescriptionFault[] {
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => ({ key, problem: 'unknown' }));
  const key = String(issue.path[0] ?? '');
  return [{ key, problem: given.has(key) ? 'notText' : 'missing' }];
}

/** Keys that are texts but say nothing, or something that no tool knows. */
function contentFaults(given: ReadonlyMap<string, unknown>): DescriptionFault[] {
  const textOf = (key: string): string | undefined => {
    const text = given.get(key);
    return typeof text === 'string' ? text.trim() : undefined;
  };
  const faults: DescriptionFault[] = filledKeys
    .filter((key) => textOf(key) === '')
    .map((key) => ({ key, problem: 'empty' }));
  if (compilers.every((key) => textOf(key) === '')) faults.push({ key: compilers[0], problem: 'empty' });
  const allowed = [
    ['Division', 'division', /^(?:closed|open|)$/i],
    ['Status', 'status', /^(?:available|preview|rdi|)$/i],
  ] as const;
  for (const [key, problem, pattern] of allowed) {
    const text = textOf(key);
    if (text !== undefined && !pattern.test(text)) faults.push({ key, problem });
  }
  return faults;
}
