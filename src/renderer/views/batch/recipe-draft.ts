import { energyRequestSchema } from '../../../shared/domain/energy-request.ts';
import { limitKinds, recipeProblems } from '../../../shared/domain/recipe.ts';
import type {
  Limit,
  LimitKind,
  Recipe,
  RecipeBody,
  RecipeFigure,
  RecipeFlash,
  RecipeProblem,
} from '../../../shared/domain/recipe.ts';
import type { RunSettings } from '../../../shared/domain/run.ts';
import { runSettingsSchema } from '../../../shared/domain/run.ts';
import type { Mode } from '../../../shared/domain/workload.ts';
import type { CallInput } from '../../../shared/contract/index.ts';

/** A limit as it stands in the form: the bound as it is written there, of any kind. */
export interface LimitDraft {
  key: number;
  workload: string;
  kind: LimitKind;
  figure: RecipeFigure;
  atLeast: 'valid' | 'remarks';
  /** In the unit of the form: inf/s, per cent, area, uJ. */
  value: number | undefined;
}

export type RecipeDraft = Omit<RecipeBody, 'limits' | 'flash'> & {
  limits: LimitDraft[];
  flash: RecipeFlash | undefined;
};

/** Units in which bounds are typed, and what one of them is inside. */
export const boundOf: Record<
  Exclude<LimitKind, 'verdict' | 'qualityTarget'>,
  { unit: string; factor: number; max: number }
> = {
  throughput: { unit: 'inf/s', factor: 1, max: 1e9 },
  top1: { unit: '%', factor: 0.01, max: 100 },
  auc: { unit: '', factor: 1, max: 1 },
  energy: { unit: 'µJ', factor: 1, max: 1e12 },
  regression: { unit: '%', factor: 0.01, max: 1000 },
};

export function hasBound(kind: LimitKind): kind is keyof typeof boundOf {
  return kind !== 'verdict' && kind !== 'qualityTarget';
}

/** What the run page says now, as far as a recipe takes it: the unit and the operator are the batch's. */
export function measuredFrom(
  input: CallInput<'run.start'>,
): Pick<RecipeBody, 'bench' | 'items' | 'modes' | 'settings' | 'energy'> {
  const { benchId, workload, modelFile, datasetFolder, modes, energy, settings } = input;
  return {
    bench: benchId,
    items: [
      {
        workload,
        ...(modelFile === undefined ? {} : { modelFile }),
        ...(datasetFolder === undefined ? {} : { datasetFolder }),
      },
    ],
    modes: [...modes],
    settings: runSettingsSchema.parse(settings ?? {}) as RunSettings,
    ...(energy ? { energy: energyRequestSchema.parse(energy) } : {}),
  };
}

let nextKey = 1;
export function freshLimit(workload: string, kind: LimitKind): LimitDraft {
  return { key: nextKey++, workload, kind, figure: 'energy', atLeast: 'remarks', value: undefined };
}

/** A new recipe: nothing but a measurement that is not invalid is asked for. */
export function freshDraft(input: CallInput<'run.start'>): RecipeDraft {
  return {
    ...measuredFrom(input),
    name: '',
    note: '',
    serialPattern: '',
    flash: undefined,
    limits: [freshLimit(input.workload, 'verdict')],
  };
}

export function draftOf({ id: _id, schema: _schema, savedAt: _savedAt, ...body }: Recipe): RecipeDraft {
  return { ...body, flash: body.flash, limits: body.limits.map(limitDraft) };
}

function limitDraft(limit: Limit): LimitDraft {
  const draft = freshLimit(limit.workload, limit.kind);
  if (limit.kind === 'verdict') return { ...draft, atLeast: limit.atLeast };
  if (limit.kind === 'qualityTarget') return draft;
  if (limit.kind === 'throughput') return { ...draft, value: limit.minInfPerS };
  if (limit.kind === 'top1') return { ...draft, value: inPercent(limit.minShare) };
  if (limit.kind === 'auc') return { ...draft, value: limit.minArea };
  if (limit.kind === 'energy') return { ...draft, value: limit.maxUJPerInf };
  return { ...draft, figure: limit.figure, value: inPercent(limit.maxShare) };
}

/** Without the dust of binary fractions: 0.07 is 7, not 7.000000000000001. */
function inPercent(share: number): number {
  return Number((share * 100).toPrecision(12));
}

/** Undefined where the bound is missing or out of range. */
export function limitOf({ workload, kind, figure, atLeast, value }: LimitDraft): Limit | undefined {
  if (kind === 'verdict') return { workload, kind, atLeast };
  if (kind === 'qualityTarget') return { workload, kind };
  const { factor, max } = boundOf[kind];
  const zero = kind === 'regression' || kind === 'top1' || kind === 'auc';
  if (value === undefined || !(zero ? value >= 0 : value > 0) || value > max) return undefined;
  const bound = Number((value * factor).toPrecision(15));
  if (kind === 'throughput') return { workload, kind, minInfPerS: bound };
  if (kind === 'top1') return { workload, kind, minShare: bound };
  if (kind === 'auc') return { workload, kind, minArea: bound };
  if (kind === 'energy') return { workload, kind, maxUJPerInf: bound };
  return { workload, kind, figure, maxShare: bound };
}

/** The recipe that the form stands for; undefined while a bound is missing. */
export function bodyOf({ limits: drafts, flash, ...rest }: RecipeDraft): RecipeBody | undefined {
  const limits = drafts.map(limitOf);
  if (limits.some((limit) => limit === undefined)) return undefined;
  return {
    ...rest,
    ...(flash ? { flash } : {}),
    name: rest.name.trim(),
    limits: limits.filter((limit) => limit !== undefined),
  };
}

export type ProblemKey = RecipeProblem['key'] | 'noName' | 'noLimit' | 'noBoard' | 'badValue';

/** What keeps the recipe from being saved: keys of words, those about a limit under its index. */
export function problemsOf(draft: RecipeDraft): { general: ProblemKey[]; limits: Map<number, ProblemKey> } {
  const general: ProblemKey[] = [];
  const limits = new Map<number, ProblemKey>();
  if (draft.name.trim() === '') general.push('noName');
  if (draft.limits.length === 0) general.push('noLimit');
  if (draft.flash?.board === '') general.push('noBoard');
  // A limit without its bound stands in with the smallest one, so that what else is wrong with it is said.
  const whole = draft.limits.map((limit, index) => {
    const found = limitOf(limit);
    if (!found) limits.set(index, 'badValue');
    return found ?? limitOf({ ...limit, value: 1 });
  });
  const known = whole.filter((limit) => limit !== undefined);
  for (const { key, limit } of recipeProblems({ ...draft, limits: known })) {
    if (limit === undefined) general.push(key);
    else limits.set(limit, key);
  }
  return { general, limits };
}

/** The kinds of limits that a recipe's runs can have. */
export function kindsFor(modes: readonly Mode[]): LimitKind[] {
  const needs: Partial<Record<LimitKind, Mode>> = {
    throughput: 'performance',
    top1: 'accuracy',
    auc: 'accuracy',
    qualityTarget: 'accuracy',
    energy: 'energy',
  };
  return limitKinds.filter((kind) => {
    const mode = needs[kind];
    return mode === undefined || modes.includes(mode);
  });
}
