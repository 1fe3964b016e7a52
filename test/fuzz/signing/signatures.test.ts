import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeKeyPair, signBytes } from '../../../src/main/signing/ed25519.ts';
import { isSignedBy, parseKnownKeys, parseSignatures, signStatement } from '../../../src/main/signing/index.ts';
import { parseKeyFile } from '../../../src/main/signing/key-ring.ts';
import { isFault } from '../../../src/shared/fault/index.ts';
import { statementOf } from '../../support/signature.ts';

const { publicKey, privateKey } = makeKeyPair();
const signature = signStatement(statementOf({ remark: 'ä' }), {
  publicKey,
  sign: (bytes) => signBytes(privateKey, bytes),
});
const whole = Buffer.from(JSON.stringify({ format: 1, signatures: [signature], report: null }));
const original = JSON.stringify(signature.statement);

describe('the file of signatures', () => {
  it('changed anywhere never throws, and never says something else in the name of its signer', () => {
    fc.assert(
      fc.property(fc.nat(whole.length - 1), fc.uint8Array({ minLength: 0, maxLength: 3 }), (at, put) => {
        const bytes = Buffer.concat([whole.subarray(0, at), put, whole.subarray(at + Math.max(1, put.length))]);
        const content = parseSignatures(bytes);
        if (content.kind !== 'file') return;
        for (const one of content.file.signatures)
          if (isSignedBy(one)) {
            expect(one.publicKey).toBe(publicKey);
            expect(JSON.stringify(one.statement)).toBe(original);
          }
      }),
      { numRuns: 12_000 },
    );
  });

  it('made of any bytes or any JSON is unreadable or a file', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.uint8Array({ maxLength: 200 }),
          fc.json().map((json) => Buffer.from(json)),
        ),
        (bytes) => {
          expect(['file', 'unreadable']).toContain(parseSignatures(bytes).kind);
        },
      ),
      { numRuns: 5000 },
    );
  });
});

describe('key files and lists of known keys', () => {
  it.each([parseKeyFile, parseKnownKeys])('made of any text are refused with a fault', (parse) => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        try {
          parse('x', text);
        } catch (error) {
          expect(isFault(error, 'signing.keyDamaged')).toBe(true);
        }
      }),
      { numRuns: 10_000 },
    );
  });
});
