/** One time mark that the DUT printed. */
export interface LoggedStamp {
  /** Null for a number that no integer of 53 bits holds. */
  us: number | null;
  /** When its line came, by the host's clock; null in a log without times. */
  hostS: number | null;
}

/** One `infer` as a log tells it. */
export interface LoggedInfer {
  /** File that was loaded before; null where the log begins later. */
  file: string | null;
  offsetBytes: number;
  inferences: number;
  warmups: number;
  /** How many time marks the DUT printed, and the last two of them. */
  stampCount: number;
  stamps: LoggedStamp[];
  /** Last results vector before it was done; null where none was printed. */
  results: readonly number[] | null;
  /** A vector was printed that is none. */
  unreadableResults: boolean;
  /** Times of the lines that say that the measured inferences begin and that they are done. */
  startHostS: number | null;
  doneHostS: number | null;
  done: boolean;
  /** Line of the command, and of the results (or the last line that belongs to it). */
  line: number;
  lastLine: number;
  /** The current runner's log: run time as printed, in s, and edges that the monitor reported. */
  printedS: number | null;
  edges: number | null;
}

export interface LoggedIncident {
  kind: 'reboot' | 'error';
  text: string;
  /** Whether an inference was under way. */
  insideInfer: boolean;
  line: number;
}

/** What a log says, in either runner's form; null for what it does not tell. */
export interface RunLog {
  runner: 'eembc' | 'mlc' | null;
  /** Written by Joulebench in the older runner's form: its version; null for a log of somebody else. */
  ownVersion: string | null;
  /** Joulebench says in it that a virtual bench was measured. */
  simulated: boolean;
  lines: number;
  /** Ids of the sessions that it holds the start of, and how many ends. */
  sessions: string[];
  ends: number;
  version: string | null;
  /** Older runner: `performance` or `energy` plug-in. */
  plugin: 'performance' | 'energy' | null;
  /** `single`, `bmark` or `multi`. */
  runMode: string | null;
  /** As set in the runner. */
  configuredModel: string | null;
  name: string | null;
  profile: string | null;
  model: string | null;
  infers: LoggedInfer[];
  incidents: LoggedIncident[];
  /** Kind of the energy monitor, and the voltage that it was read to give. */
  monitor: string | null;
  voltageV: number | null;
  /** Share of lost samples that the runner reports. */
  droppedShare: number | null;
  firstHostS: number | null;
  lastHostS: number | null;
  /** Detections of the streaming wake word in ms, and the line they stand on. */
  detections: { ms: readonly number[]; line: number } | null;
  /** The first path with somebody's name in it. */
  personal: { text: string; line: number } | null;
}

export function emptyLog(): RunLog {
  return {
    runner: null,
    ownVersion: null,
    simulated: false,
    lines: 0,
    sessions: [],
    ends: 0,
    version: null,
    plugin: null,
    runMode: null,
    configuredModel: null,
    name: null,
    profile: null,
    model: null,
    infers: [],
    incidents: [],
    monitor: null,
    voltageV: null,
    droppedShare: null,
    firstHostS: null,
    lastHostS: null,
    detections: null,
    personal: null,
  };
}

/** More inferences than any run has: an ad01 accuracy run has 48,608. */
export const mostInfers = 200_000;
/** More characters than the name of a file has. */
export const mostNameCharacters = 255;
/** Incidents kept; the others are only counted by their lines. */
export const mostIncidents = 1000;

const personalPath = /(?:[A-Za-z]:\\+Users\\+|\/home\/|\/Users\/)[^\\/\s"'\]]{1,64}/;

/** The part of a line that names a person's home folder. */
export function personalPathIn(line: string): string | undefined {
  if (!line.includes('sers') && !line.includes('/home/')) return undefined;
  return personalPath.exec(line)?.[0];
}
