import { connect } from 'node:net';
import type { Duplex } from 'node:stream';
import { Fault } from '../../../shared/fault/index.ts';
import { LineCutter, RecentLines, silenceS, Supervisor } from '../process/index.ts';
import type { StartTool, ToolProcess } from '../process/index.ts';
import type { FlashContext } from '../types.ts';
import { markerPrefix, TclClient, wrapTcl } from './rpc.ts';
import type { TclReply } from './rpc.ts';

export interface SessionWorld {
  start: StartTool;
  /** Opens a connection to a port of this computer. */
  connect: (port: number) => Duplex;
}

export const connectLoopback = (port: number): Duplex => connect({ host: '127.0.0.1', port });

export interface CommandResult extends TclReply {
  /** What OpenOCD printed since the command before, and the reply's own text as the last line. */
  lines: string[];
}

/** After a reply its marker is on the way: it went through another pipe. */
const markerS = 2;

/** One running OpenOCD and the Tcl connection to it. */
export class OpenocdSession {
  readonly #process: ToolProcess;
  readonly #supervisor: Supervisor;
  readonly #context: FlashContext;
  readonly #log: ToolLog;
  readonly #tcl: TclClient;
  #number = 0;

  private constructor(
    process: ToolProcess,
    supervisor: Supervisor,
    context: FlashContext,
    log: ToolLog,
    tcl: TclClient,
  ) {
    this.#process = process;
    this.#supervisor = supervisor;
    this.#context = context;
    this.#log = log;
    this.#tcl = tcl;
  }

  /**
   * Starts OpenOCD with `config` (a file in the scratch folder) and connects to the Tcl port that it says it listens on.
   * @throws SaidAndEnded, Fault `flash.toolNotStarted`, `flash.probeStalled`, or the signal's reason.
   */
  static async open(
    path: string,
    config: string,
    probe: string,
    context: FlashContext,
    world: SessionWorld,
  ): Promise<OpenocdSession> {
    const log = new ToolLog(context.onLog);
    const process = await world.start(
      { tool: 'OpenOCD', path, args: ['-f', config], cwd: context.scratch },
      { onOut: (text) => log.push(text), onErr: (text) => log.push(text) },
      context.signal,
    );
    const supervisor = new Supervisor(process, {
      tool: 'OpenOCD',
      probe,
      clock: context.clock,
      signal: context.signal,
    });
    log.onHeard = () => supervisor.heard();
    let stream: Duplex | undefined;
    try {
      const port = await supervisor.during(log.port);
      stream = world.connect(port);
      await supervisor.during(connected(stream));
      return new OpenocdSession(process, supervisor, context, log, new TclClient(stream));
    } catch (error) {
      stream?.destroy();
      const ours = error instanceof Fault || context.signal.aborted;
      // A port that refuses is the first sign of a tool that ended, as a broken connection is; its last words are on their way.
      if (!ours) await supervisor.gone(markerS);
      await supervisor.stop();
      throw ours ? error : new SaidAndEnded(log.take(), error);
    }
  }

  /** Runs one command; the watchdog allows `limitS` without a word. A command that fails is a result, not an exception. */
  async command(tcl: string, limitS: number = silenceS): Promise<CommandResult> {
    const number = (this.#number += 1);
    this.#context.onLog(`> ${tcl}`);
    try {
      const reply = await this.#supervisor.during(this.#tcl.send(wrapTcl(tcl, number)), limitS);
      await this.#marker(number);
      return { ...reply, lines: [...this.#log.take(), ...(reply.text === '' ? [] : [reply.text])] };
    } catch (error) {
      if (error instanceof Fault || this.#context.signal.aborted) throw error;
      // A broken Tcl connection is the first sign of a tool that ended; its last words are on their way.
      await this.#supervisor.gone(markerS);
      throw new SaidAndEnded(this.#log.take(), error);
    }
  }

  /** Ends OpenOCD: it is asked to, then told to, then killed. */
  async close({ halt }: { halt: boolean }): Promise<void> {
    await this.#supervisor.stop(() => {
      for (const last of halt ? ['halt', 'shutdown'] : ['shutdown']) {
        this.#context.onLog(`> ${last}`);
        this.#tcl.send(last).catch(() => undefined);
      }
    });
    this.#tcl.destroy();
  }

  #marker(number: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = this.#context.clock.setTimer(markerS, resolve);
      const done = (): void => {
        timer.cancel();
        resolve();
      };
      this.#log.awaitMarker(number, done);
      void this.#process.ended.then(done);
    });
  }
}

/** OpenOCD ended; these are its last words. */
export class SaidAndEnded extends Error {
  readonly lines: readonly string[];

  constructor(lines: readonly string[], cause: unknown) {
    super('OpenOCD ended', { cause });
    this.name = 'SaidAndEnded';
    this.lines = lines;
  }
}

function connected(stream: Duplex): Promise<void> {
  return new Promise((resolve, reject) => {
    stream.once('connect', () => resolve());
    // One that is given up while it connects says so as well, to nobody any more.
    stream.on('error', reject);
  });
}

/** What OpenOCD prints, with the two things in it that we wait for: its Tcl port and the markers. */
class ToolLog {
  readonly port: Promise<number>;
  onHeard: () => void = () => undefined;
  readonly #cutter: LineCutter;
  readonly #recent = new RecentLines();
  #seen = 0;
  #waiting: { number: number; done: () => void } | undefined;

  constructor(onLog: (line: string) => void) {
    const found = Promise.withResolvers<number>();
    this.port = found.promise;
    this.#cutter = new LineCutter((line) => {
      this.onHeard();
      const marker = line.startsWith(markerPrefix) ? Number(line.slice(markerPrefix.length)) : undefined;
      if (marker !== undefined) {
        this.#seen = marker;
        if (this.#waiting && marker >= this.#waiting.number) this.#waiting.done();
        return;
      }
      onLog(line);
      this.#recent.push(line);
      const port = /Listening on port (\d{1,5}) for tcl connections/.exec(line)?.[1];
      if (port) found.resolve(Number(port));
    });
  }

  push(text: string): void {
    this.#cutter.push(text);
  }

  awaitMarker(number: number, done: () => void): void {
    if (this.#seen >= number) done();
    else this.#waiting = { number, done };
  }

  take(): string[] {
    return this.#recent.take();
  }
}
