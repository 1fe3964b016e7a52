import type { EnergySetup } from '../../../shared/domain/energy.ts';
import type { ImageMemory } from '../../../shared/domain/identity.ts';
import type { SystemDescription } from '../../../shared/domain/system-description.ts';
import type { AuditFigures } from '../../../shared/domain/audit.ts';
import type { CertificateView } from '../../report/index.ts';
import type { Mode } from '../../../shared/domain/workload.ts';

/** A file that goes into a package. */
export interface MaterialFile {
  name: string;
  /** Where it lies. */
  path: string;
  /** A text of ours: home folders and names of people are taken out. Files of others are copied byte for byte. */
  redact: boolean;
}

/** One run that goes into a package. */
export interface MaterialRun {
  /** Name of the system it was measured on: a folder below `results`. */
  system: string;
  /** Measured by Joulebench itself; else by an official runner. */
  own: boolean;
  /** As the caller named the session or folder. */
  source: string;
  /** Id of our run, or the folder inside the source. */
  run: string;
  /** Folder name of the benchmark in a package: `kws`. */
  benchmark: string;
  mode: Mode;
  files: readonly MaterialFile[];
  runner: string | null;
  figures: AuditFigures;
  simulated: boolean;
  /** When an own run was measured, ISO 8601. */
  measuredAt?: string;
  /** Own energy runs: what the hook-up document is made from. */
  energy?: EnergySetup;
  /** Certificates that its figure rests on. */
  certificates?: readonly CertificateView[];
  memory?: ImageMemory;
}

/** A system of a package: the name of its folder, and what it is. */
export interface PackageSystem {
  system: string;
  description: SystemDescription;
}

/** Memory of one image, for the table of the read-me. */
export interface MemoryLine {
  name: string;
  memory: ImageMemory;
}

export interface PackagePlanInput {
  division: 'closed' | 'open';
  round: string;
  /** At least one, all of one submitter. */
  systems: readonly PackageSystem[];
  runs: readonly MaterialRun[];
  /** Files below `code`, with `/`. */
  code: readonly { name: string; path: string }[];
  /** A hook-up document of the submitter. */
  hookUp: string | null;
  memory: readonly MemoryLine[];
  /** Sentences that say why it cannot be submitted; empty for an official package. */
  obstacles: readonly string[];
  program: string;
}

/** A file of the package: a text, a copy, or what is made when it is written. `path` is relative to the package, with `/`. */
export type PlannedFile = { path: string } & (
  { text: string } | { copy: string; redact: boolean } | { make: () => Promise<Uint8Array> }
);

export interface PackagePlan {
  kind: 'official' | 'validation';
  organisation: string;
  files: PlannedFile[];
}
