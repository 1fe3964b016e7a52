import type { Message, ReplyLine } from './message.ts';
import { parseResults } from './values.ts';

/** What was sent before the line came, so that an echo is known as one. */
export interface ReplyContext {
  /** The command in flight, without its `%`. */
  command?: string | undefined;
  /** Text that stood unfinished on the line when the command was sent: a prompt. */
  prompt?: string | undefined;
}

/** `m-ready` alone: nearly every reply of a load, so it is made once. */
const readyLine: ReplyLine = Object.freeze({
  messages: Object.freeze([]),
  ready: true,
  echo: false,
  relayed: false,
  ansi: false,
  noise: undefined,
  empty: false,
});

const emptyLine: ReplyLine = Object.freeze({ ...readyLine, ready: false, empty: true });

// Colours and cursor movements (CSI), and the rest of the two-character escapes.
const escapes = /\u001b(?:\[[0-9;?]{0,16}[@-~]|[@-Z\\-_])/g;

/**
 * Reads one line of a DUT by the parser rules of the protocol: messages count wherever they stand but only in their
 * full shape, errors only at the start of the line (`m-profile-[` contains `e-[`), and what is left is noise.
 */
export function parseReplyLine(text: string, context: ReplyContext = {}): ReplyLine {
  if (text === 'm-ready') return readyLine;
  if (text === '') return emptyLine;
  let rest = text;
  const ansi = rest.includes('\u001b');
  if (ansi) rest = rest.replaceAll(escapes, '');
  const relayed = rest.startsWith('[dut]: ');
  if (relayed) rest = rest.slice(7);
  const noise: string[] = [];
  const unprompted = withoutPrompt(rest, context.prompt);
  if (unprompted !== undefined) rest = unprompted;
  const unechoed = withoutEcho(rest, context.command);
  const echo = unechoed !== undefined;
  if (echo) rest = unechoed;
  rest = rest.trimEnd();
  const ready = rest.endsWith('m-ready');
  if (ready) rest = rest.slice(0, -7);
  const messages: Message[] = [];
  const complaint = readComplaint(rest);
  if (complaint) {
    messages.push(complaint.message);
    rest = complaint.rest;
  }
  scanMessages(rest, messages, noise);
  const left = noise.join(' ').trim();
  return { messages, ready, echo, relayed, ansi, noise: left === '' ? undefined : left, empty: false };
}

function withoutPrompt(text: string, prompt: string | undefined): string | undefined {
  return prompt !== undefined && prompt !== '' && text.startsWith(prompt) ? text.slice(prompt.length) : undefined;
}

/** The text behind the echo of the command, or undefined when there is none. */
function withoutEcho(text: string, command: string | undefined): string | undefined {
  if (command === undefined || command === '') return undefined;
  if (text.startsWith(command)) {
    const end = command.length;
    return text.slice(text[end] === '%' ? end + 1 : end);
  }
  // Behind a prompt the `%` makes it certain; the streaming firmware announces what it received.
  const at = text.indexOf(`${command}%`);
  if (at >= 0 && at <= 32) return text.slice(at + command.length + 1);
  return text.startsWith('Received command: ') ? '' : undefined;
}

/** Errors and the complaints without error mark: only at the start of a line, or behind the prompt `dut: `. */
function readComplaint(text: string): { message: Message; rest: string } | undefined {
  const line = text.startsWith('dut: ') ? text.slice(5) : text;
  if (line.startsWith('e-[')) {
    const end = line.lastIndexOf(']');
    return end < 0
      ? { message: { kind: 'error', text: line.slice(3) }, rest: '' }
      : { message: { kind: 'error', text: line.slice(3, end) }, rest: line.slice(end + 1) };
  }
  if (line.startsWith('Error: ')) return { message: { kind: 'error', text: line.slice(7) }, rest: '' };
  if (line.startsWith('Input db has ')) {
    const found = /^Input db has (\d{1,10}) elemented, expected (\d{1,10})/.exec(line);
    if (!found) return undefined;
    const message: Message = { kind: 'inputSize', foundBytes: Number(found[1]), expectedBytes: Number(found[2]) };
    return { message, rest: line.slice(found[0].length) };
  }
  if (line.startsWith('Supplied buffer size ')) {
    const found = /^Supplied buffer size (\d{1,10}) exceeds maximum of (\d{1,10})/.exec(line);
    if (!found) return undefined;
    const message: Message = { kind: 'bufferTooSmall', bytes: Number(found[1]), maxBytes: Number(found[2]) };
    return { message, rest: line.slice(found[0].length) };
  }
  if (line.startsWith('Expecting ')) {
    const found = /^Expecting (\d{1,10}) bytes$/.exec(line);
    if (found) return { message: { kind: 'expecting', bytes: Number(found[1]) }, rest: '' };
  }
  return undefined;
}

/** Finds the messages one after the other; everything between them goes to `noise`. */
function scanMessages(text: string, messages: Message[], noise: string[]): void {
  let from = 0;
  let at = text.indexOf('m-');
  while (at >= 0) {
    const found = readMessage(text, at + 2);
    if (found) {
      if (at > from) noise.push(text.slice(from, at));
      messages.push(found.message);
      from = found.end;
      at = text.indexOf('m-', from);
    } else {
      at = text.indexOf('m-', at + 2);
    }
  }
  if (from < text.length) noise.push(text.slice(from));
}

interface Found {
  message: Message;
  end: number;
}

/** Words without argument. */
const plainWords: readonly (readonly [string, Message])[] = [
  ['warmup-done', { kind: 'warmupDone' }],
  ['infer-done', { kind: 'inferDone' }],
  ['load-done', { kind: 'loadDone' }],
  ['init-done', { kind: 'initDone' }],
  ['timestamp-mode-performance', { kind: 'timestampMode', mode: 'performance' }],
  ['timestamp-mode-energy', { kind: 'timestampMode', mode: 'energy' }],
];

/** Words with an argument, each with the reader of what follows the word. */
const argumentWords: readonly (readonly [string, (text: string, at: number) => Found | undefined])[] = [
  ['lap-us-', readLap],
  ['lap-', readForeignLap],
  ['results-[', readResults],
  ['buffer-', readBuffer],
  ['infer-start-', (text, at) => readCount(text, at, 'inferStart')],
  ['warmup-start-', (text, at) => readCount(text, at, 'warmupStart')],
  ['[Expecting ', readExpecting],
  ['name-', readName],
  ['profile-[', (text, at) => readBracket(text, at, (inside) => ({ kind: 'profile', text: inside }))],
  ['model-[', (text, at) => readBracket(text, at, (inside) => ({ kind: 'model', id: inside.trim() }))],
];

function readMessage(text: string, at: number): Found | undefined {
  for (const [word, message] of plainWords) if (text.startsWith(word, at)) return { message, end: at + word.length };
  for (const [word, read] of argumentWords) {
    if (text.startsWith(word, at)) return read(text, at + word.length);
  }
  return undefined;
}

function digitsEnd(text: string, at: number): number {
  let end = at;
  while (end < text.length) {
    const code = text.charCodeAt(end);
    if (code < 48 || code > 57) break;
    end += 1;
  }
  return end;
}

function readCount(text: string, at: number, kind: 'inferStart' | 'warmupStart'): Found | undefined {
  const end = digitsEnd(text, at);
  const count = Number(text.slice(at, end));
  return end > at && Number.isSafeInteger(count) ? { message: { kind, count }, end } : undefined;
}

function readLap(text: string, at: number): Found | undefined {
  const end = digitsEnd(text, at);
  if (end === at) return undefined;
  const digits = text.slice(at, end);
  const us = Number(digits);
  return { message: { kind: 'lap', us: Number.isSafeInteger(us) ? us : null, text: digits }, end };
}

function readForeignLap(text: string, at: number): Found | undefined {
  const found = /^([a-z]{1,16})-(\d{1,32})/.exec(text.slice(at, at + 50));
  if (!found) return undefined;
  return {
    message: { kind: 'lapUnit', unit: found[1] as string, text: found[2] as string },
    end: at + found[0].length,
  };
}

function readResults(text: string, at: number): Found | undefined {
  const end = text.indexOf(']', at);
  if (end < 0) return undefined;
  const list = text.slice(at, end);
  return { message: { kind: 'results', values: parseResults(list), text: list }, end: end + 1 };
}

function readExpecting(text: string, at: number): Found | undefined {
  const end = digitsEnd(text, at);
  if (end === at || end - at > 10 || !text.startsWith(' bytes]', end)) return undefined;
  return { message: { kind: 'expecting', bytes: Number(text.slice(at, end)) }, end: end + 7 };
}

/** `aa-bb-cc`: two hex digits and dashes. */
function readBuffer(text: string, at: number): Found | undefined {
  const bytes: number[] = [];
  let end = at;
  for (;;) {
    const high = hexDigit(text.charCodeAt(end));
    const low = hexDigit(text.charCodeAt(end + 1));
    if (high < 0 || low < 0) break;
    bytes.push(high * 16 + low);
    end += 2;
    if (text[end] !== '-') break;
    end += 1;
  }
  return bytes.length > 0 ? { message: { kind: 'buffer', bytes: Uint8Array.from(bytes) }, end } : undefined;
}

function hexDigit(code: number): number {
  if (code >= 48 && code <= 57) return code - 48;
  if (code >= 97 && code <= 102) return code - 87;
  return code >= 65 && code <= 70 ? code - 55 : -1;
}

/** `dut-[vendor]`: the device class may contain dashes itself. */
function readName(text: string, at: number): Found | undefined {
  const found = /^([\w.-]{1,64})-\[/.exec(text.slice(at, at + 66));
  if (!found) return undefined;
  const deviceClass = found[1] as string;
  return readBracket(text, at + found[0].length, (vendor) => ({ kind: 'name', deviceClass, vendor }));
}

const longestBracket = 256;

/** Text up to the bracket that closes the one before `at`; a vendor's own brackets inside are balanced, or the first one ends it. */
function readBracket(text: string, at: number, make: (inside: string) => Message): Found | undefined {
  const limit = Math.min(text.length, at + longestBracket);
  let depth = 1;
  let first = -1;
  for (let index = at; index < limit; index += 1) {
    const character = text[index];
    if (character === '[') depth += 1;
    if (character !== ']') continue;
    if (first < 0) first = index;
    depth -= 1;
    if (depth === 0) return { message: make(text.slice(at, index)), end: index + 1 };
  }
  return first < 0 ? undefined : { message: make(text.slice(at, first)), end: first + 1 };
}
