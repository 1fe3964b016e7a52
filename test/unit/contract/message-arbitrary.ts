import fc from 'fast-check';

const binary = fc.oneof(
  fc.uint8Array({ maxLength: 20 }),
  fc.int8Array({ maxLength: 20 }),
  fc.int16Array({ maxLength: 20 }),
  fc.uint32Array({ maxLength: 20 }),
  fc.float32Array({ maxLength: 20 }),
  fc.float64Array({ maxLength: 20 }),
  fc.bigInt64Array({ maxLength: 5 }),
  fc.uint8Array({ maxLength: 20 }).map((bytes) => Uint8Array.from(bytes).buffer),
);

/** Anything that may be sent, with binary values in any place. */
export const message: fc.Arbitrary<unknown> = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, depthSize: 'small' },
    fc.constantFrom(null, true, false),
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => (Object.is(number, -0) ? 0 : number)),
    fc.string({ unit: 'binary', maxLength: 12 }),
    fc.string({ unit: 'binary-ascii', maxLength: 12 }),
    binary,
    fc.array(tie('value'), { maxLength: 5 }),
    fc.dictionary(fc.string({ maxLength: 6 }), tie('value'), { maxKeys: 5, noNullPrototype: true }),
  ),
})).value;
