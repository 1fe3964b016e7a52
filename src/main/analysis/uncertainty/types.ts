import type { z } from 'zod';
import type { figureOriginSchema } from '../../../shared/domain/energy.ts';

export type { Budget, BudgetRow, HalfWidth } from '../../../shared/domain/energy.ts';
export type FigureOrigin = z.infer<typeof figureOriginSchema>;
