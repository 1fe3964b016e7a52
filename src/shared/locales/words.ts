/** The operator's words for one fault. `{fact}` names are filled from the fault's facts. */
export interface FaultWords {
  /** One sentence: what happened, in which instrument. */
  what: string;
  /** Likely causes, the most likely first. */
  causes: readonly string[];
  /** What to try, in order. */
  remedies: readonly string[];
}

/** A tree of messages; the leaves are message-format strings (`{name}` placeholders). */
export interface Messages {
  readonly [key: string]: string | Messages;
}
