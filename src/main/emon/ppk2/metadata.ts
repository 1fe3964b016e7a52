/** Constants of the five measuring ranges, as the conversion uses them (energy monitors, section 3.6). */
export interface Ppk2Constants {
  /** Shunt in ohm. */
  r: number[];
  gs: number[];
  gi: number[];
  /** Offset in counts of the converter. */
  o: number[];
  /** Offset in A per V of the supply. */
  s: number[];
  /** Offset in A. */
  i: number[];
  /** User gain. */
  ug: number[];
}

export interface Ppk2Metadata {
  constants: Ppk2Constants;
  /** Null where it is not told. */
  calibrated: boolean | null;
  /** What the regulator is set to, in mV. */
  vddMv: number | null;
  /** 1 ampere meter, 2 source meter. */
  mode: number | null;
  hardware: string | null;
  /** The instrument's own lines that deserve a look: not calibrated, a constant that is none, a user gain in use. */
  remarks: string[];
}

export const ppk2Ranges = 5;

const defaults = {
  r: [1031.64, 101.65, 10.15, 0.94, 0.043],
  gs: [1, 1, 1, 1, 1],
  gi: [1, 1, 1, 1, 1],
  o: [0, 0, 0, 0, 0],
  s: [0, 0, 0, 0, 0],
  i: [0, 0, 0, 0, 0],
  ug: [1, 1, 1, 1, 1],
} as const satisfies Record<keyof Ppk2Constants, readonly number[]>;

/** The constants of an instrument that reports none. */
export function defaultConstants(): Ppk2Constants {
  const { r, gs, gi, o, s, i, ug } = defaults;
  return { r: [...r], gs: [...gs], gi: [...gi], o: [...o], s: [...s], i: [...i], ug: [...ug] };
}

const mostRemarks = 40;

/** Whether the text holds the closing line of the metadata. */
export function metadataEnded(text: string): boolean {
  return /(?:^|\n)[ \t\r]*END(?![\w:])/.test(text);
}

/**
 * Reads the metadata text: lines `KEY: value` in any order and case, up to `END`; unknown keys and junk are passed over, a value that is
 * no number leaves the default (energy monitors, section 3.4). Undefined when the text names no shunt at all, so that any other text is
 * not taken for a calibration.
 */
export function parseMetadata(text: string): Ppk2Metadata | undefined {
  const constants = defaultConstants();
  const meta: Ppk2Metadata = { constants, calibrated: null, vddMv: null, mode: null, hardware: null, remarks: [] };
  let shunts = 0;
  for (const line of text.split('\n')) {
    const match = /([A-Za-z]+)([0-4]?)[ \t]*:[ \t]*(\S+)[ \t\r]*$/.exec(line.slice(-200));
    if (!match) continue;
    const key = (match[1] as string).toLowerCase();
    const range = match[2] as string;
    const value = match[3] as string;
    const number = readNumber(value);
    const remark = (): void => {
      if (meta.remarks.length < mostRemarks) meta.remarks.push(match[0].trim().slice(0, 80));
    };
    if (range === '') readPlain(meta, key, value, number, remark);
    else if (isConstant(key)) {
      if (key === 'r') shunts += 1;
      if (number === null || (key === 'r' && number <= 0)) {
        // A missing offset is 0 as ever; a shunt that is none changes the figures.
        if (key === 'r') remark();
        continue;
      }
      constants[key][Number(range)] = number;
      if (key === 'ug' && (number < 0.9 || number > 1.1)) remark();
    }
  }
  return shunts > 0 ? meta : undefined;
}

function readPlain(meta: Ppk2Metadata, key: string, value: string, number: number | null, remark: () => void): void {
  if (key === 'calibrated' && number !== null) {
    meta.calibrated = number !== 0;
    if (number === 0) remark();
  } else if (key === 'vdd') meta.vddMv = number;
  else if (key === 'mode') meta.mode = number;
  else if (key === 'hw') meta.hardware = value.slice(0, 40);
}

function isConstant(key: string): key is keyof Ppk2Constants {
  return Object.hasOwn(defaults, key);
}

function readNumber(text: string): number | null {
  if (!/^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/.test(text)) return null;
  const number = Number(text);
  return Number.isFinite(number) ? number : null;
}

/** The constants as one text that is the same for the same constants, for their hash. */
export function constantsText(constants: Ppk2Constants): string {
  const keys = ['r', 'gs', 'gi', 'o', 's', 'i', 'ug'] as const;
  return keys
    .flatMap((key) => constants[key].map((value, range) => `${key.toUpperCase()}${range}=${value}\n`))
    .join('');
}
