import type { Clock } from '../../../shared/clock/index.ts';
import type { DoctorDiagnosis, DoctorReport, DoctorStep } from '../../../shared/domain/doctor.ts';
import type { DutIdentity } from '../../../shared/domain/dut.ts';
import { Fault } from '../../../shared/fault/index.ts';
import type { ByteStream } from '../../transport/index.ts';
import { handshake } from '../handshake.ts';
import type { DutLog } from '../link.ts';
import type { DutExpectation } from '../port.ts';
import { explainFault } from './explain.ts';
import { Listener } from './listener.ts';
import type { Heard } from './listener.ts';

/** Rates tried when the asked one brings nothing readable, the most usual first. */
export const usualBauds: readonly number[] = [115_200, 921_600, 9600, 230_400, 460_800, 57_600, 38_400, 19_200];

export interface DoctorOptions {
  /** What an operator calls the port. */
  port: string;
  /** The rate of the bench; undefined where the medium has none, which leaves out the sweep. */
  baud: number | undefined;
  /** Opens the stream; rejects with `transport.*` faults. The doctor closes each before it opens the next. */
  open(baud: number | undefined, signal: AbortSignal | undefined): Promise<ByteStream>;
  clock: Clock;
  signal?: AbortSignal | undefined;
  /** What the next run needs; without it the performance build of any model is fine. */
  expect?: DutExpectation | undefined;
  bauds?: readonly number[] | undefined;
  /** Longest time that a boot block may take. */
  bootS?: number | undefined;
  onStep?: ((step: DoctorStep) => void) | undefined;
  log?: DutLog | undefined;
}

const listenS = 1.5;
const sweepListenS = 0.3;
const sweepLongestListenS = 1.5;
const nameTries = 3;
const repeats = 20;
const defaultBootS = 5;

/**
 * Examines a connection: opens it, listens, asks, tries other rates, and ends in one diagnosis with the next step. Rejects
 * only with the signal's reason; whatever else happens is a diagnosis.
 */
export async function diagnose(options: DoctorOptions): Promise<DoctorReport> {
  const examination = new Examination(options);
  const { diagnosis, identity } = await examination.run();
  return { port: options.port, askedBaud: options.baud ?? null, steps: examination.steps, diagnosis, identity };
}

interface Finding {
  diagnosis: DoctorDiagnosis;
  identity: DutIdentity | null;
}

class Examination {
  readonly steps: DoctorStep[] = [];
  readonly #options: DoctorOptions;

  constructor(options: DoctorOptions) {
    this.#options = options;
  }

  async run(): Promise<Finding> {
    const { baud, signal } = this.#options;
    try {
      return await this.#examine(baud);
    } catch (error) {
      signal?.throwIfAborted();
      if (error instanceof Fault) return only(explainFault(error, this.#options.port, baud));
      throw error;
    }
  }

  async #examine(baud: number | undefined): Promise<Finding> {
    const { port } = this.#options;
    const first = await this.#withListener(baud, async (listener) => {
      const listened = await listener.listen(listenS, this.#options.bootS ?? defaultBootS);
      const named = await listener.askName(nameTries);
      if (named.outcome === 'dut') return this.#known(listener, baud);
      if (named.outcome === 'echo') {
        const answer = await listener.sendLineEnd();
        return only(
          answer.outcome === 'text'
            ? { code: 'console', facts: { port, text: answer.text } }
            : { code: 'echo', facts: { port } },
        );
      }
      if (named.outcome === 'otherDevice') return only({ code: 'otherDevice', facts: { port, name: named.text } });
      return [listened, named];
    });
    if (!Array.isArray(first)) return first;
    // Words are never read at a wrong rate, so there is none to look for.
    if (first.some((heard) => heard.outcome === 'text' && /[a-z]{4}/i.test(heard.text))) {
      return only(this.#unanswered(first, baud));
    }
    return (await this.#sweep(baud)) ?? only(this.#unanswered(first, baud));
  }

  /** Looks for a DUT at the other rates. */
  async #sweep(asked: number | undefined): Promise<Finding | undefined> {
    if (asked === undefined) return undefined;
    const { port } = this.#options;
    for (const baud of this.#otherBauds(asked)) {
      let finding: Finding | undefined;
      try {
        finding = await this.#withListener(baud, async (listener) => {
          await listener.listen(sweepListenS, sweepLongestListenS);
          const named = await listener.askName(2);
          if (named.outcome !== 'dut') return undefined;
          const known = await this.#known(listener, baud);
          const model = known.identity?.model;
          if (model === undefined) return known;
          return { ...known, diagnosis: { code: 'otherBaud', facts: { port, baud, model, asked } } as const };
        });
      } catch (error) {
        // A rate that this port cannot run at says nothing about the others.
        if (!(error instanceof Fault) || error.code !== 'transport.baudUnsupported') throw error;
      }
      if (finding) return finding;
    }
    return undefined;
  }

  #otherBauds(asked: number): readonly number[] {
    return (this.#options.bauds ?? usualBauds).filter((baud) => baud !== asked);
  }

  /** A DUT answers: who is it, is it what is needed, and does it answer every time? */
  async #known(listener: Listener, baud: number | undefined): Promise<Finding> {
    const { port, expect, clock, signal } = this.#options;
    const startS = clock.nowS();
    let identity: DutIdentity;
    try {
      const times = {
        bootS: this.#options.bootS ?? defaultBootS,
        bootQuietS: 0.2,
        probeS: 2,
        silenceS: 2,
        graceS: 0.5,
      };
      identity = await handshake(listener.link, { signal, ...times });
    } catch (error) {
      if (!(error instanceof Fault) || !error.code.startsWith('dut.')) throw error;
      this.#step({ kind: 'identify', baud: baud ?? null, outcome: 'failed', startS, text: error.code });
      const command = 'command' in error.facts ? String(error.facts.command) : 'name';
      return only({ code: 'incomplete', facts: { port, baud: baud ?? 0, command } });
    }
    this.#step({ kind: 'identify', baud: baud ?? null, outcome: 'done', startS, text: identity.model });
    const failed = await listener.repeatName(repeats);
    const found = { port, baud: baud ?? 0, model: identity.model };
    return { identity, diagnosis: this.#judge(found, identity, failed, listener.bootTookS, expect) };
  }

  #judge(
    found: { port: string; baud: number; model: string },
    identity: DutIdentity,
    failed: number,
    bootTookS: number | undefined,
    expect: DutExpectation | undefined,
  ): DoctorDiagnosis {
    if (failed > 0) return { code: 'unstable', facts: { ...found, failed, tried: repeats } };
    if (expect?.model !== undefined && expect.model !== identity.model) {
      return { code: 'otherModel', facts: { ...found, expected: expect.model } };
    }
    const wanted = expect?.timestampMode ?? 'performance';
    if (identity.timestampMode === 'energy' && wanted === 'performance') return { code: 'energyBuild', facts: found };
    if (identity.timestampMode === 'performance' && wanted === 'energy')
      return { code: 'performanceBuild', facts: found };
    if (this.#options.baud === undefined)
      return { code: 'healthyNoBaud', facts: { port: found.port, model: found.model } };
    // Generously rounded: the next start may take a little longer.
    if (bootTookS !== undefined) {
      return { code: 'resetOnOpen', facts: { ...found, bootS: Math.max(1, Math.ceil(bootTookS * 2)) } };
    }
    return { code: 'healthy', facts: found };
  }

  /** Nobody named itself at any rate: what was heard at the asked one decides. */
  #unanswered(heard: readonly Heard[], asked: number | undefined): DoctorDiagnosis {
    const { port } = this.#options;
    const text = heard.find(({ outcome }) => outcome === 'text' || outcome === 'boot');
    if (heard.some(({ outcome }) => outcome === 'garbage')) {
      const tried = asked === undefined ? [] : [asked, ...this.#otherBauds(asked)];
      return { code: 'garbage', facts: { port, tried } };
    }
    if (text) {
      return { code: looksLikeConsole(text.text) ? 'console' : 'chatter', facts: { port, text: text.text } };
    }
    const elsewhere = this.steps.find((step) => step.kind === 'listen' && step.outcome === 'text');
    return elsewhere ? { code: 'chatter', facts: { port, text: elsewhere.text } } : { code: 'silent', facts: { port } };
  }

  /** Opens the stream, lets `work` examine it, and closes it whatever happens. */
  async #withListener<T>(baud: number | undefined, work: (listener: Listener) => Promise<T>): Promise<T> {
    const { clock, signal, open, log } = this.#options;
    const startS = clock.nowS();
    let stream: ByteStream;
    try {
      stream = await open(baud, signal);
    } catch (error) {
      const text = error instanceof Fault ? error.code : '';
      this.#step({ kind: 'open', baud: baud ?? null, outcome: 'failed', startS, text });
      throw error;
    }
    this.#step({ kind: 'open', baud: baud ?? null, outcome: 'done', startS, text: '' });
    const listener = new Listener(stream, clock, { signal, log, onStep: (step) => this.#add(step) });
    try {
      return await work(listener);
    } finally {
      await listener.link.close();
    }
  }

  #step(step: Pick<DoctorStep, 'kind' | 'baud' | 'outcome' | 'startS' | 'text'>): void {
    this.#add({ ...step, endS: this.#options.clock.nowS(), bytes: 0 });
  }

  #add(step: DoctorStep): void {
    this.steps.push(step);
    this.#options.onStep?.(step);
  }
}

function only(diagnosis: DoctorDiagnosis): Finding {
  return { diagnosis, identity: null };
}

/** Shells and boot loaders: a prompt at the end, or their words for an unknown command. */
function looksLikeConsole(text: string): boolean {
  return !text.startsWith('e-[') && /[>$#:]\s*$|login|not found|unknown command|command not/i.test(text);
}
