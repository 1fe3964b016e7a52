import { join } from 'node:path';
import type { FileProblem } from '../../shared/domain/batch.ts';
import type { MadeFile } from '../../shared/domain/made-file.ts';
import type { ReadDescription, SystemDetail, SystemSummary } from '../../shared/domain/package-page.ts';
import { checkSystemDescription, systemNameSchema } from '../../shared/domain/system-description.ts';
import type { SystemDescription } from '../../shared/domain/system-description.ts';
import { toFault } from '../../shared/fault/index.ts';
import { createText } from '../../shared/text/index.ts';
import { emptyDescription, readDescription } from '../audit/index.ts';
import { findBoard } from '../bench/index.ts';
import { openSystemDescriptions, writeFileAtomic } from '../store/index.ts';
import type { SystemDescriptions } from '../store/index.ts';
import { describeBoard } from './describe-board.ts';
import type { MadeFiles } from './made-files.ts';

export interface SystemFormsDependencies {
  /** Folder of the settings. */
  config: string;
  resourcesDir: string;
  /** The compiler of our firmware; rejects where there is none. */
  compiler: (signal?: AbortSignal) => Promise<string>;
}

/** The system descriptions as a page edits them. */
export class SystemForms {
  readonly #store: SystemDescriptions;
  readonly #resources: string;
  readonly #compiler: SystemFormsDependencies['compiler'];

  constructor({ config, resourcesDir, compiler }: SystemFormsDependencies) {
    this.#store = openSystemDescriptions(join(config, 'systems'));
    this.#resources = resourcesDir;
    this.#compiler = compiler;
  }

  /** All that are kept; files that are no descriptions are named beside them and left alone. */
  async list(): Promise<{ systems: SystemSummary[]; problems: FileProblem[] }> {
    const systems: SystemSummary[] = [];
    const problems: FileProblem[] = [];
    for (const name of await this.#store.names()) {
      try {
        systems.push(summaryOf(await this.get(name)));
      } catch (error) {
        problems.push({ file: `${name}.json`, fault: toFault(error).toRecord() });
      }
    }
    return { systems, problems };
  }

  async get(name: string): Promise<SystemDetail> {
    return { name, ...readDescription(`${name}.json`, await this.#store.read(name)) };
  }

  /** @throws Fault `package.nameTaken`, `package.noSystem`, or of area `store`. */
  async save(name: string, fields: SystemDescription, previous: string | null): Promise<SystemDetail> {
    await this.#store.write(name, formatted(fields), previous);
    return this.get(name);
  }

  /** Another description than one of the same name that is here gets a free name beside it. */
  async add(file: string, text: string): Promise<SystemDetail> {
    const read = readDescription(file, text);
    const wanted = nameOf(file);
    const taken = new Map((await this.#store.names()).map((name) => [name.toLowerCase(), name]));
    let name = wanted;
    for (let at = 2; ; at += 1) {
      const other = taken.get(name.toLowerCase());
      if (other === undefined) break;
      const same = await this.get(other).catch(() => undefined);
      if (same && formatted(same.fields) === formatted(read.fields)) return { ...same, leftOut: read.leftOut };
      name = `${wanted.slice(0, 90)}-${at}`;
    }
    await this.#store.write(name, formatted(read.fields), null);
    return { name, ...read };
  }

  remove(name: string): Promise<void> {
    return this.#store.remove(name);
  }

  restore(name: string): Promise<void> {
    return this.#store.restore(name);
  }

  /** The file as it is kept, so that nothing of it is lost. */
  async export(name: string, files: MadeFiles): Promise<MadeFile> {
    const text = await this.#store.read(name);
    return files.offer(`${name}.json`, 'application/json', (path) => writeFileAtomic(path, text));
  }

  /** A new description with what is known of a board of the catalogue. */
  async proposal(board: string | null, signal?: AbortSignal): Promise<ReadDescription> {
    if (board === null) return { fields: emptyDescription(), leftOut: [] };
    const found = await findBoard(this.#resources, board);
    const compiler = found.firmwarePort === null ? null : await this.#compiler(signal).catch(() => null);
    return { fields: { ...emptyDescription(), ...describeBoard(found, compiler, createText()) }, leftOut: [] };
  }
}

function summaryOf({ name, fields, leftOut }: SystemDetail): SystemSummary {
  const checked = checkSystemDescription(fields);
  return {
    name,
    submitter: fields.Submitter.trim(),
    board: fields['Board Name'].trim(),
    division: fields.Division.trim(),
    status: fields.Status.trim(),
    problems: (checked.ok ? 0 : checked.problems.length) + leftOut.length,
  };
}

function formatted(fields: SystemDescription): string {
  return `${JSON.stringify(fields, undefined, 2)}\n`;
}

/** A name for a description out of the name of its file. */
function nameOf(file: string): string {
  const plain = file
    .replace(/\.json$/i, '')
    .normalize('NFKD')
    .replace(/[^A-Za-z0-9._-]+/g, '-')
    .replace(/^[^A-Za-z0-9]+|[^A-Za-z0-9]+$/g, '')
    .slice(0, 90);
  return systemNameSchema.safeParse(plain).success ? plain : `system-${plain}`.replace(/[^A-Za-z0-9]+$/, '');
}
