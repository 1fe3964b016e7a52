import type { SessionSummary } from '../../stores/index.ts';
import type { ScreenText } from '../../text/index.ts';

/** Operator, unit and board in one line; empty when none is known. */
export function whoAndWhat({ t }: ScreenText, { operator, dutUnit, board }: SessionSummary): string {
  const unit = dutUnit.serial ?? dutUnit.assetTag;
  return [operator, unit === undefined ? '' : t('ui.sessions.unit', { unit }), board].filter(Boolean).join(' · ');
}

export function verdictWords({ t, known }: ScreenText, verdict: string | undefined): string {
  return verdict === undefined || verdict === 'none'
    ? t('ui.sessions.noVerdict')
    : known(`term.verdict.${verdict}`, verdict);
}

/** The page of a session. */
export function sessionPath(sessionId: string): string {
  return `/sessions/${encodeURIComponent(sessionId)}`;
}
