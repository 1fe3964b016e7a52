/** How a scripted DUT behaves; every field is a deviation from the reference firmware, which is the default. */
export interface ScriptedDutOptions {
  deviceClass?: string;
  vendor?: string;
  profile?: string;
  model?: string;
  energyBuild?: boolean;
  /** From power-on (construction, reset) to the first boot byte. */
  bootS?: number;
  /** Printed in front of the boot block. */
  bootText?: string;
  bootLap?: boolean;
  /** No boot block at all: it was running already. */
  noBoot?: boolean;
  inferenceS?: number;
  warmupS?: number;
  /** First value of the microsecond counter. */
  lapStartUs?: number;
  /** The counter wraps at 2^32; epoch counters do not. */
  lapWraps?: boolean;
  /** DUT seconds per true second. */
  clockFactor?: number;
  lapGranularityUs?: number;
  /** Word in `m-lap-us-`. */
  lapUnit?: string;
  /** Stamps printed by an inference; 2 in the reference. */
  stamps?: number;
  /** Text between the brackets of the results for a payload; null prints no results line. */
  results?: (payload: Uint8Array) => string | null;
  bufferBytes?: number;
  /** Bytes that `infer` wants; undefined takes any. */
  inputBytes?: number;
  canPrint?: boolean;
  /** Corrupts what `db print` shows. */
  printOffset?: number;
  sayExpecting?: boolean;
  sayLoadDone?: boolean;
  lineEnd?: string;
  /** Repeats each command in front of its reply: with `%`, without, or as a line of its own. */
  echo?: 'percent' | 'plain' | 'line';
  /** Stands in front of `m-ready`. */
  readyPrefix?: string;
  /** Printed behind `m-ready`, without line end. */
  prompt?: string;
  /** Printed behind the `m-ready` of each command. */
  afterReady?: string;
  emptyLines?: boolean;
  /** Rewrites a line before it is sent; may return several lines or glued text. The line end is added behind each. */
  rewrite?: (line: string, command: string) => readonly string[];
  /** Changes bytes on their way to the host; `index` counts all bytes sent so far. */
  mangleOut?: (byte: number, index: number) => readonly number[];
  /** The same for bytes from the host. */
  mangleIn?: (byte: number, index: number) => readonly number[];
  /** Stops answering after this many commands. */
  silentAfter?: number;
  /** Restarts when this command (by its first word) is being executed. */
  rebootDuring?: string;
  /** How many times it does so. */
  reboots?: number;
}
