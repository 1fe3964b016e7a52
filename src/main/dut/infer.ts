import type { DutWarning, InferReport } from '../../shared/domain/dut.ts';
import { Fault } from '../../shared/fault/index.ts';
import { findMessage } from './exchange.ts';
import type { Reply, TimedMessage } from './exchange.ts';
import { lapElapsedUs } from './reply/index.ts';

/** Whether the messages contain a whole inference: an `m-infer-done` behind an `m-infer-start-N`. */
export function inferAnswered(messages: readonly TimedMessage[]): boolean {
  const start = messages.findIndex(({ message }) => message.kind === 'inferStart');
  return start >= 0 && messages.some(({ message }, index) => index > start && message.kind === 'inferDone');
}

/**
 * Reads the reply to `infer N W` of a directly connected DUT. Throws when there was no inference to report on; what is
 * merely missing or odd becomes a warning, since it depends on the mode of the run whether it matters.
 */
export function readInfer(reply: Reply, iterations: number, warmups: number, port: string): InferReport {
  const { command } = reply;
  const error = findMessage(reply, 'error');
  if (error) throw new Fault('dut.refused', { port, command, reply: error.text });
  const size = findMessage(reply, 'inputSize');
  if (size && size.foundBytes !== size.expectedBytes) {
    throw new Fault('dut.inputSize', { port, foundBytes: size.foundBytes, expectedBytes: size.expectedBytes });
  }
  const warnings: DutWarning[] = [...reply.warnings];
  if (size) warnings.push({ code: 'falseSizeComplaint' });
  const messages = ofThisInference(reply.messages, warnings);
  if (!inferAnswered(messages)) {
    throw new Fault('dut.incompleteReply', { port, command, missing: missingLine(messages) });
  }
  checkSequence(messages, iterations, warmups, warnings);
  const stamps = readStamps(messages, warnings);
  return {
    iterations,
    warmups,
    ...stamps,
    results: readVector(messages, warnings),
    lines: reply.lines,
    noiseLines: reply.noiseLines,
    warnings,
  };
}

/** Drops what an earlier inference left behind: everything before this one's first line. */
function ofThisInference(messages: readonly TimedMessage[], warnings: DutWarning[]): readonly TimedMessage[] {
  const warmup = messages.findLastIndex(({ message }) => message.kind === 'warmupStart');
  const start = warmup >= 0 ? warmup : messages.findLastIndex(({ message }) => message.kind === 'inferStart');
  const before = messages.slice(0, Math.max(0, start)).filter(({ message }) => message.kind !== 'inputSize');
  if (before.length > 0) warnings.push({ code: 'staleOutput', count: before.length });
  return messages.slice(Math.max(0, start));
}

function missingLine(messages: readonly TimedMessage[]): string {
  return messages.some(({ message }) => message.kind === 'inferStart') ? 'm-infer-done' : 'm-infer-start';
}

function checkSequence(
  messages: readonly TimedMessage[],
  iterations: number,
  warmups: number,
  warnings: DutWarning[],
): void {
  let warmupSeen = false;
  let warmupDone = false;
  for (const { message } of messages) {
    if (message.kind === 'warmupStart') {
      warmupSeen = true;
      if (message.count !== warmups) warnings.push({ code: 'countMismatch', text: `m-warmup-start-${message.count}` });
    } else if (message.kind === 'warmupDone') warmupDone = true;
    else if (message.kind === 'inferStart' && message.count !== iterations) {
      warnings.push({ code: 'countMismatch', text: `m-infer-start-${message.count}` });
    }
  }
  if (!warmupSeen) warnings.push({ code: 'lineMissing', text: 'm-warmup-start' });
  if (!warmupDone) warnings.push({ code: 'lineMissing', text: 'm-warmup-done' });
}

type Stamps = Pick<InferReport, 'lapStartUs' | 'lapEndUs' | 'stampCount' | 'dutElapsedS' | 'hostStartS' | 'hostEndS'>;

/** The last two stamps before `m-infer-done` (parser rule 7). */
function readStamps(messages: readonly TimedMessage[], warnings: DutWarning[]): Stamps {
  const end = messages.findLastIndex(({ message }) => message.kind === 'inferDone');
  const stamps: { us: number; atS: number }[] = [];
  for (const { message, atS } of messages.slice(0, end)) {
    if (message.kind === 'lap') {
      if (message.us === null) warnings.push({ code: 'stampTooLarge', text: message.text.slice(0, 80) });
      else stamps.push({ us: message.us, atS });
    } else if (message.kind === 'lapUnit')
      warnings.push({ code: 'stampUnitUnknown', text: `${message.unit}-${message.text}` });
  }
  if (stamps.length < 2) warnings.push({ code: 'stampsMissing', count: stamps.length });
  if (stamps.length > 2) warnings.push({ code: 'stampsExtra', count: stamps.length });
  const first = stamps.at(-2);
  const second = stamps.at(-1);
  const none = {
    lapStartUs: null,
    lapEndUs: null,
    stampCount: stamps.length,
    dutElapsedS: null,
    hostStartS: null,
    hostEndS: null,
  };
  if (!first || !second) return none;
  const elapsedUs = lapElapsedUs(first.us, second.us);
  if (elapsedUs === null) warnings.push({ code: 'stampsBackwards', text: `${first.us}, ${second.us}` });
  return {
    lapStartUs: first.us,
    lapEndUs: second.us,
    stampCount: stamps.length,
    dutElapsedS: elapsedUs === null ? null : elapsedUs / 1e6,
    hostStartS: first.atS,
    hostEndS: second.atS,
  };
}

function readVector(messages: readonly TimedMessage[], warnings: DutWarning[]): number[] | null {
  const vectors = messages.flatMap(({ message }) => (message.kind === 'results' ? [message] : []));
  const last = vectors.at(-1);
  if (!last) warnings.push({ code: 'resultsMissing' });
  else if (last.values === null) warnings.push({ code: 'resultsMalformed', text: last.text.slice(0, 200) });
  else if (last.values.length === 0) warnings.push({ code: 'resultsEmpty' });
  if (vectors.length > 1) warnings.push({ code: 'resultsRepeated', count: vectors.length });
  return last?.values ?? null;
}
