import type { Exchange, RunView, SessionView } from '../view.ts';
import { bracketed, logLine, simulatedMark } from './line.ts';
import {
  configurationSteps,
  countedMeasures,
  defaultTimeoutMs,
  dutStep,
  inferStep,
  isRelayed,
  loadStep,
  openingSteps,
  pluginCode,
  powerOffStep,
  powerOnStep,
  runMode,
  traceOffStep,
  traceOnStep,
} from './steps.ts';
import type { MeasureExchange, ScriptStep } from './steps.ts';
import { int8Vector } from './vector.ts';

/**
 * `log.txt`: the transcript of a run in the published form (results and submission, section 2), without a newline after
 * the last line. The `dut` lines are those that arrived, at the host's times; the `sequencer` and `parser` lines around them state
 * what this program did in the words of that format. Lines that the format does not know are `session: m-joulebench-...` and
 * `session: m-output-int8[...]`; `docs/formats/results.md` lists them.
 */
export function writeLogTxt(session: SessionView, run: RunView): string {
  // What the steps of an energy run add up to is known when they have been told.
  const totalMs = run.energy ? told(new LogWriter(session, run, 0)).limitsMs : plannedMs(run);
  return told(new LogWriter(session, run, totalMs)).lines.join('\n');
}

function told(log: LogWriter): LogWriter {
  log.open();
  log.conversation();
  log.close();
  return log;
}

/** Limits of all steps of a performance or accuracy run. */
function plannedMs(run: RunView): number {
  const steps = [
    ...openingSteps(run).filter((step) => step.cmd !== 'dut timestamp' || edgeZeroOf(run) !== undefined),
    ...countedMeasures(run).flatMap((measure) => [loadStep(run, measure), inferStep(run, measure)]),
  ];
  return steps.reduce((sum, step) => sum + limitMs(step), 0);
}

/** The single stamp in front of the windows. */
function edgeZeroOf(run: RunView): unknown {
  const measures = countedMeasures(run);
  const first = measures[0] === undefined ? run.exchanges.length : run.exchanges.indexOf(measures[0]);
  return run.exchanges.slice(0, first).findLast((exchange) => exchange.kind === 'timestamp');
}

function limitMs(step: ScriptStep): number {
  return Math.max(0, step.ms ?? defaultTimeoutMs);
}

class LogWriter {
  readonly lines: string[] = [];
  /** Limits of the steps so far, without those of unlimited ones. */
  limitsMs = 0;
  private atS: number;
  private stepNumber = 0;
  private accMs = 0;
  private readonly id: string;
  private readonly counted: ReadonlySet<unknown>;
  private readonly edgeZero: unknown;
  private readonly totalMs: number;
  private readonly session: SessionView;
  private readonly run: RunView;

  constructor(session: SessionView, run: RunView, totalMs: number) {
    this.session = session;
    this.run = run;
    this.totalMs = totalMs;
    this.atS = run.startedAtS;
    this.id = `${session.sessionId}-${run.runId}`;
    this.counted = new Set(countedMeasures(run));
    this.edgeZero = edgeZeroOf(run);
  }

  open(): void {
    const { session, run } = this;
    const code = pluginCode(run);
    const [version = { cmd: 'version' }, configure = { cmd: 'bm cfg' }] = configurationSteps(run);
    this.say('session', `m-session-start-id${bracketed(this.id)}`);
    this.say('session', `m-joulebench-version${bracketed(session.app.version)}`);
    if (session.simulated)
      this.say('session', `m-joulebench-simulated${bracketed(`${simulatedMark}: ${session.bench.name}`)}`);
    this.say('session', `m-joulebench-workload${bracketed(run.workload.id)}-mode${bracketed(run.mode)}`);
    this.say(
      'session',
      `m-joulebench-input-set${bracketed(run.inputSet.kind)}-sha256${bracketed(run.inputSet.listSha256)}`,
    );
    const { model, firmware } = run.artefacts;
    if (model) this.say('session', `m-joulebench-model${bracketed(model.name)}-sha256${bracketed(model.sha256)}`);
    if (model?.folded) this.say('session', `m-joulebench-folded${bracketed('constant channels')}`);
    if (firmware?.sha256)
      this.say('session', `m-joulebench-firmware${bracketed(firmware.name)}-sha256${bracketed(firmware.sha256)}`);
    this.openEnergy();
    if (run.dut) this.say('session', `m-joulebench-dut-name${bracketed(run.dut.vendor)}`);
    this.say(
      'parser',
      `m-bmark-run-name${bracketed(`Joulebench ${run.mode} ${session.app.version}`)}-code${bracketed(code)}`,
    );
    this.say('sequencer', 'm-sequencer-start');
    this.command(version, 'parser');
    this.say('parser', `m-version${bracketed(`Joulebench ${session.app.version}`)}`);
    this.say('parser', 'm-ready-finished[version]');
    this.command(configure, 'parser');
    for (const [key, value] of this.configuration()) {
      this.say('parser', `m-bm-cfg-name${bracketed(code)}-key${bracketed(key)}-val${bracketed(value)}`);
    }
    this.say('parser', 'm-ready-finished[bm]');
  }

  /** What an energy run was set to. */
  private openEnergy(): void {
    const setup = this.run.energy?.setup;
    if (!setup) return;
    const { monitor, supply } = setup;
    this.say(
      'session',
      `m-joulebench-monitor${bracketed(monitor.kind)}-serial${bracketed(monitor.serial)}-firmware${bracketed(monitor.firmware)}-acceptance${bracketed(monitor.acceptance)}`,
    );
    this.say(
      'session',
      `m-joulebench-supply-mv${bracketed(Math.round(supply.voltageV * 1000))}-board${bracketed(supply.board)}-path${bracketed(setup.path)}-plane${bracketed(setup.plane)}`,
    );
  }

  private configuration(): [string, string | number][] {
    const { run } = this;
    const first = countedMeasures(run)[0];
    return [
      ['iterWarmup', run.settings.warmups],
      ['iterInfer', first?.infer.iterations ?? run.settings.iterations ?? 1],
      ['runMode', runMode(run)],
      ['model', run.workload.id],
      ['sourceDir', 'datasets'],
      ['singleInputFn', first?.file ?? ''],
    ];
  }

  conversation(): void {
    for (const exchange of this.run.exchanges) {
      this.advance(exchange.atS);
      switch (exchange.kind) {
        case 'identify':
          this.command(dutStep(this.run, 'profile'), 'dut');
          this.finished();
          this.dut(`m-profile-[${exchange.dut.profile}]`);
          this.dut(`m-model-[${exchange.dut.model}]`);
          this.dut('m-ready');
          break;
        case 'timestamp':
          if (exchange !== this.edgeZero) break;
          this.command(dutStep(this.run, 'timestamp'), 'dut');
          this.finished();
          if (exchange.lapUs !== null) this.dut(`m-lap-us-${exchange.lapUs}`);
          this.dut('m-ready');
          break;
        case 'measure':
          if (this.counted.has(exchange)) this.measure(exchange);
          else this.setAside(exchange);
          break;
        case 'failed':
          this.say(
            'session',
            `m-joulebench-failed${bracketed(exchange.fault.code)}-step${bracketed(exchange.purpose)}-attempt${bracketed(exchange.attempt)}`,
          );
          break;
        case 'supply':
          this.supply(exchange);
          break;
        case 'record':
          this.record(exchange);
          break;
        case 'rest':
          this.say(
            'session',
            `m-joulebench-rest${bracketed(exchange.state)}-seconds${bracketed(exchange.durationS)}-supported${bracketed(String(exchange.supported))}`,
          );
          break;
        case 'resumed':
          this.say('session', 'm-joulebench-resumed');
          break;
      }
    }
  }

  private supply({ on, voltageV }: Extract<Exchange, { kind: 'supply' }>): void {
    if (voltageV !== null) {
      this.emon({ cmd: 'emon voltage' }, [`m-voltage-mv${bracketed(Math.round(voltageV * 1000))}`]);
    }
    this.emon(on ? powerOnStep : powerOffStep, [`m-power${bracketed(on ? 'on' : 'off')}`]);
  }

  /** The files that readers of published logs look for; the trace itself is named in a line of our own. */
  private record({ on, file }: Extract<Exchange, { kind: 'record' }>): void {
    if (on) {
      if (file !== null) this.say('session', `m-joulebench-trace-file${bracketed(file)}`);
      this.emon(traceOnStep, ['m-trace[on]']);
      return;
    }
    const name = bracketed(this.run.energy?.setup.monitor.kind ?? '');
    this.emon(traceOffStep, [
      `m-regfile-fn[trace1-energy.bin]-type[emon]-name${name}`,
      `m-regfile-fn[trace1-timestamps.json]-type[etime]-name${name}`,
      'm-trace[off]',
    ]);
  }

  /** A step of the energy monitor with what came of it. */
  private emon(step: ScriptStep, lines: readonly string[]): void {
    this.command(step, 'emon');
    for (const line of [...lines, 'm-ready']) this.say('emon', line);
    this.say('parser', 'm-ready-finished[emon]');
  }

  /** A line of the DUT: behind the relay it arrives among those of the IO manager. */
  private dut(text: string): void {
    if (isRelayed(this.run)) this.say('io', `[dut]: ${text}`);
    else this.say('dut', text);
  }

  /** The parser is done with a command to the DUT. */
  private finished(): void {
    this.say('parser', `m-ready-finished${isRelayed(this.run) ? '[io]' : '[dut]'}`);
  }

  /** A calibration, or a measurement that a later one replaced: its stamps must not be taken for edges of the run. */
  private setAside(measure: MeasureExchange): void {
    const seconds = measure.infer.dutElapsedS === null ? '' : measure.infer.dutElapsedS.toFixed(6);
    const what = measure.purpose === 'calibration' ? 'calibration' : 'replaced';
    this.say(
      'session',
      `m-joulebench-${what}-file${bracketed(measure.file)}-iterations${bracketed(measure.infer.iterations)}-seconds${bracketed(seconds)}`,
    );
  }

  private measure(measure: MeasureExchange): void {
    const { load, infer } = measure;
    this.advance(load.startS);
    this.command(loadStep(this.run, measure), 'parser');
    this.say('parser', `File size is ${measure.fileBytes}, loading...`);
    this.say('parser', `Starting at byte offset ${measure.offsetBytes}`);
    this.say('parser', `Sending ${measure.lengthBytes} bytes`);
    this.say('parser', 'm-mute-target[dut]');
    this.advance(load.endS);
    this.say('parser', 'm-unmute-target[dut]');
    const relayed = isRelayed(this.run);
    if (relayed) for (const target of ['io', 'parser']) this.say('parser', `m-unmute-target[${target}]`);
    const seconds = Math.max(0, load.endS - load.startS);
    const rate = seconds > 0 ? measure.fileBytes / seconds / 1000 : 0;
    const command = relayed ? 'bloadp' : 'bload';
    const took = `Binary load took ${seconds.toFixed(3)} sec, or ${(relayed ? rate * 8 : rate).toFixed(3)} ${relayed ? 'kb' : 'kB'}/sec`;
    // The two commands of the published runner announce their end on different sides of this line.
    if (relayed) this.say('parser', 'm-bloadp-done');
    this.say('parser', took);
    if (!relayed) this.say('parser', 'm-bload-done');
    this.say('parser', `m-ready-finished[${command}]`);
    this.command(inferStep(this.run, measure), 'dut');
    this.finished();
    for (const line of infer.lines) {
      this.advance(line.atS);
      this.dut(line.text);
    }
    const vector = int8Vector(infer.results, this.run.output);
    if (vector) this.say('session', `m-output-int8[${vector.join(',')}]`);
  }

  /** The sequencer's announcement of a step and the parser's receipt of it. */
  private command(step: ScriptStep, readyFrom: 'parser' | 'dut' | 'emon'): void {
    this.stepNumber += 1;
    const stepMs = step.ms ?? defaultTimeoutMs;
    this.limitsMs += limitMs(step);
    const ack = step.ack ?? `${readyFrom}: m-ready`;
    this.say(
      'sequencer',
      `m-sequencing-i[${this.stepNumber}]-command[${step.cmd}]-ack[/${ack}/]-ms[${stepMs}]-acc[${this.accMs}]-total_ms[${this.totalMs}]`,
    );
    // The published sum takes the -1 of an unlimited step as it is.
    this.accMs += stepMs;
    this.say('parser', `Command "${step.cmd}"`);
  }

  close(): void {
    const { run } = this;
    this.advance(run.endedAtS ?? this.atS);
    if (run.status !== 'completed') {
      const reason = run.fault ? `-fault${bracketed(run.fault.code)}` : '';
      this.say('session', `m-joulebench-status${bracketed(run.status)}${reason}`);
    }
    // Without a stop line a reader knows that the log has no proper end; a run that was cut off must not look finished.
    if (run.status !== 'completed') return;
    this.say('sequencer', 'm-sequencer-stop');
    this.say('session', `m-session-stop-id${bracketed(this.id)}`);
    this.say('session', `Saved this run to session ID ${this.id}`);
  }

  /** Moves the line's time forward; it never goes back, whatever the order of two stamps. */
  private advance(toS: number): void {
    this.atS = Math.max(this.atS, toS);
  }

  private say(channel: string, text: string): void {
    this.lines.push(logLine(this.atS, channel, text));
  }
}
