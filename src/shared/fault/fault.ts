import type { z } from 'zod';
import type { FaultKind } from './catalogue/define.ts';
import { faultCatalogue } from './catalogue/index.ts';

/** Every code an error of this application can have: the closed union of the catalogue's keys. */
export type FaultCode = keyof typeof faultCatalogue;

/** The typed facts that belong to a code. */
export type FaultFacts<C extends FaultCode> = z.infer<(typeof faultCatalogue)[C]['facts']>;

/** The form a fault takes in a journal, a message or a JSON answer. */
export interface FaultRecord {
  code: FaultCode;
  facts: Record<string, unknown>;
  /** Raw detail for the log; never the operator's words. */
  detail?: string | undefined;
}

/**
 * The one error class. It carries a code and facts; the operator's words for it live in the locales and are made by
 * `describeFault`. Its own `message` is for logs only.
 */
export class Fault<C extends FaultCode = FaultCode> extends Error {
  readonly code: C;
  readonly facts: FaultFacts<C>;

  constructor(code: C, facts: FaultFacts<C>, options: { cause?: unknown } = {}) {
    super(`${code} ${JSON.stringify(facts)}`, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'Fault';
    this.code = code;
    this.facts = facts;
  }

  get kind(): FaultKind {
    return faultCatalogue[this.code].kind;
  }

  toRecord(): FaultRecord {
    const detail = this.cause instanceof Error ? `${this.cause.name}: ${this.cause.message}` : undefined;
    return { code: this.code, facts: this.facts as Record<string, unknown>, detail };
  }
}

/** Rebuilds a fault from its record; a record this version does not know becomes `internal.unexpected`. */
export function faultFromRecord(record: { code: string; facts?: unknown; detail?: string | undefined }): Fault {
  if (Object.hasOwn(faultCatalogue, record.code)) {
    const code = record.code as FaultCode;
    const facts = faultCatalogue[code].facts.safeParse(record.facts ?? {});
    if (facts.success)
      return new Fault(code, facts.data as never, { cause: record.detail && new Error(record.detail) });
  }
  return new Fault('internal.unexpected', { message: `${record.code}: ${record.detail ?? ''}` });
}

/** Whatever was thrown, as a fault. An error that is none is a defect of ours and says so. */
export function toFault(error: unknown): Fault {
  if (error instanceof Fault) return error;
  if (error instanceof Error && error.name === 'AbortError')
    return new Fault('operation.cancelled', {}, { cause: error });
  const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return new Fault('internal.unexpected', { message }, { cause: error });
}

export function isFault<C extends FaultCode>(error: unknown, code: C): error is Fault<C> {
  return error instanceof Fault && error.code === code;
}
