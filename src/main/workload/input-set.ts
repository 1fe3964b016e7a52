import { createHash } from 'node:crypto';
import { performanceFiles } from '../../shared/domain/workload-inputs.ts';
import type { InputRef, InputSetIdentity, Workload } from '../../shared/domain/workload.ts';
import { officialEntries } from './official-entries.ts';

type Entry = Pick<InputRef, 'file' | 'label'>;

/** SHA-256 of the canonical list: each line `file,label` and LF, in order. */
export function hashList(entries: readonly Entry[]): string {
  const hash = createHash('sha256');
  for (const entry of entries) hash.update(canonicalLine(entry));
  return hash.digest('hex');
}

/**
 * What a list is: a whole official list in its order, a part of one (or all of it in another order), or an own one. A part that
 * fits several official lists is named after the one of its length, else after the first.
 * @param listFileSha256 hash of the list's file, by which the list that came with an own workload is known.
 */
export function identifyList(
  workload: Workload,
  entries: readonly Entry[],
  listFileSha256?: string,
): Pick<InputSetIdentity, 'kind' | 'listName' | 'listSha256'> {
  const listSha256 = hashList(entries);
  const whole = workload.officialLists.find((list) => list.listSha256 === listSha256);
  if (whole) return { kind: 'official', listName: whole.name, listSha256 };
  const prints = entries.map(fingerprint);
  const parts = workload.officialLists.filter((list) => {
    const members = new Set(fingerprintsOf(list.name));
    return prints.length > 0 && prints.every((print) => members.has(print));
  });
  const part = parts.find((list) => list.files === entries.length) ?? parts[0];
  if (part) return { kind: 'subset', listName: part.name, listSha256 };
  const { ownList } = workload;
  return {
    kind: 'own',
    listName: ownList && ownList.listFileSha256 === listFileSha256 ? ownList.name : null,
    listSha256,
  };
}

/** Whether the content of a set is one whose hash is known, with or without all files of its list. */
export function isKnownContent(workload: Workload, contentSha256: string): boolean {
  return (
    workload.ownList?.contentSha256 === contentSha256 ||
    workload.officialLists.some((list) => list.knownContents.some((known) => known.contentSha256 === contentSha256))
  );
}

/** The inputs of a performance run: the first input of each of the first five files (rule PERF-02). */
export function performanceInputs(inputs: readonly InputRef[]): InputRef[] {
  return inputs.filter((input) => input.fileIndex < performanceFiles && input.offsetBytes === 0);
}

/**
 * Where the inputs of a performance run come from: `official`, the first five of an official list; `listStart`, the first
 * of the list that was used; `other`.
 * @param used the inputs of the windows, in order.
 * @param inputs all inputs of the data set.
 */
export function performanceInputsOrigin(
  workload: Workload,
  used: readonly InputRef[],
  inputs: readonly InputRef[],
): 'official' | 'listStart' | 'other' {
  const fromStart = used.every((input) => input.offsetBytes === 0);
  const prints = used.map(fingerprint);
  const official = workload.officialLists.some(
    (list) => fromStart && prints.join() === fingerprintsOf(list.name).slice(0, performanceFiles).join(),
  );
  if (official) return 'official';
  const start = performanceInputs(inputs);
  const same = used.length === start.length && used.every((input, k) => input.index === start[k]?.index);
  return same ? 'listStart' : 'other';
}

/**
 * Finds the true classes of official files by their names: of all classes of the workload the one whose fingerprint stands in a list.
 * Answers undefined for a file of no official list. Remembers what it found.
 */
export function officialLabels(workload: Workload): (file: string) => number | undefined {
  const members = new Set(workload.officialLists.flatMap((list) => fingerprintsOf(list.name)));
  const known = new Map<string, number | undefined>();
  const find = (file: string): number | undefined => {
    for (let label = 0; label < workload.classCount; label += 1) {
      if (members.has(fingerprint({ file, label }))) return label;
    }
    return undefined;
  };
  return (file) => {
    if (!known.has(file) && known.size < mostRemembered) known.set(file, find(file));
    return known.has(file) ? known.get(file) : find(file);
  };
}

/** Far more names than all official lists have; a log may hold a million others. */
const mostRemembered = 10_000;

function canonicalLine(entry: Entry): string {
  return `${entry.file},${entry.label}\n`;
}

function fingerprint(entry: Entry): string {
  return createHash('sha256').update(canonicalLine(entry)).digest('hex').slice(0, 8);
}

/** The fingerprints of an official list in its order; empty for a list whose entries are not known. */
function fingerprintsOf(listName: string): string[] {
  return officialEntries[listName]?.match(/.{8}/g) ?? [];
}
