import type { RunView, SessionView } from '../view.ts';
import { bracketed, logLine, pluginCode, simulatedMark } from './line.ts';
import { countedMeasures, defaultTimeoutMs, inferStep, loadStep, openingSteps, runMode } from './steps.ts';
import type { MeasureExchange, ScriptStep } from './steps.ts';
import { int8Vector } from './vector.ts';

/**
 * `log.txt`: the transcript of a run in the published form (results and submission, section 2), without a newline after
 * the last line. The `dut` lines are those that arrived, at the host's times; the `sequencer` and `parser` lines around them state
 * what this program did in the words of that format. Lines that the format does not know are `session: m-joulebench-...` and
 * `session: m-output-int8[...]`; `docs/formats/results.md` lists them.
 */
export function writeLogTxt(session: SessionView, run: RunView): string {
  const log = new LogWriter(session, run);
  log.open();
  log.conversation();
  log.close();
  return log.lines.join('\n');
}

class LogWriter {
  readonly lines: string[] = [];
  private atS: number;
  private stepNumber = 0;
  private accMs = 0;
  private readonly id: string;
  private readonly counted: ReadonlySet<unknown>;
  private readonly edgeZero: unknown;
  private readonly totalMs: number;
  private readonly session: SessionView;
  private readonly run: RunView;

  constructor(session: SessionView, run: RunView) {
    this.session = session;
    this.run = run;
    this.atS = run.startedAtS;
    this.id = `${session.sessionId}-${run.runId}`;
    const measures = countedMeasures(run);
    this.counted = new Set(measures);
    const first = measures[0] === undefined ? run.exchanges.length : run.exchanges.indexOf(measures[0]);
    this.edgeZero = run.exchanges.slice(0, first).findLast((exchange) => exchange.kind === 'timestamp');
    const steps = [
      ...openingSteps.filter((step) => step.cmd !== 'dut timestamp' || this.edgeZero !== undefined),
      ...measures.flatMap((measure) => [loadStep(run, measure), inferStep(measure)]),
    ];
    this.totalMs = steps.reduce((sum, step) => sum + Math.max(0, step.ms ?? defaultTimeoutMs), 0);
  }

  open(): void {
    const { session, run } = this;
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
    if (run.dut) this.say('session', `m-joulebench-dut-name${bracketed(run.dut.vendor)}`);
    this.say(
      'parser',
      `m-bmark-run-name${bracketed(`Joulebench ${run.mode} ${session.app.version}`)}-code${bracketed(pluginCode)}`,
    );
    this.say('sequencer', 'm-sequencer-start');
    this.command({ cmd: 'version' }, 'parser');
    this.say('parser', `m-version${bracketed(`Joulebench ${session.app.version}`)}`);
    this.say('parser', 'm-ready-finished[version]');
    this.command({ cmd: `bm cfg ${pluginCode}` }, 'parser');
    for (const [key, value] of this.configuration()) {
      this.say('parser', `m-bm-cfg-name${bracketed(pluginCode)}-key${bracketed(key)}-val${bracketed(value)}`);
    }
    this.say('parser', 'm-ready-finished[bm]');
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
          this.command({ cmd: 'dut profile' }, 'dut');
          this.say('parser', 'm-ready-finished[dut]');
          this.say('dut', `m-profile-[${exchange.dut.profile}]`);
          this.say('dut', `m-model-[${exchange.dut.model}]`);
          this.say('dut', 'm-ready');
          break;
        case 'timestamp':
          if (exchange !== this.edgeZero) break;
          this.command({ cmd: 'dut timestamp' }, 'dut');
          this.say('parser', 'm-ready-finished[dut]');
          this.say('dut', `m-lap-us-${exchange.lapUs}`);
          this.say('dut', 'm-ready');
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
        case 'resumed':
          this.say('session', 'm-joulebench-resumed');
          break;
      }
    }
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
    const seconds = Math.max(0, load.endS - load.startS);
    const rate = seconds > 0 ? measure.fileBytes / seconds / 1000 : 0;
    this.say('parser', `Binary load took ${seconds.toFixed(3)} sec, or ${rate.toFixed(3)} kB/sec`);
    this.say('parser', 'm-bload-done');
    this.say('parser', 'm-ready-finished[bload]');
    this.command(inferStep(measure), 'dut');
    this.say('parser', 'm-ready-finished[dut]');
    for (const line of infer.lines) {
      this.advance(line.atS);
      this.say('dut', line.text);
    }
    const vector = int8Vector(infer.results, this.run.output);
    if (vector) this.say('session', `m-output-int8[${vector.join(',')}]`);
  }

  /** The sequencer's announcement of a step and the parser's receipt of it. */
  private command(step: ScriptStep, readyFrom: 'parser' | 'dut'): void {
    this.stepNumber += 1;
    const limitMs = step.ms ?? defaultTimeoutMs;
    const ack = step.ack ?? `${readyFrom}: m-ready`;
    this.say(
      'sequencer',
      `m-sequencing-i[${this.stepNumber}]-command[${step.cmd}]-ack[/${ack}/]-ms[${limitMs}]-acc[${this.accMs}]-total_ms[${this.totalMs}]`,
    );
    // The published sum takes the -1 of an unlimited step as it is.
    this.accMs += limitMs;
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
