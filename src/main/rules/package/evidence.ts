import type { EvidenceRef } from '../../../shared/domain/verdict.ts';
import type { Mode } from '../../../shared/domain/workload.ts';
import type { DeclarationEvidence } from './declarations.ts';

/** What the rules about packages need to know about one organisation's part of a submission. Paths as in the findings. */
export interface PackageEvidence {
  /** Folder of the organisation; `.` for the audited folder itself. */
  folder: string;
  round: string | null;
  division: 'closed' | 'open' | null;
  organisation: string | null;
  systems: readonly SystemEvidence[];
  /** Names of the folders directly below. */
  folders: readonly string[];
  /** Paths of what should not be there. */
  links: readonly string[];
  emptyFolders: readonly string[];
  caches: readonly string[];
  /** Names with blanks, with a dot in front, and resource forks. */
  oddNames: readonly string[];
  /** Files of 50 MB and more. */
  largeFiles: readonly { file: string; bytes: number }[];
  /** Checklists, each with the round in its name. */
  checklists: readonly { file: string; round: string | null }[];
  /** Energy hook-up documents. */
  hookUps: readonly string[];
  code: { files: number; readmes: number; models: number };
  /** Folder names that `model_mapping.json` maps to a benchmark; null without that file. */
  mappedFolders: readonly string[] | null;
  /** Names of persons in paths of the logs. */
  personal: readonly { text: string; ref: EvidenceRef }[];
  /** Answers of the checklists; a question that no paper asks is absent. */
  declarations: readonly DeclarationEvidence[];
  /** Model files below `code`, by their bytes. */
  models: readonly { file: string; sha256: string }[];
  /** Runs whose device names itself or its firmware otherwise than in another mode, as RUN-11 found them. */
  otherFirmware: readonly { folder: string; refs: readonly EvidenceRef[] }[];
  /** Windows that took less time an inference than an earlier one with the same input; the fraction by which they did. */
  runtimeDrops: readonly { input: string; fraction: number; refs: readonly EvidenceRef[] }[];
  /** Places in the texts that call a figure a result of MLPerf; `open` where they say that it is an open one. */
  claims: readonly { text: string; open: boolean; ref: EvidenceRef }[];
  /** Whether any run was measured by a program whose figures nobody can have reviewed. */
  unverified: boolean;
  /** Other scenarios than the single stream, in names of folders and in descriptions. */
  scenarios: readonly { name: string; ref: EvidenceRef }[];
}

/** One folder below `results`, and its description. */
export interface SystemEvidence {
  /** Name of the folder, and its path. */
  system: string;
  folder: string;
  /** The description that was found, by its name or the nearest one; null for none. */
  file: string | null;
  /** Whether it is `systems/<system>.json`. */
  exact: boolean;
  /** Where it is no JSON. */
  broken: { reason: string; line: number } | null;
  duplicates: readonly string[];
  fields: ReadonlyMap<string, string>;
  /** Folders below it that hold results. */
  entries: readonly EntryEvidence[];
}

/** The results of one benchmark of a system. */
export interface EntryEvidence {
  /** Name of the folder as it stands there. */
  name: string;
  folder: string;
  /** What it is: `kws` also for `keyword_spotting`; null for a folder that is no benchmark. */
  benchmark: string | null;
  /** Whether it stands directly below the system. */
  direct: boolean;
  modes: readonly Mode[];
}
