import { createInterface } from 'node:readline/promises';
import type { Interface } from 'node:readline/promises';
import { answerValuesSchema } from '../../shared/domain/calibration.ts';
import type { AnswerValues, Field, Problem, Question } from '../../shared/domain/calibration.ts';
import { Fault } from '../../shared/fault/index.ts';
import type { Text } from '../../shared/text/index.ts';
import type { Operator } from '../calibration/index.ts';
import type { CliIo } from './io.ts';
import { z } from 'zod';

/** Answers by place (`voltageBefore@0:1000`) or step (`voltageBefore`); a list is used up one by one. */
export const answersFileSchema = z.record(
  z.string(),
  z.union([answerValuesSchema, z.array(answerValuesSchema).min(1)]),
);
export type AnswersFile = z.infer<typeof answersFileSchema>;

/** How often one and the same place may refuse what a file says. */
const mostRefusals = 3;

/** Answers from a file; where it says nothing, from what a simulated bench suggests, and then from a person. */
export class ScriptedOperator implements Operator {
  readonly #answers: AnswersFile;
  readonly #next: Operator | undefined;
  readonly #used = new Map<string, number>();
  readonly #refusals = new Map<string, number>();
  #last: readonly Problem[] = [];

  constructor(answers: AnswersFile, next?: Operator) {
    this.#answers = answers;
    this.#next = next;
  }

  ask(question: Question, signal: AbortSignal): Promise<AnswerValues> {
    const refusals = this.#refusals.get(question.place) ?? 0;
    const scripted = this.#scripted(question);
    if (refusals < mostRefusals) {
      if (question.kind === 'problem') {
        if (scripted) return Promise.resolve(scripted);
      } else if (scripted ?? question.suggested) return Promise.resolve({ ...question.suggested, ...scripted });
      // Nothing to enter and nothing to confirm: an instruction that a file needs not name.
      else if (question.kind === 'instruct' && !this.#next) return Promise.resolve({});
    }
    if (this.#next) return this.#next.ask(question, signal);
    const problem = [question.kind === 'problem' ? question.text : '', ...this.#last.map(({ code }) => code)]
      .filter((code) => code !== '')
      .join(', ');
    return Promise.reject(
      new Fault('calibration.answerMissing', { place: question.place, problem: problem || question.text }),
    );
  }

  refused(question: Question, problems: readonly Problem[]): void {
    this.#last = problems;
    this.#refusals.set(question.place, (this.#refusals.get(question.place) ?? 0) + 1);
    this.#next?.refused(question, problems);
  }

  #scripted(question: Question): AnswerValues | undefined {
    const names =
      question.kind === 'problem'
        ? [`problem.${question.text}@${question.place}`, `problem.${question.text}`, 'problem']
        : [question.place, question.place.split('@')[0] ?? ''];
    const name = names.find((known) => Object.hasOwn(this.#answers, known));
    const found = name === undefined ? undefined : this.#answers[name];
    if (name === undefined || !Array.isArray(found)) return found as AnswerValues | undefined;
    const at = this.#used.get(name) ?? 0;
    this.#used.set(name, at + 1);
    return found[Math.min(at, found.length - 1)];
  }
}

/** A person at a terminal. */
export class TerminalOperator implements Operator {
  readonly #text: Text;
  readonly #io: CliIo;
  readonly #lines: Interface;

  constructor(text: Text, io: CliIo, input: NodeJS.ReadableStream) {
    this.#text = text;
    this.#io = io;
    this.#lines = createInterface({ input });
  }

  close(): void {
    this.#lines.close();
  }

  async ask(question: Question, signal: AbortSignal): Promise<AnswerValues> {
    const { kind, text: key, facts, fields, choices } = question;
    const area = kind === 'problem' ? 'problem' : 'step';
    this.#io.err(`\n${this.#text.t(`calibration.${area}.${key}`, facts)}\n`);
    if (kind === 'problem') return { choice: await this.#choose(choices, signal) };
    const values: AnswerValues = {};
    for (const field of fields) {
      const value = await this.#enter(field, question.suggested?.[field.id], signal);
      if (value !== null) values[field.id] = value;
      if (field.id === 'skip' && value === true) break;
    }
    if (fields.length === 0) await this.#line(this.#text.t('calibration.cli.enter'), signal);
    return values;
  }

  refused(_question: Question, problems: readonly Problem[]): void {
    for (const { code, facts, field } of problems) {
      const what = this.#text.t(`calibration.problem.${code}`, facts);
      this.#io.err(field === undefined ? `${what}\n` : `${this.#text.t(`calibration.field.${field}`)}: ${what}\n`);
    }
  }

  async #choose(choices: Question['choices'], signal: AbortSignal): Promise<string> {
    const words = choices.map((choice, k) => `${k + 1} ${this.#text.t(`calibration.choice.${choice}`)}`).join(', ');
    const given = await this.#line(`${words}: `, signal);
    return choices[Number(given.trim()) - 1] ?? given.trim();
  }

  async #enter(
    field: Field,
    suggested: AnswerValues[string] | undefined,
    signal: AbortSignal,
  ): Promise<AnswerValues[string]> {
    const offered = suggested ?? field.default;
    const unit = field.unit === '' ? '' : ` (${field.unit})`;
    const shown =
      field.kind === 'flag'
        ? ` ${this.#text.t('calibration.cli.yesNo')}`
        : offered === undefined
          ? ''
          : ` [${String(offered)}]`;
    const given = (
      await this.#line(`${this.#text.t(`calibration.field.${field.id}`)}${unit}${shown}: `, signal)
    ).trim();
    if (field.kind === 'flag') return /^[yjo1]/i.test(given);
    if (given === '') return offered ?? null;
    return field.kind === 'number' ? Number(given.replace(',', '.')) : given;
  }

  #line(prompt: string, signal: AbortSignal): Promise<string> {
    this.#io.err(prompt);
    return this.#lines.question('', { signal });
  }
}
