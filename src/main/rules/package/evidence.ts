/** What the rules about packages need to know about one organisation's part of a submission. Paths as in the findings. */
export interface PackageEvidence {
  /** Folder of the organisation; `.` for the audited folder itself. */
  folder: string;
  round: string | null;
  division: 'closed' | 'open' | null;
  organisation: string | null;
  systems: readonly SystemEvidence[];
}

/** One folder below `results`, and its description. */
export interface SystemEvidence {
  /** Name of the folder. */
  system: string;
  /** The description that was found, by its name or the nearest one; null for none. */
  file: string | null;
  /** Whether it is `systems/<system>.json`. */
  exact: boolean;
  /** Where it is no JSON. */
  broken: { reason: string; line: number } | null;
  duplicates: readonly string[];
  fields: ReadonlyMap<string, string>;
}
