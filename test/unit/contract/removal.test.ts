import { expect, it } from 'vitest';
import { applyChanges, decodeFrame, encodeFrame, hostMessageSchema } from '../../../src/shared/contract/index.ts';

it('takes a removal through a carrier: a field without value is no field any more', () => {
  const sent = {
    t: 'changes',
    id: 1,
    after: 1,
    seq: 2,
    changes: [{ op: 'set', path: ['operationId'], value: undefined }],
  };
  const message = hostMessageSchema.parse(decodeFrame(encodeFrame(sent)));
  if (message.t !== 'changes') throw new Error(message.t);
  expect(applyChanges({ name: 'bench', operationId: 'op-1' }, message.changes)).toEqual({ name: 'bench' });
});
