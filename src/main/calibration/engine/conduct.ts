import { holding, sleep } from '../../../shared/clock/index.ts';
import type { AnswerValues, CertificateBody, Problem, Question, Reading } from '../../../shared/domain/calibration.ts';
import type { DutPort } from '../../dut/index.ts';
import { Fault } from '../../../shared/fault/index.ts';
import { keepActive } from './activity.ts';
import type { Activity } from './activity.ts';
import { fieldsOf, readAnswer } from './answers.ts';
import { decide, readingProblem } from './decide.ts';
import { certificateOf } from './outcome.ts';
import type { Place } from './places.ts';
import type { CalibrationPorts } from './ports.ts';
import { readCurrent } from './read-current.ts';
import { readDutWindows, readEdges, readUart } from './read-paths.ts';
import { applyEvent, foldEvents, nextAction, openState } from './state.ts';
import type { CalibrationEvent, CalibrationState, Opening } from './state.ts';
import { suggestAnswer } from './suggest.ts';

/** A procedure to begin, or the events of one that was interrupted. */
export type Beginning = { kind: 'new'; opening: Opening } | { kind: 'resume'; events: readonly CalibrationEvent[] };

/** From switching the supply on to looking at it. */
const supplyRiseS = 0.5;

/** From asking the DUT to infer to taking it for active. */
const activeAfterS = 1;

/** Problems that an operator may live with: they are about the load, not about the instrument. */
const keepable: readonly string[] = ['wrongResistor', 'referenceMeter', 'heating', 'notSettled', 'notStable'];

/**
 * Runs a procedure step by step against the ports: every answer and raw reading is recorded before it counts, so that an interrupted
 * procedure goes on at the load it was at. The supply is switched off between loads and, whatever happens, at the end.
 * @returns the certificate's content, or null when the operator stopped.
 * @throws Fault of the instruments, `store`; the signal's reason.
 */
export async function conduct(
  ports: CalibrationPorts,
  beginning: Beginning,
  signal: AbortSignal,
): Promise<CertificateBody | null> {
  const conductor = new Conductor(ports, signal);
  try {
    return await conductor.run(beginning);
  } finally {
    await conductor.makeSafe();
  }
}

class Conductor {
  readonly #ports: CalibrationPorts;
  readonly #signal: AbortSignal;
  #state!: CalibrationState;
  #dut: DutPort | undefined;
  #activity: Activity | undefined;
  #voltageSet = false;
  #questions = 0;

  constructor(ports: CalibrationPorts, signal: AbortSignal) {
    this.#ports = ports;
    this.#signal = signal;
  }

  async run(beginning: Beginning): Promise<CertificateBody | null> {
    await this.#begin(beginning);
    for (;;) {
      this.#signal.throwIfAborted();
      this.#ports.onState?.(this.#state);
      const action = nextAction(this.#state);
      if (action.kind === 'end') return action.stopped ? null : certificateOf(this.#state, this.#ports.clock.epochMs());
      await this.#step(action);
    }
  }

  /** The supply goes off and the DUT's line is let go of, in any state. */
  async makeSafe(): Promise<void> {
    await this.#ports.monitor?.safe().catch(() => undefined);
    await this.#dut?.close().catch(() => undefined);
    await this.#activity?.stop().catch(() => undefined);
    this.#ports.onPower?.(false);
    this.#ports.onQuestion?.(null);
    this.#ports.onLive?.(null);
  }

  async #begin(beginning: Beginning): Promise<void> {
    if (beginning.kind === 'new') {
      this.#state = openState(beginning.opening);
      await this.#clearBench();
      await this.#ports.record({ type: 'opened', format: 1, opening: beginning.opening });
      return;
    }
    const state = foldEvents(beginning.events);
    if (!state || state.concluded) throw new Fault('calibration.nothingToResume', {});
    this.#state = state;
    await this.#clearBench();
    await this.#record({ type: 'reopened' });
  }

  /** On a simulated bench: what the procedure begins with is connected. */
  async #clearBench(): Promise<void> {
    const { hands } = this.#ports;
    if (this.#state.opening.procedure.uses.includes('dut')) await hands?.connectDut();
    else await hands?.connect({ range: 0, nominalOhm: null });
  }

  async #record(event: CalibrationEvent): Promise<void> {
    await holding(this.#ports.clock, () => this.#ports.record(event));
    this.#state = applyEvent(this.#state, event);
  }

  async #step(action: Exclude<ReturnType<typeof nextAction>, { kind: 'end' }>): Promise<void> {
    const { place } = action;
    const key = place.key;
    switch (action.kind) {
      case 'problem': {
        const choice = await this.#askProblem(place, action.problem);
        // Whatever is changed now is changed without voltage on it.
        if (place.step.onFail === 'repeatGroup' || choice !== 'repeat') await this.#power('off');
        return this.#record({ type: 'resolved', place: key, choice });
      }
      case 'ask':
        await this.#prepare(place);
        return this.#record({ type: 'answered', place: key, values: await this.#askPlace(place) });
      case 'wait':
        await this.#prepare(place);
        this.#ports.onLive?.({ phase: 'waiting', meanA: null, remainingS: action.seconds });
        await sleep(this.#ports.clock, action.seconds, this.#signal);
        this.#ports.onLive?.(null);
        return this.#record({ type: 'passed', place: key });
      case 'decide': {
        await this.#prepare(place);
        const problem = decide(this.#state, place);
        return this.#record(problem ? { type: 'problem', place: key, problem } : { type: 'passed', place: key });
      }
      case 'read': {
        await this.#prepare(place);
        const reading = await this.#read(place);
        await this.#record({ type: 'read', place: key, reading });
        const problem =
          reading.kind === 'current' ? readingProblem(reading, place.step.activity === 'none') : undefined;
        return this.#record(problem ? { type: 'problem', place: key, problem } : { type: 'passed', place: key });
      }
    }
  }

  /** Brings supply and DUT to what the step wants. */
  async #prepare(place: Place): Promise<void> {
    const { power, activity } = place.step;
    if (power !== 'keep') await this.#power(power);
    if (activity === 'none') return;
    const dut = await this.#openDut();
    if (activity !== 'active') return this.#rest();
    if (this.#activity) return;
    this.#activity = await keepActive(dut, this.#ports.clock, this.#signal);
    // The command has to arrive first: a meter that is read at once still shows the DUT at rest.
    await sleep(this.#ports.clock, activeAfterS, this.#signal);
  }

  async #rest(): Promise<void> {
    const activity = this.#activity;
    this.#activity = undefined;
    await activity?.stop();
  }

  async #power(want: 'on' | 'off'): Promise<void> {
    const { monitor } = this.#ports;
    if (!monitor) return;
    if (want === 'off') {
      await this.#rest();
      if (this.#dut) {
        await this.#dut.close().catch(() => undefined);
        this.#dut = undefined;
      }
      if (monitor.powered) await monitor.setPower(false, this.#signal);
      this.#ports.onPower?.(false);
      return;
    }
    if (!this.#voltageSet) {
      await this.#setVoltage();
      this.#voltageSet = true;
    }
    if (!monitor.powered) {
      const { guard } = this.#ports;
      if (guard) await guard.setPower(true, { signal: this.#signal });
      else await monitor.setPower(true, this.#signal);
      // A PPK2 does not acknowledge; regulator and contacts take a moment in any case.
      await sleep(this.#ports.clock, supplyRiseS, this.#signal);
    }
    this.#ports.onPower?.(true);
  }

  /** Once, with the supply off: the LPM01A calibrates itself after each change (uncertainty, section 14.11). */
  async #setVoltage(): Promise<void> {
    const { monitor } = this.#ports;
    if (!monitor) return;
    const { voltageV, supplyLimits } = this.#state.opening.setup;
    const least = Math.max(monitor.kind.voltageV.min, supplyLimits?.minV ?? 0);
    const most = Math.min(monitor.kind.voltageV.max, supplyLimits?.maxV ?? Infinity);
    if (voltageV < least || voltageV > most)
      throw new Fault('calibration.voltageNotAllowed', { voltageV, minV: least, maxV: most });
    const { guard } = this.#ports;
    if (guard) await guard.setVoltage(voltageV, { signal: this.#signal });
    else await monitor.setVoltage(voltageV, this.#signal);
  }

  async #openDut(): Promise<DutPort> {
    if (this.#dut) return this.#dut;
    const { openDut } = this.#ports;
    if (!openDut) throw new Fault('calibration.needs', { procedure: this.#state.opening.procedure.id, what: 'dut' });
    const dut = await openDut(this.#signal);
    this.#dut = dut;
    await dut.identify({ signal: this.#signal });
    return dut;
  }

  #monitor(): NonNullable<CalibrationPorts['monitor']> {
    const { monitor } = this.#ports;
    if (!monitor)
      throw new Fault('calibration.needs', { procedure: this.#state.opening.procedure.id, what: 'monitor' });
    return monitor;
  }

  async #read(place: Place): Promise<Reading> {
    const { clock, onLive, sourceJitterS, stampJitterS } = this.#ports;
    const { channel, settleS = 2, seconds = 5, count = 1 } = place.step;
    const common = {
      clock,
      signal: this.#signal,
      onLive: (live: Parameters<NonNullable<typeof onLive>>[0]) => onLive?.(live),
    };
    const signal = this.#signal;
    switch (channel) {
      case 'current': {
        const { voltageV } = this.#state.opening.setup;
        const { reading, acquisition } = await readCurrent({
          ...common,
          monitor: this.#monitor(),
          voltageV,
          settleS,
          seconds,
        });
        await this.#noteAcquisition(acquisition.quantity, acquisition.filter);
        return reading;
      }
      case 'pulses':
      case 'pairs': {
        const dut = await this.#openDut();
        const edges = { ...common, monitor: this.#monitor(), dut, count, spacingS: seconds, sourceJitterS };
        const { reading, mode, filter } = await readEdges(edges);
        await this.#noteAcquisition(mode, filter);
        return reading;
      }
      case 'dutWindows':
        return readDutWindows({ ...common, dut: await this.#openDut(), count, secondsEach: seconds, stampJitterS });
      case 'uart': {
        const dut = await this.#openDut();
        return readUart({ ...common, dut, roundTrips: count, baud: this.#ports.baud() });
      }
      case 'temperature':
        return { kind: 'temperature', temperatureC: (await this.#ports.monitor?.readTemperature(signal)) ?? null };
      case 'supplyVoltage':
        return { kind: 'supplyVoltage', voltageV: await this.#monitor().readVoltage(signal) };
      case 'selfCalibrate':
        return check(await this.#monitor().selfCalibrate(signal));
      case 'selfTest':
        return check(await this.#monitor().selfTest(signal));
      case undefined:
        throw new RangeError(`step ${place.step.id} has no channel`);
    }
  }

  async #noteAcquisition(mode: 'current' | 'energy' | 'power', filter: 'none' | 'spike'): Promise<void> {
    const { acquired } = this.#state;
    if (acquired?.mode !== mode || acquired.filter !== filter) await this.#record({ type: 'acquired', mode, filter });
  }

  /** Asks until the answer can be taken. */
  async #askPlace(place: Place): Promise<AnswerValues> {
    const { hands, operator } = this.#ports;
    if (hands && place.load && place.step.id === 'connect') await hands.connect(place.load);
    for (;;) {
      const kind = place.step.kind as 'instruct' | 'confirm' | 'enter';
      const suggested = hands ? await suggestAnswer(this.#state, place, hands) : null;
      const question = this.#question(place, kind, place.step.text, suggested, {});
      const given = await this.#ask(question);
      const read = readAnswer(this.#state, place, given);
      if (read.ok) return read.values;
      operator.refused(question, read.problems);
    }
  }

  async #askProblem(place: Place, problem: Problem): Promise<'repeat' | 'keep' | 'skip' | 'stop'> {
    const { operator } = this.#ports;
    const question = this.#question(place, 'problem', problem.code, null, problem.facts);
    const choices = question.choices;
    for (;;) {
      const { choice } = await this.#ask(question);
      const chosen = choices.find((known) => known === choice);
      if (chosen) return chosen;
      operator.refused(question, [{ code: 'noChoice', facts: {}, field: 'choice' }]);
    }
  }

  #question(
    place: Place,
    kind: Question['kind'],
    text: string,
    suggested: AnswerValues | null,
    facts: Question['facts'],
  ): Question {
    const { load } = place;
    const { setup } = this.#state.opening;
    const choices: Question['choices'] = ['repeat'];
    if (keepable.includes(text)) choices.push('keep');
    if (load && place.group !== 'first') choices.push('skip');
    choices.push('stop');
    return {
      number: this.#questions++,
      place: place.key,
      kind,
      text,
      facts: {
        voltageV: setup.voltageV,
        ...(load ? { ohm: load.nominalOhm ?? 'open', range: load.range } : {}),
        ...facts,
      },
      fields: kind === 'problem' ? [] : [...fieldsOf(place)],
      suggested,
      choices: kind === 'problem' ? choices : [],
    };
  }

  /** The bench's time stands still while a person thinks; a real clock does not care. */
  async #ask(question: Question): Promise<AnswerValues> {
    this.#ports.onQuestion?.(question);
    try {
      return await holding(this.#ports.clock, () => this.#ports.operator.ask(question, this.#signal));
    } finally {
      this.#ports.onQuestion?.(null);
    }
  }
}

function check(outcome: { ok: boolean; lines: string[] } | null): Reading {
  return {
    kind: 'check',
    ok: outcome?.ok ?? null,
    lines: (outcome?.lines ?? []).slice(0, 100).map((line) => line.slice(0, 400)),
  };
}
