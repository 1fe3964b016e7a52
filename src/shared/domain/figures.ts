import { z } from 'zod';
import { energyFiguresSchema } from './energy.ts';
import { windowResultSchema } from './run.ts';

/** The figures of one run, computed from its raw records by `src/main/session`; absent where they do not apply. */
export const figuresSchema = z.object({
  windows: z.array(windowResultSchema).optional(),
  medianThroughputInfPerS: z.number().optional(),
  /** (largest - smallest) / median of the throughputs. */
  spread: z.number().optional(),
  inputs: z.number().int().optional(),
  correct: z.number().int().optional(),
  top1: z.number().optional(),
  /** Wilson 95 % interval of top-1. */
  top1Interval: z.tuple([z.number(), z.number()]).optional(),
  aucExact: z.number().optional(),
  aucEembc: z.number().optional(),
  aucMlc: z.number().optional(),
  /** [true class][predicted class] */
  confusion: z.array(z.array(z.number().int())).optional(),
  energy: energyFiguresSchema.optional(),
});
export type Figures = z.infer<typeof figuresSchema>;
