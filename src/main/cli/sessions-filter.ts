import { InvalidArgumentError } from 'commander';
import type { Command } from 'commander';
import { sessionFilterSchema, sessionOrderSchema, wantedVerdictSchema } from '../../shared/domain/session-query.ts';
import type { SessionFilter, SessionOrder, SessionPage, WantedVerdict } from '../../shared/domain/session-query.ts';
import { sessionStateSchema } from '../../shared/domain/session-summary.ts';
import type { SessionState } from '../../shared/domain/session-summary.ts';
import type { Text } from '../../shared/text/index.ts';
import type { SessionList } from '../archive/index.ts';
import { parseChoice, parseInteger } from './options.ts';

export interface FilterOptions {
  search?: string;
  board?: string[];
  unit?: string[];
  workload?: string[];
  operator?: string[];
  verdict?: WantedVerdict[];
  state?: SessionState[];
  simulated?: boolean;
  real?: boolean;
  from?: string;
  to?: string;
  order?: SessionOrder;
  ascending?: boolean;
  limit?: number;
}

/** Rows that are asked for at once. */
const stretch = 200;

/** The filters of the Sessions page as options; those that take a name may be repeated. */
export function addFilterOptions(command: Command, text: Text): Command {
  const said = (name: string): string => text.t(`cli.option.sessions.${name}`);
  const several =
    <T>(parse: (value: string) => T) =>
    (value: string, before: T[] = []): T[] => [...before, parse(value)];
  const name = several((value) => value);
  return command
    .option('--search <words>', said('search'))
    .option('--board <id>', said('board'), name)
    .option('--unit <serial>', said('unit'), name)
    .option('--workload <id>', said('workload'), name)
    .option('--operator <name>', said('operator'), name)
    .option('--verdict <verdict>', said('verdict'), several(parseChoice(...wantedVerdictSchema.options)))
    .option('--state <state>', said('state'), several(parseChoice(...sessionStateSchema.options)))
    .option('--simulated', said('simulated'))
    .option('--real', said('real'))
    .option('--from <day>', said('from'), parseMoment(0))
    .option('--to <day>', said('to'), parseMoment(1))
    .option('--order <column>', said('order'), parseChoice(...sessionOrderSchema.options))
    .option('--ascending', said('ascending'))
    .option('--limit <count>', said('limit'), parseInteger(1, 1_000_000));
}

/** A day in the reader's zone, its begin or (`later` 1) its end, or a moment of ISO 8601; as ISO 8601 in UTC. */
export function parseMoment(later: 0 | 1): (value: string) => string {
  return (value) => {
    const [, year, month, day] = (/^(\d{4})-(\d{2})-(\d{2})$/.exec(value) ?? []).map(Number);
    const isDay = year !== undefined && month !== undefined && day !== undefined;
    const moment = isDay
      ? new Date(year, month - 1, day + later)
      : new Date(/^\d{4}-\d{2}-\d{2}T/.test(value) ? value : Number.NaN);
    // The 30th of February is no day, though Date takes it for one.
    const isReal = !isDay || (month <= 12 && new Date(year, month - 1, day).getDate() === day);
    if (Number.isNaN(moment.getTime()) || !isReal) throw new InvalidArgumentError('2026-11-24, 2026-11-24T09:30:00Z.');
    return moment.toISOString();
  };
}

/** Both kinds asked for is no filter, as on the page. */
export function readFilter(options: FilterOptions): SessionFilter & { order: SessionOrder; descending: boolean } {
  const { search, board, unit, workload, operator, verdict, state, simulated, real, from, to } = options;
  const filter = sessionFilterSchema.parse({
    search,
    boards: board,
    units: unit,
    workloads: workload,
    operators: operator,
    verdicts: verdict,
    states: state,
    simulated: simulated === real ? undefined : simulated === true,
    from,
    to,
  });
  return { ...filter, order: options.order ?? 'createdAt', descending: options.ascending !== true };
}

/** Every session that is wanted, up to a limit, after all folders were read. @throws faults of area `store`. */
export async function findAll(
  list: SessionList,
  root: string,
  filter: ReturnType<typeof readFilter>,
  limit: number | undefined,
  locale: string,
): Promise<SessionPage> {
  const most = limit ?? Number.POSITIVE_INFINITY;
  await list.refresh(root);
  const rows: SessionPage['rows'] = [];
  for (;;) {
    const wanted = Math.min(stretch, most - rows.length);
    const page = await list.page(root, { ...filter, offset: rows.length, limit: wanted }, locale);
    rows.push(...page.rows);
    if (page.rows.length === 0 || rows.length >= Math.min(most, page.total)) return { ...page, rows };
  }
}
