import { sleep } from '../../shared/clock/index.ts';
import type { DutIdentity, DutQuirk, TimestampMode } from '../../shared/domain/dut.ts';
import { Fault, isFault } from '../../shared/fault/index.ts';
import { contains, exchange, findMessage, isNoAnswer } from './exchange.ts';
import type { Reply } from './exchange.ts';
import type { DutLink, ReceivedLine } from './link.ts';
import type { DutExpectation } from './port.ts';
import type { Message, MessageKind } from './reply/index.ts';

export interface HandshakeOptions {
  signal?: AbortSignal | undefined;
  expect?: DutExpectation | undefined;
  /** Longest time from opening to the end of the boot block; boards with an FPGA need up to 18 s. */
  bootS: number;
  /** Silence after which a boot block counts as finished, and no further one is expected. */
  bootQuietS: number;
  /** Longest silence of the first commands, shorter than usual since a board may still be starting. */
  probeS: number;
  silenceS: number;
  graceS: number;
}

const mostTries = 3;
/** Between further questions while the time allowed for booting is not over. */
const retryPauseS = 0.2;
const mostReboots = 5;
/** Other spellings of model ids, on input only. */
const modelAliases: Readonly<Record<string, string>> = { strww01: 'sww01' };

/**
 * Learns who is at the other end before anything is measured: waits for a boot block, proves by `name` that the line
 * answers, asks `profile`, and finds out which build runs. Rejects when it is no DUT, or not the one expected.
 */
export async function handshake(link: DutLink, options: HandshakeOptions): Promise<DutIdentity> {
  const boot = new BootLog();
  const name = await askName(link, boot, options);
  const port = link.stream.label;
  if (name.deviceClass !== 'dut') throw new Fault('dut.notADut', { port, deviceClass: name.deviceClass });
  const profileReply = await askAgain(link, 'profile', ['profile', 'model'], options);
  const profile = findMessage(profileReply, 'profile')?.text ?? '';
  const given = findMessage(profileReply, 'model')?.id ?? '';
  const model = modelAliases[given] ?? given;
  if (model !== given) link.quirks.add('aliasModel');
  const timestampMode = boot.mode ?? (await askMode(link, options));
  boot.noteQuirks(link.quirks);
  checkExpectation(port, { model, timestampMode }, options.expect);
  return {
    name: name.deviceClass,
    vendor: name.vendor,
    profile,
    model,
    timestampMode,
    bootLines: boot.lines,
    quirks: [...link.quirks].sort(),
  };
}

/** What was printed before the first command. */
class BootLog {
  readonly lines: string[] = [];
  mode: TimestampMode | undefined;
  #kinds = new Set<MessageKind>();
  #ready = false;

  take(received: readonly ReceivedLine[]): void {
    for (const { text, reply } of received) {
      if (!reply.empty && this.lines.length < 200) this.lines.push(text);
      if (reply.ready) this.#ready = true;
      for (const message of reply.messages) {
        this.#kinds.add(message.kind);
        if (message.kind === 'timestampMode') {
          this.mode = message.mode;
          this.#ready = reply.ready;
        }
      }
    }
  }

  /** A boot block has begun whose `m-ready` is still missing. */
  get unfinished(): boolean {
    return (this.#kinds.has('timestampMode') || this.#kinds.has('initDone')) && !this.#ready;
  }

  noteQuirks(quirks: Set<DutQuirk>): void {
    if (this.#kinds.has('name') || this.#kinds.has('profile') || this.#kinds.has('model'))
      quirks.add('unaskedIdentity');
    if (this.mode === 'performance' && !this.#kinds.has('lap')) quirks.add('noBootLap');
  }
}

/** Waits until a boot block that has begun is finished and the line is quiet, but not beyond `untilS`. */
async function awaitBoot(link: DutLink, boot: BootLog, untilS: number, options: HandshakeOptions): Promise<void> {
  for (;;) {
    const leftS = Math.max(options.bootQuietS, untilS - link.clock.nowS());
    try {
      await link.quiet(options.bootQuietS, leftS, options.signal);
    } catch (error) {
      // A board that talks without end may still answer.
      if (!isFault(error, 'dut.babbling')) throw error;
    }
    boot.take(link.takeIdleLines());
    if (!boot.unfinished || link.clock.nowS() >= untilS) return;
  }
}

async function askName(
  link: DutLink,
  boot: BootLog,
  options: HandshakeOptions,
): Promise<Extract<Message, { kind: 'name' }>> {
  const untilS = link.clock.nowS() + options.bootS;
  await awaitBoot(link, boot, untilS, options);
  let tries = 0;
  let reboots = 0;
  for (;;) {
    let failure: Fault;
    try {
      const reply = await ask(link, 'name', ['name'], options.probeS, options);
      const name = findMessage(reply, 'name');
      if (name) {
        // Earlier tries may be answered late.
        if (tries > 0 || reply.warnings.length > 0) await awaitBoot(link, boot, untilS, options);
        return name;
      }
      failure = noName(link, reply);
    } catch (error) {
      if (!(error instanceof Fault) || !isNoAnswer(error)) throw error;
      failure = error;
    }
    boot.take(link.takeIdleLines());
    if (failure.code === 'dut.rebooted' && reboots < mostReboots) {
      reboots += 1;
      link.quirks.add('lateBoot');
      await awaitBoot(link, boot, Math.max(untilS, link.clock.nowS() + options.bootS), options);
      continue;
    }
    tries += 1;
    if (tries < mostTries) continue;
    if (link.clock.nowS() >= untilS) throw failure;
    // Something that answers at once, but not with its name, would be asked without end.
    await sleep(link.clock, retryPauseS, options.signal);
  }
}

function noName(link: DutLink, reply: Reply): Fault {
  const said = reply.lines.map((line) => line.text).find((text) => text.trim() !== 'm-ready') ?? '';
  return new Fault('dut.noName', { port: link.stream.label, said: said.slice(0, 80) });
}

/** An idempotent command, repeated when its answer is incomplete. */
async function askAgain(
  link: DutLink,
  command: string,
  kinds: readonly MessageKind[],
  options: HandshakeOptions,
): Promise<Reply> {
  const port = link.stream.label;
  for (let attempt = 1; ; attempt += 1) {
    try {
      const reply = await ask(link, command, kinds, options.silenceS, options);
      const error = findMessage(reply, 'error');
      const missing = kinds.find((kind) => !contains(kind)(reply.messages));
      if (missing === undefined) return reply;
      if (attempt >= mostTries) {
        throw error
          ? new Fault('dut.refused', { port, command, reply: error.text })
          : new Fault('dut.incompleteReply', { port, command, missing: `m-${missing}` });
      }
    } catch (error) {
      if (attempt >= mostTries || !(error instanceof Fault) || !isNoAnswer(error) || error.code === 'dut.rebooted')
        throw error;
    }
  }
}

/** A performance build answers `timestamp` with a stamp, an energy build with a pulse and no text. */
async function askMode(link: DutLink, options: HandshakeOptions): Promise<TimestampMode> {
  const reply = await ask(link, 'timestamp', ['lap'], options.silenceS, options);
  if (findMessage(reply, 'lap')) return 'performance';
  if (findMessage(reply, 'lapUnit')) {
    link.quirks.add('foreignLapUnit');
    return 'performance';
  }
  return findMessage(reply, 'error') ? 'unknown' : 'energy';
}

function ask(
  link: DutLink,
  command: string,
  kinds: readonly MessageKind[],
  silenceS: number,
  options: HandshakeOptions,
): Promise<Reply> {
  const { signal, graceS } = options;
  return exchange(link, command, { signal, silenceS, deadlineS: silenceS * 4, graceS, answered: contains(...kinds) });
}

function checkExpectation(
  port: string,
  found: { model: string; timestampMode: TimestampMode },
  expect: DutExpectation | undefined,
): void {
  const mode = expect?.timestampMode;
  if (mode !== undefined && mode !== 'unknown' && found.timestampMode !== 'unknown' && mode !== found.timestampMode) {
    throw new Fault('dut.wrongMode', { port, expected: mode, found: found.timestampMode });
  }
  if (expect?.model !== undefined && expect.model !== found.model) {
    throw new Fault('dut.wrongModel', { port, expected: expect.model, found: found.model });
  }
}
