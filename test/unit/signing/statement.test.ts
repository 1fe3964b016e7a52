import { createPublicKey, verify } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
  isReportSealed,
  isSignedBy,
  parseSignatures,
  publicKeyPem,
  sealReport,
  signedBytes,
  signStatement,
} from '../../../src/main/signing/index.ts';
import { makeKeyPair, signBytes, verifyBytes } from '../../../src/main/signing/ed25519.ts';
import type { SignedStatement } from '../../../src/shared/domain/signature.ts';
import { statementOf } from '../../support/signature.ts';

const signer = (): { publicKey: string; sign(bytes: Uint8Array): string } => {
  const { publicKey, privateKey } = makeKeyPair();
  return { publicKey, sign: (bytes) => signBytes(privateKey, bytes) };
};

describe('a signed statement', () => {
  it('has one sequence of bytes, whatever the order of its members', () => {
    const statement = statementOf();
    const turned = Object.fromEntries(Object.entries(statement).reverse()) as SignedStatement;
    expect(Buffer.from(signedBytes(turned)).toString('utf8')).toBe(
      Buffer.from(signedBytes(statement)).toString('utf8'),
    );
  });

  it('has the bytes that docs/formats/signature.md gives', () => {
    const bytes = Buffer.from(signedBytes(statementOf({ remark: 'ä"\n' }))).toString('utf8');
    expect(bytes).toBe(
      'joulebench.signature/1\n' +
        '{"app":{"name":"Joulebench","version":"1.2.3"},' +
        `"files":[{"path":"journal.jsonl","sha256":"${'a'.repeat(64)}"}],"format":1,` +
        `"journal":{"entries":3,"hash":"${'b'.repeat(64)}"},"keyKeeping":"passphrase","manifestSha256":"${'c'.repeat(64)}",` +
        '"name":"Ada","remark":"ä\\"\\n","role":"operator","sessionId":"s1","signedAt":"2026-05-06T07:08:09.000Z",' +
        '"simulated":true,"statement":"I measured this.",' +
        '"verdicts":[{"mode":"performance","qualityTarget":null,"runId":"r1","status":"completed","verdict":"valid","workload":"demo01"}]}',
    );
  });

  it('can be checked by other programs with the exported key', () => {
    const signature = signStatement(statementOf(), signer());
    const key = createPublicKey(publicKeyPem(signature.publicKey));
    expect(verify(null, signedBytes(signature.statement), key, Buffer.from(signature.signature, 'base64'))).toBe(true);
  });

  it('holds for its own key and for what was signed only', () => {
    const signature = signStatement(statementOf(), signer());
    expect(isSignedBy(signature)).toBe(true);
    expect(isSignedBy({ ...signature, publicKey: signer().publicKey })).toBe(false);
    const changes: Partial<SignedStatement>[] = [
      { name: 'Eve' },
      { role: 'reviewer' },
      { remark: 'x' },
      { sessionId: 's2' },
      { simulated: false },
      { manifestSha256: 'd'.repeat(64) },
      { journal: { entries: 4, hash: 'b'.repeat(64) } },
      { files: [] },
      { verdicts: [] },
      { signedAt: '2026-05-06T07:08:10.000Z' },
      { keyKeeping: 'system' },
      { statement: 'I reviewed this.' },
    ];
    for (const change of changes)
      expect(isSignedBy({ ...signature, statement: statementOf(change) }), JSON.stringify(change)).toBe(false);
  });

  it('is not signed by keys of small order, for which anything would hold', () => {
    const point = Buffer.concat([Buffer.from([1]), Buffer.alloc(31)]).toString('base64');
    const forged = Buffer.concat([Buffer.from([1]), Buffer.alloc(63)]).toString('base64');
    expect(verifyBytes(point, Buffer.from('anything'), forged)).toBe(false);
    expect(verifyBytes('', Buffer.from('x'), '')).toBe(false);
  });

  it('is tied to its report by one of the signers', () => {
    const [ada, eve] = [signer(), signer()];
    const signature = signStatement(statementOf(), ada);
    const facts = { path: 'report-signed.pdf', bytes: 3, sha256: 'e'.repeat(64), paper: 'A4' } as const;
    const report = sealReport(facts, [signature], ada);
    expect(isReportSealed(report, [signature])).toBe(true);
    expect(isReportSealed({ ...report, sha256: 'f'.repeat(64) }, [signature])).toBe(false);
    expect(isReportSealed(report, [signStatement(statementOf({ remark: 'later' }), ada)])).toBe(false);
    expect(isReportSealed(sealReport(facts, [signature], eve), [signature])).toBe(false);
  });
});

describe('signatures.json', () => {
  const signature = signStatement(statementOf(), signer());
  const whole = { format: 1, signatures: [signature], report: null };
  const parse = (value: unknown): string => {
    const content = parseSignatures(Buffer.from(JSON.stringify(value)));
    return content.kind === 'unreadable' ? content.reason : content.kind;
  };

  it('is read as it was written', () => {
    const content = parseSignatures(Buffer.from(JSON.stringify(whole)));
    expect(content).toEqual({ kind: 'file', file: whole });
    expect(content.kind === 'file' && content.file.signatures.every(isSignedBy)).toBe(true);
  });

  it('of a newer version, with two signatures in a role or members of its own is refused by name', () => {
    expect(parse({ ...whole, format: 2 })).toBe('format 2');
    expect(parse({ ...whole, signatures: [signature, signature] })).toBe('shape');
    expect(parse({ ...whole, signatures: [{ ...signature, trusted: true }] })).toBe('signatures.0');
    expect(parse({ ...whole, signatures: [{ ...signature, publicKey: 'x' }] })).toBe('signatures.0.publicKey');
    expect(parse(null)).toBe('shape');
  });
});
