import type { Socket } from 'node:net';
import type { Bridge } from '../faults.ts';
import type { Target } from '../target/target.ts';
import type { Chain } from './tap.ts';

export interface BitbangOptions {
  chain: Chain;
  target: Target;
  bridge: Bridge;
  turn: <T>(action: () => Promise<T>) => Promise<T>;
}

const zero = '0'.charCodeAt(0);
const lowReset = 'r'.charCodeAt(0);

/** One client of OpenOCD's remote_bitbang: a character for each edge, an answer for each `R`. */
export function serveBitbang(socket: Socket, { chain, target, bridge, turn }: BitbangOptions): void {
  let clock = 0;
  let work: Promise<unknown> = Promise.resolve();
  bridge.note('JTAG client connected');
  socket.on('close', () => bridge.note('JTAG client gone'));
  const tdo = (): number => {
    const { tdoStuck, noAck } = bridge.faults;
    if (tdoStuck === 'low') return 0;
    return tdoStuck === 'high' || noAck ? 1 : chain.tdo;
  };
  const resets = async (lines: number): Promise<void> => {
    if ((lines & 2) !== 0) chain.reset();
    if ((lines & 1) !== 0) await target.holdReset();
    else if (target.state === 'held') await target.reset();
  };
  const run = async (chunk: Buffer): Promise<string> => {
    let answers = '';
    for (const byte of chunk) {
      const lines = byte - zero;
      if (lines >= 0 && lines < 8) {
        const tck = lines >> 2;
        if (tck === 1 && clock === 0) await chain.clock((lines >> 1) & 1, lines & 1);
        clock = tck;
      } else if (byte === 0x52) answers += String(tdo());
      else if (byte === 0x51) socket.end();
      else if (byte >= lowReset && byte < lowReset + 4) await resets(byte - lowReset);
    }
    return answers;
  };
  socket.on('data', (chunk: Buffer) => {
    work = work.then(async () => {
      const answers = await turn(() => run(chunk));
      if (answers && !socket.destroyed) socket.write(answers);
    });
  });
}
