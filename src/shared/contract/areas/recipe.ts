import { z } from 'zod';
import { batchStateSchema, batchSummarySchema, fileProblemSchema } from '../../domain/batch.ts';
import { madeFileSchema } from '../../domain/made-file.ts';
import {
  baselineSchema,
  recipeBodySchema,
  recipeIdSchema,
  recipeSchema,
  recipeSummarySchema,
} from '../../domain/recipe.ts';
import { procedure, topic } from '../procedure.ts';
import { nothing, sessionKey } from './keys.ts';

const recipeKey = z.object({ recipeId: recipeIdSchema });
const batchKey = z.object({ batchId: z.string().max(120) });

/** What a unit was not started for: questions to the operator, not faults. */
export const unitAnswerSchema = z.object({
  outcome: z.enum(['started', 'duplicate', 'badSerial', 'underWay']),
});

/** Recipes and the batches that follow them. */
export const recipeProcedures = {
  'recipe.list': procedure(
    nothing,
    z.object({ recipes: z.array(recipeSummarySchema), problems: z.array(fileProblemSchema) }),
  ),
  'recipe.get': procedure(recipeKey, recipeSchema),
  /** Without an id a new recipe is made. */
  'recipe.save': procedure(z.object({ recipeId: recipeIdSchema.optional(), body: recipeBodySchema }), recipeSchema),
  'recipe.remove': procedure(recipeKey, nothing),
  'recipe.export': procedure(recipeKey, madeFileSchema),
  /** A recipe of the same id that says something else is kept: the imported one gets an id of its own. */
  'recipe.import': procedure(z.object({ name: z.string().max(255), text: z.string().max(300_000) }), recipeSchema),
  /** The figures of a session to compare with. */
  'recipe.baseline': procedure(sessionKey, baselineSchema),
  'batch.list': procedure(
    nothing,
    z.object({ batches: z.array(batchSummarySchema), problems: z.array(fileProblemSchema) }),
  ),
  'batch.create': procedure(
    recipeKey.extend({ name: z.string().trim().min(1).max(80) }),
    z.object({ batchId: z.string() }),
  ),
  /** `again`: the operator has confirmed that a unit of the batch is measured anew. */
  'batch.startUnit': procedure(
    batchKey.extend({
      serial: z.string().max(400),
      operator: z.string().max(120).default(''),
      again: z.boolean().default(false),
    }),
    unitAnswerSchema,
    60,
  ),
  'batch.resumeUnit': procedure(batchKey, nothing, 60),
  /** Gives the interrupted unit up: its sessions stay, it does not count. */
  'batch.putAside': procedure(batchKey, nothing),
  'batch.export': procedure(batchKey.extend({ format: z.enum(['csv', 'pdf']) }), madeFileSchema, 120),
  batch: topic(batchKey, batchStateSchema),
} as const;
