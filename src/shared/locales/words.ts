/** The operator's words for one fault. `{fact}` names are filled from the fault's facts. */
export interface FaultWords {
  /** One sentence: what happened, in which instrument. */
  what: string;
  /** Likely causes, the most likely first. */
  causes: readonly string[];
  /** What to try, in order. */
  remedies: readonly string[];
  /** Words for facts that are codes, by the fact's name and the code: a code without words stands as it is. */
  codes?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** A tree of messages; the leaves are message-format strings (`{name}` placeholders). */
export interface Messages {
  readonly [key: string]: string | Messages;
}

/** The same tree in another language: each message another text, lists of any length. */
export type Translated<T> = T extends string
  ? string
  : T extends readonly string[]
    ? readonly string[]
    : { readonly [K in keyof T]: Translated<T[K]> };
