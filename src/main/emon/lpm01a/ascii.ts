import { scale } from './values.ts';

/** What one line of the text stream can say (energy monitors, 2.5). */
export interface AsciiSink {
  sample(value: number): void;
  /** Less than a sample of a damaged line. */
  fragment(): void;
  /** Damaged text that was no sample. */
  damaged(): void;
  tick(ms: number, bufferPercent: number): void;
  edge(count: number): void;
  /** Text after the prompt. */
  prompt(text: string): void;
  /** `Error detail: ...`: belongs to the refusal before it. */
  detail(line: string): void;
  error(text: string): void;
  power(on: boolean): void;
  text(text: string): void;
  end(): void;
}

export const prompt = 'PowerShield > ';
/** Printed seconds have three digits. */
export const asciiTickModulusMs = 1_000_000;

const plus = 0x2b;
const minus = 0x2d;
const zero = 0x30;
/** `6409-07` without its line end. */
const sampleBytes = 7;

const tickPattern = /^TimeStamp:\s*[><]?\s*(\d{3,4})s (\d{3})ms, buff (\d{2,3})%$/i;
const edgePattern = /^event (\d{2,3}) (?:ris|fal)/i;
/** What can be saved from a line that lost bytes. */
const tokens =
  /(\d{4})([+-])(\d{2})|(?:event )?(\d{2,3}) (?:ris|fal)|TimeStamp:[ ><]+(\d{3,4})s (\d{3})ms, buff (\d{2,3})%|end$/gi;
/** Pieces of known lines; other text is the instrument's own message. */
const pieceOfKnown = /stamp|buff|\dms|event|ris$|fal$|shield/i;

/**
 * One complete line of the stream, without CR, LF and NUL. A value too large for a sample counts as damaged.
 * @param bytes holds the line in its first `length` bytes.
 */
export function readAsciiLine(bytes: Uint8Array, length: number, sink: AsciiSink): void {
  if (length === sampleBytes && readSample(bytes, sink)) return;
  if (length === 0) return;
  const line = latin1(bytes, length).trim();
  if (line === '') return;
  const at = line.indexOf(prompt.trimEnd());
  if (at >= 0) {
    if (at > 0) readDamaged(line.slice(0, at), sink);
    sink.prompt(line.slice(at + prompt.trimEnd().length).trim());
    return;
  }
  const tick = tickPattern.exec(line);
  if (tick) return sink.tick(Number(tick[1]) * 1000 + Number(tick[2]), Number(tick[3]));
  const edge = edgePattern.exec(line);
  if (edge) return sink.edge(Number(edge[1]));
  if (line === 'end' || line === 'summary beg') return sink.end();
  if (line === 'pwr on' || line === 'pwr off') return sink.power(line === 'pwr on');
  if (/^error detail:/i.test(line)) return sink.detail(line);
  if (/^error/i.test(line)) return sink.error(line);
  readDamaged(line, sink);
}

function readSample(bytes: Uint8Array, sink: AsciiSink): boolean {
  const a = (bytes[0] as number) - zero;
  const b = (bytes[1] as number) - zero;
  const c = (bytes[2] as number) - zero;
  const d = (bytes[3] as number) - zero;
  const sign = bytes[4];
  const e = (bytes[5] as number) - zero;
  const f = (bytes[6] as number) - zero;
  if (!isDigit(a) || !isDigit(b) || !isDigit(c) || !isDigit(d) || !isDigit(e) || !isDigit(f)) return false;
  if (sign !== minus && sign !== plus) return false;
  giveSample(scale(a * 1000 + b * 100 + c * 10 + d, sign === minus, e * 10 + f), sink);
  return true;
}

function isDigit(value: number): boolean {
  return value >= 0 && value <= 9;
}

function giveSample(value: number, sink: AsciiSink): void {
  if (Number.isFinite(Math.fround(value))) sink.sample(value);
  else sink.fragment();
}

/** Takes what is whole out of a line that lost bytes, in order, and counts the rest. */
function readDamaged(line: string, sink: AsciiSink): void {
  let from = 0;
  let found = false;
  for (const match of line.matchAll(tokens)) {
    found = true;
    readRest(line.slice(from, match.index), sink);
    from = match.index + match[0].length;
    const [, mantissa, sign, exponent, count, seconds, ms, buffer] = match;
    if (mantissa !== undefined) giveSample(scale(Number(mantissa), sign === '-', Number(exponent)), sink);
    else if (count !== undefined) sink.edge(Number(count));
    else if (seconds !== undefined) sink.tick(Number(seconds) * 1000 + Number(ms), Number(buffer));
    else sink.end();
  }
  if (!found && /^[A-Za-z][\x20-\x7e]*$/.test(line) && !pieceOfKnown.test(line)) sink.text(line);
  else readRest(line.slice(from), sink);
}

function readRest(rest: string, sink: AsciiSink): void {
  if (rest.trim() === '') return;
  if (/^[\d+-]+$/.test(rest.trim())) sink.fragment();
  else sink.damaged();
}

export function latin1(bytes: Uint8Array, length: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, length).toString('latin1');
}
