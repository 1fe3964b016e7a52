import { conduct } from '../../../src/main/calibration/engine/conduct.ts';
import type { Beginning } from '../../../src/main/calibration/engine/conduct.ts';
import { loadsFor } from '../../../src/main/calibration/engine/places.ts';
import type { CalibrationPorts, Operator } from '../../../src/main/calibration/engine/ports.ts';
import type { CalibrationEvent, Opening } from '../../../src/main/calibration/engine/state.ts';
import { findProcedure, readProcedures } from '../../../src/main/calibration/procedures.ts';
import { resourcesDir } from '../../../src/main/places.ts';
import { calibrationSetupSchema } from '../../../src/shared/domain/calibration.ts';
import type {
  AnswerValues,
  CertificateBody,
  Problem,
  ProcedureId,
  Question,
} from '../../../src/shared/domain/calibration.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { FakeBench } from './fake-bench.ts';
import type { FakeErrors } from './fake-bench.ts';
import { lpm01aSpecification } from './made-up.ts';

export const procedures = await readProcedures(resourcesDir());

/** The meter of the fake bench: 0.05 % and 0.1 mV, no input resistance. */
export const meterAnswer: AnswerValues = {
  dmmModel: 'Meter',
  dmmSerial: 'M1',
  dmmGainPercent: 0.05,
  dmmDigitsV: 1e-4,
  dmmInputOhm: 1e15,
};

export type Answer = AnswerValues | ((question: Question, times: number) => AnswerValues | undefined) | undefined;

/** Answers as the simulated bench suggests, except where told otherwise by place or step. */
export class ScriptedOperator implements Operator {
  readonly questions: Question[] = [];
  readonly refusals: { place: string; problems: readonly Problem[] }[] = [];
  readonly #answers: Record<string, Answer>;
  readonly #times = new Map<string, number>();

  constructor(answers: Record<string, Answer> = {}) {
    this.#answers = { meter: meterAnswer, ...answers };
  }

  ask(question: Question): Promise<AnswerValues> {
    this.questions.push(question);
    const name = question.kind === 'problem' ? `problem.${question.text}` : question.place;
    const times = this.#times.get(name) ?? 0;
    this.#times.set(name, times + 1);
    const answer =
      this.#answers[name] ??
      (question.kind === 'problem' ? undefined : this.#answers[question.place.split('@')[0] ?? '']);
    const given = typeof answer === 'function' ? answer(question, times) : answer;
    return Promise.resolve({
      ...question.suggested,
      ...(question.kind === 'problem' ? { choice: 'stop' } : {}),
      ...given,
    });
  }

  refused(question: Question, problems: readonly Problem[]): void {
    this.refusals.push({ place: question.place, problems });
    if (this.refusals.length > 50) throw new Error(`refused too often: ${JSON.stringify(problems)}`);
  }
}

export function opening(id: ProcedureId, change: Partial<Opening> = {}): Opening {
  const procedure = findProcedure(procedures, id);
  const setup = calibrationSetupSchema.parse({ operator: 'Ada', ...change.setup });
  return {
    procedure,
    simulated: true,
    instrument: { kind: 'lpm01a', model: 'LPM01A', serial: 'fake-1', firmware: '1.0.6', constantsSha256: null },
    specification: lpm01aSpecification(),
    ...loadsFor(procedure, 'lpm01a', setup.voltageV, setup.ranges),
    gainCertificate: null,
    program: 'test',
    ...change,
    setup,
  };
}

export interface WizardRun {
  body: CertificateBody | null;
  events: CalibrationEvent[];
  operator: ScriptedOperator;
  bench: FakeBench;
}

/** Runs a procedure on the fake bench in no real time. */
export async function runWizard(
  begin: Beginning,
  options: {
    errors?: Partial<FakeErrors>;
    answers?: Record<string, Answer>;
    seed?: number;
    ports?: Partial<CalibrationPorts>;
    prepare?: (bench: FakeBench) => void;
    onEvent?: (event: CalibrationEvent, events: CalibrationEvent[]) => void;
  } = {},
): Promise<WizardRun> {
  const clock = new ManualClock();
  const bench = new FakeBench(clock, options.errors, options.seed);
  options.prepare?.(bench);
  const operator = new ScriptedOperator(options.answers);
  const events: CalibrationEvent[] = [];
  const ports: CalibrationPorts = {
    clock,
    operator,
    monitor: bench.monitor,
    sourceJitterS: 0,
    stampJitterS: 0,
    baud: () => null,
    hands: bench,
    record(event) {
      events.push(JSON.parse(JSON.stringify(event)) as CalibrationEvent);
      options.onEvent?.(event, events);
      return Promise.resolve();
    },
    ...options.ports,
  };
  const body = await clock.until(conduct(ports, begin, new AbortController().signal));
  return { body, events, operator, bench };
}
