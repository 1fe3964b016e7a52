import type { SignedStatement } from '../../src/shared/domain/signature.ts';

/** What somebody might sign. */
export function statementOf(change: Partial<SignedStatement> = {}): SignedStatement {
  return {
    format: 1,
    sessionId: 's1',
    simulated: true,
    app: { name: 'Joulebench', version: '1.2.3' },
    manifestSha256: 'c'.repeat(64),
    journal: { entries: 3, hash: 'b'.repeat(64) },
    files: [{ path: 'journal.jsonl', sha256: 'a'.repeat(64) }],
    verdicts: [
      {
        runId: 'r1',
        workload: 'demo01',
        mode: 'performance',
        status: 'completed',
        verdict: 'valid',
        qualityTarget: null,
      },
    ],
    role: 'operator',
    name: 'Ada',
    statement: 'I measured this.',
    remark: '',
    keyKeeping: 'passphrase',
    signedAt: '2026-05-06T07:08:09.000Z',
    ...change,
  };
}
