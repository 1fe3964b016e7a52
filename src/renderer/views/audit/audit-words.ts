import type { AuditFilter, AuditRow } from '../../../shared/domain/audit-page.ts';
import type { AuditComparison } from '../../../shared/domain/audit.ts';
import { formatNumber } from '../../../shared/units/index.ts';
import type { Tone } from '../../components/tone.ts';
import type { ScreenText } from '../../text/index.ts';

export function agreementOf({ agrees }: Pick<AuditRow, 'agrees'>): NonNullable<AuditFilter['agrees']> {
  if (agrees === null) return 'notCompared';
  return agrees ? 'agree' : 'disagree';
}

export function agreementTone(run: Pick<AuditRow, 'agrees'>): Tone {
  return ({ agree: 'ok', disagree: 'bad', notCompared: 'muted' } as const)[agreementOf(run)];
}

/** Benchmark and mode, and below it whose run of which round it is; the folder where it tells nothing. */
export function aboutRow(
  text: ScreenText,
  row: Pick<AuditRow, 'folder' | 'round' | 'organisation' | 'system' | 'board' | 'benchmark' | 'mode'>,
): { title: string; whose: string } {
  const mode = row.mode === null ? null : text.known(`term.mode.${row.mode}`, row.mode);
  const parts = (values: readonly (string | null)[]): string =>
    values.filter((value) => value !== null && value !== '').join(' · ');
  const title = parts([row.benchmark, mode]);
  const whose = parts([row.round, row.organisation, row.system, row.board]);
  return { title: title === '' ? row.folder : title, whose: whose === '' ? row.folder : whose };
}

/** `2 E 1 W`; empty without findings. */
export function countsOf(row: Pick<AuditRow, 'E' | 'W' | 'I'>): string {
  return (['E', 'W', 'I'] as const).flatMap((key) => (row[key] > 0 ? [`${row[key]} ${key}`] : [])).join('  ');
}

/** Both figures of a comparison: the printed one to its digits, the other with two digits more. */
export function comparedText(
  { published, recomputed, step }: AuditComparison,
  locale: string,
): { published: string; recomputed: string } {
  const decimals = Math.min(12, Math.max(0, Math.ceil(-Math.log10(step) - 1e-9)));
  const whole = Number.isInteger(recomputed) && decimals === 0;
  return {
    published: formatNumber(published, { decimals, locale }),
    recomputed: formatNumber(recomputed, { decimals: whole ? 0 : Math.min(14, decimals + 2), locale }),
  };
}
