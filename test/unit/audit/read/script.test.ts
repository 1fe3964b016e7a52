import { describe, expect, it } from 'vitest';
import { readScript } from '../../../../src/main/audit/read/index.ts';
import type { Script } from '../../../../src/main/audit/read/index.ts';
import { pieces } from '../../../support/audit/pieces.ts';

const read = (text: string, size?: number): Promise<Script> => readScript(pieces(text, size));

const script = String.raw`[
    {
        cmd: 'mountc io ioman',
        ack: /io: m-ready [/]\/x/i
    },
    {
        cmd: 'bloadp "C:\\Users\\x\\ad01\\a.bin" 512 2560',
        ms: 7840
    },
    {
        cmd: 'io dut infer 25 1',
        ms: -1,
        ack: /dut.?: m-ready/,
    },
    {
        cmd: 'dut infer 3'
    }
]`;

describe('script.async', () => {
  it('may hold comments between its parts', async () => {
    const text = "[\n/* Joulebench, **/ { /* a */ cmd: 'dut infer 3' /* b */ } /**/ ]";
    for (const size of [1, 10_000]) expect(await read(text, size)).toMatchObject({ steps: 1, broken: null });
    expect(await read('[ / x')).toMatchObject({ broken: { reason: 'syntax' } });
    expect(await read('[ /* x')).toMatchObject({ broken: { reason: 'truncated' } });
  });

  it('gives the inferences with their files, however it is cut', async () => {
    for (const size of [1, 5, 10_000]) {
      expect(await read(script, size)).toEqual({
        steps: 4,
        infers: [
          { file: 'a.bin', offsetBytes: 512, inferences: 25, warmups: 1 },
          { file: 'a.bin', offsetBytes: 512, inferences: 3, warmups: 10 },
        ],
        broken: null,
      });
    }
  });

  it('says where a script ends too early or is none', async () => {
    expect(await read(script.slice(0, 100))).toMatchObject({ broken: { reason: 'truncated' } });
    expect(await read('')).toMatchObject({ steps: 0, broken: { reason: 'truncated', at: 0 } });
    expect(await read('[{cmd: process.exit(1)}]')).toMatchObject({ broken: { reason: 'syntax', at: 20 } });
    expect(await read('[{cmd: `x`}]')).toMatchObject({ broken: { reason: 'syntax' } });
    expect(await read('[]\n;')).toEqual({ steps: 0, infers: [], broken: null });
    expect(await read('[] x')).toMatchObject({ broken: { reason: 'syntax' } });
  });
});
