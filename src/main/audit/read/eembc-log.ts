import { parseReplyLine } from '../../dut/index.ts';
import { commandOf } from './command.ts';
import { Keeper } from './keeper.ts';
import type { TextLine } from './lines.ts';
import { emptyLog, mostIncidents, mostInfers, personalPathIn } from './run-log.ts';
import type { LoggedInfer, LoggedStamp, RunLog } from './run-log.ts';

const entry = /^(\d{1,12}\.\d{1,6}) ([a-z][a-z0-9-]{0,31}): ?(.*)$/s;

/**
 * Reads the older runner's log line by line. Nothing is kept but what the audit asks for. A line without time and channel goes on with
 * the entry before it: the DUT printed a bare LF (results and submission, section 2).
 */
export class EembcLogReader {
  readonly log: RunLog = { ...emptyLog(), runner: 'eembc' };
  #channel = '';
  #hostS: number | null = null;
  #loaded: { file: string; offsetBytes: number } | null = null;
  #infer: LoggedInfer | undefined;
  readonly #keep = new Keeper();

  push({ text, number }: TextLine): void {
    const { log } = this;
    log.lines = number;
    const found = entry.exec(text);
    if (found) {
      this.#hostS = Number(found[1]);
      this.#channel = found[2] as string;
      log.firstHostS ??= this.#hostS;
      log.lastHostS = this.#hostS;
    }
    const said = found ? (found[3] as string) : text;
    if (log.personal === null) {
      const personal = personalPathIn(text);
      if (personal !== undefined) log.personal = { text: this.#keep.text(personal), line: number };
    }
    switch (this.#channel) {
      case 'dut':
      case 'io':
        this.#reply(said, number);
        break;
      case 'parser':
        this.#parser(said, number);
        break;
      case 'session':
        this.#session(said);
        break;
      case 'emon':
        this.#emon(said, number);
        break;
      case 'sequencer':
        if (said.startsWith('e-[')) this.#incident('error', said, number);
        break;
    }
  }

  #session(said: string): void {
    const start = /^m-session-start-id\[([^\]]{1,64})\]/.exec(said);
    if (start) {
      if (this.log.sessions.length < 1000) this.log.sessions.push(this.#keep.text(start[1] as string));
    } else if (said.startsWith('m-session-stop-id[')) this.log.ends += 1;
    else if (said.startsWith('m-joulebench-simulated[')) this.log.simulated = true;
    const own = /^m-joulebench-version\[([^\]]{1,64})\]/.exec(said);
    if (own) this.log.ownVersion = this.#keep.text(own[1] as string);
  }

  #parser(said: string, line: number): void {
    if (said.startsWith('Command "')) {
      this.#command(said.slice(9, said.endsWith('"') ? -1 : undefined), line);
      return;
    }
    const { log } = this;
    const setting = /^m-bm-cfg-name\[([^\]]*)\]-key\[([^\]]*)\]-val\[(.*)\]$/.exec(said);
    if (setting) {
      const value = this.#keep.text((setting[3] as string).slice(0, 64));
      if (setting[2] === 'model') log.configuredModel = value;
      if (setting[2] === 'runMode') log.runMode = value;
      return;
    }
    const run = /^m-bmark-run-name\[[^\]]*\]-code\[([^\]]*)\]/.exec(said);
    if (run) log.plugin = run[1] === 'ulp-ml' ? 'energy' : 'performance';
    const version = /^m-version\[([^\]]{1,64})\]/.exec(said);
    if (version) log.version = this.#keep.text(version[1] as string);
    if (said.startsWith('e-[')) this.#incident('error', said, line);
  }

  #command(text: string, line: number): void {
    const command = commandOf(text);
    if (command.kind === 'load') this.#loaded = command;
    else if (command.kind === 'infer') this.#begin(command, line);
    else if (command.kind === 'voltage') this.log.voltageV = command.millivolts / 1000;
  }

  #begin(command: { inferences: number; warmups: number }, line: number): void {
    if (this.log.infers.length >= mostInfers) return;
    this.#infer = {
      file: this.#loaded ? this.#keep.text(this.#loaded.file) : null,
      offsetBytes: this.#loaded?.offsetBytes ?? 0,
      inferences: command.inferences,
      warmups: command.warmups,
      stampCount: 0,
      stamps: [],
      results: null,
      unreadableResults: false,
      startHostS: null,
      doneHostS: null,
      done: false,
      line,
      lastLine: line,
      printedS: null,
      edges: null,
    };
    this.log.infers.push(this.#infer);
  }

  #reply(said: string, line: number): void {
    const { messages, ready, relayed } = parseReplyLine(said);
    for (const message of messages) {
      const infer = this.#infer;
      switch (message.kind) {
        case 'lap':
          // Marks of the relay stand in the log too (no `[dut]: `); in energy mode those of the monitor count.
          if (infer && !infer.done) addStamp(infer, { us: message.us, hostS: this.#hostS });
          break;
        case 'inferStart':
          // A log whose beginning is missing may begin inside an inference.
          if (!infer || infer.done) this.#begin({ inferences: message.count, warmups: 0 }, line);
          if (this.#infer) {
            this.#infer.inferences = message.count;
            this.#infer.startHostS = this.#hostS;
          }
          break;
        case 'inferDone':
          if (infer) {
            infer.done = true;
            infer.doneHostS = this.#hostS;
            infer.lastLine = line;
          }
          break;
        case 'results':
          if (infer) {
            infer.results = message.values && this.#keep.vector(message.values);
            infer.unreadableResults = infer.results === null;
            infer.lastLine = line;
          }
          break;
        case 'name':
          this.log.name = this.#keep.text(message.vendor.slice(0, 200));
          break;
        case 'profile':
          this.log.profile = this.#keep.text(message.text.slice(0, 200));
          break;
        case 'model':
          this.log.model = this.#keep.text(message.id.slice(0, 64));
          break;
        case 'timestampMode':
        case 'initDone':
          if (infer && !infer.done) this.#incident('reboot', said, line);
          break;
        case 'error':
          this.#incident('error', said, line);
          break;
        default:
      }
    }
    // The relay's own `m-ready` comes before the DUT has begun.
    if (ready && this.#infer?.done && (this.#channel === 'dut' || relayed)) this.#infer = undefined;
  }

  #emon(said: string, line: number): void {
    const { log } = this;
    const file = /^m-regfile-fn\[[^\]]*\]-type\[[^\]]*\]-name\[([^\]]{1,32})\]/.exec(said);
    if (file) log.monitor = this.#keep.text(file[1] as string);
    const voltage = /^m-voltage-mv\[(\d{1,6})\]/.exec(said);
    if (voltage) log.voltageV = Number(voltage[1]) / 1000;
    const dropped = /^m-\[Dropped (\d{1,15}) packets out of (\d{1,15}),/.exec(said);
    if (dropped) log.droppedShare = Number(dropped[2]) > 0 ? Number(dropped[1]) / Number(dropped[2]) : 0;
    if (said.startsWith('e-[')) this.#incident('error', said, line);
  }

  #incident(kind: 'reboot' | 'error', text: string, line: number): void {
    if (this.log.incidents.length >= mostIncidents) return;
    const insideInfer = this.#infer !== undefined && !this.#infer.done;
    this.log.incidents.push({ kind, text: this.#keep.text(text.slice(0, 200)), insideInfer, line });
  }
}

function addStamp(infer: LoggedInfer, stamp: LoggedStamp): void {
  infer.stampCount += 1;
  if (infer.stamps.length === 2) infer.stamps.shift();
  infer.stamps.push(stamp);
}
