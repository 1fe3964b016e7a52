import type { ComparedSessionView } from '../../../shared/domain/comparison.ts';
import { formatDateTime } from '../../../shared/units/index.ts';
import type { ScreenText } from '../../text/use-text.ts';

/** A session's short name on this page, by its place: A is the baseline. */
export function letterOf(index: number): string {
  return String.fromCharCode(65 + index);
}

/** Who measured which unit, and when. */
export function aboutSession(
  text: ScreenText,
  session: Pick<ComparedSessionView, 'createdAt' | 'operator' | 'dutUnit'>,
): string {
  const unit = session.dutUnit.serial ?? session.dutUnit.assetTag;
  return [
    unit === undefined ? '' : text.t('ui.compare.unit', { unit }),
    session.operator,
    formatDateTime(session.createdAt, { locale: text.locale }),
  ]
    .filter(Boolean)
    .join(' · ');
}
