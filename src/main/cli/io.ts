import type { Fault } from '../../shared/fault/index.ts';
import { toFault } from '../../shared/fault/index.ts';
import { problemWords } from '../../shared/text/problems.ts';
import type { Text } from '../../shared/text/index.ts';

/** What a command writes to and listens to; replaced in tests. */
export interface CliIo {
  out(text: string): void;
  err(text: string): void;
  /** Standard error is a terminal: progress may overwrite its line. */
  readonly interactive: boolean;
  /** Asks a person for a secret without showing what is typed; undefined where nobody can be asked, or they gave up. */
  askSecret?(question: string): Promise<string | undefined>;
  /** A variable of the environment. */
  variable?(name: string): string | undefined;
}

/** Writes a fault for an operator: what happened, likely causes, what to do. */
export function writeFault(io: CliIo, text: Text, error: unknown): void {
  const fault = toFault(error);
  const words = text.fault(fault);
  io.err(`${words.what}\n`);
  for (const problem of problemWords(text, fault)) io.err(`  - ${problem.what}\n`);
  if (words.causes.length > 0) io.err(`${text.t('cli.error.causes')}\n${list(words.causes)}`);
  if (words.remedies.length > 0) io.err(`${text.t('cli.error.remedies')}\n${list(words.remedies)}`);
}

/** The same as one object for `--json`. */
export function faultJson(
  text: Text,
  error: unknown,
): { error: { code: string; facts: unknown; what: string; causes: readonly string[]; remedies: readonly string[] } } {
  const fault: Fault = toFault(error);
  const words = text.fault(fault);
  return {
    error: { code: fault.code, facts: fault.facts, what: words.what, causes: words.causes, remedies: words.remedies },
  };
}

function list(lines: readonly string[]): string {
  return lines.map((line) => `  - ${line}\n`).join('');
}
