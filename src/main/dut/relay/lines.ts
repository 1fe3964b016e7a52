import type { FramedLine } from '../../transport/index.ts';

/** What a line from a relay is. */
export type RelayLine =
  /** Text of the DUT, with its line end where the line had one. */
  | { kind: 'dut'; bytes: Uint8Array; ready: boolean }
  /** A time stamp of the relay itself, which may overtake the DUT's text. */
  | { kind: 'lap'; us: number }
  /** Stamps that the relay could not keep up with. */
  | { kind: 'lapsLost'; count: number }
  | { kind: 'ready' }
  /** A line of a reply of the relay. */
  | { kind: 'own'; text: string };

const prefix = '[dut]:';
const prefixBytes = Buffer.from(prefix, 'latin1');
const lineEnd = Buffer.from('\r\n', 'latin1');
const space = 0x20;

/** Tells the DUT's text, which the relay marks with `[dut]: `, from the relay's own (DUT protocol, section 8.1). */
export function readRelayLine(frame: FramedLine): RelayLine {
  const { text } = frame;
  if (text.startsWith(prefix)) {
    const raw = Buffer.from(frame.raw.buffer, frame.raw.byteOffset, frame.raw.length);
    const start = raw.indexOf(prefixBytes) + prefixBytes.length;
    return dutText(raw.subarray(raw[start] === space ? start + 1 : start), frame);
  }
  const plain = text.trim();
  if (plain === 'm-ready') return { kind: 'ready' };
  const lap = /^m-lap-us-(\d{1,10})$/.exec(plain);
  if (lap) return { kind: 'lap', us: Number(lap[1]) };
  const lost = /^e-\[Edges lost: (\d{1,10})\]$/.exec(plain);
  if (lost) return { kind: 'lapsLost', count: Number(lost[1]) };
  return { kind: 'own', text: plain };
}

/** The same for the rest of a line that was too long to come in one piece and whose beginning was the DUT's. */
export function readRelayRest(frame: FramedLine): RelayLine {
  return dutText(frame.raw, frame);
}

function dutText(raw: Uint8Array, frame: FramedLine): RelayLine {
  const body = Buffer.from(raw.buffer, raw.byteOffset, raw.length);
  const cut = frame.end === 'overflow' ? body.length : body.length - (frame.end === 'crlf' ? 2 : 1);
  const text = body.subarray(0, Math.max(0, cut));
  const ready = text.subarray(-32).toString('latin1').trimEnd().endsWith('m-ready');
  return { kind: 'dut', bytes: frame.end === 'overflow' ? Buffer.from(text) : Buffer.concat([text, lineEnd]), ready };
}
