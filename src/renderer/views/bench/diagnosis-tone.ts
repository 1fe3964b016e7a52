import type { DoctorReport } from '../../stores/index.ts';

const good: ReadonlySet<string> = new Set<DoctorReport['diagnosis']['code']>([
  'healthy',
  'healthyNoBaud',
  'resetOnOpen',
]);

/** Whether a run can start after this diagnosis, or something has to be mended first. */
export function diagnosisTone(code: DoctorReport['diagnosis']['code']): 'ok' | 'warn' {
  return good.has(code) ? 'ok' : 'warn';
}
