import { randomUUID } from 'node:crypto';
import { copyFile, mkdir, mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { LiveTopic } from '../../shared/contract/index.ts';
import type { MadeFile } from '../../shared/domain/made-file.ts';
import type { LivePackage, PackageCheck, StartPackage } from '../../shared/domain/package-page.ts';
import type { PackageAnswer } from '../../shared/domain/package.ts';
import { checkSystemDescription } from '../../shared/domain/system-description.ts';
import type { SystemDescription } from '../../shared/domain/system-description.ts';
import { Fault, toFault } from '../../shared/fault/index.ts';
import { createText } from '../../shared/text/index.ts';
import { sessionTools } from '../archive/index.ts';
import { makePackage } from '../audit/index.ts';
import type { RequestedSystem } from '../audit/index.ts';
import type { Host } from '../host.ts';
import { storeFault } from '../store/index.ts';
import { person } from '../person.ts';
import type { Audits } from './audits.ts';
import type { MadeFiles } from './made-files.ts';
import type { SystemForms } from './system-forms.ts';

/** Ended checks that can still be looked at and saved. */
const keptPackages = 3;
/** So many lines of a list travel to a page; the count says how many there are. */
const shownReasons = 200;
const shownPaths = 1500;

interface Kept {
  topic: LiveTopic<LivePackage>;
  stop: AbortController;
  done: Promise<void>;
  /** Where its zip file lies; undefined while there is none. */
  zip: { path: string; name: string } | undefined;
}

export interface PackagesDependencies {
  host: Host;
  systems: SystemForms;
  folderOf: (sessionId: string) => string;
  audits: Audits;
  /** How many threads an audit gets; one of its own by itself, since this one serves the instruments. */
  threads?: number;
}

/**
 * Packages of one process. A package is made and audited as a whole in a folder of its own; only one without problems can be saved, and
 * it goes on whatever becomes of the page.
 */
export class Packages {
  readonly #host: Host;
  readonly #systems: SystemForms;
  readonly #folderOf: PackagesDependencies['folderOf'];
  readonly #audits: Audits;
  readonly #threads: number;
  readonly #packages = new Map<string, Kept>();
  #folder: Promise<string> | undefined;

  constructor({ host, systems, folderOf, audits, threads = 1 }: PackagesDependencies) {
    this.#host = host;
    this.#systems = systems;
    this.#folderOf = folderOf;
    this.#audits = audits;
    this.#threads = threads;
  }

  async start(request: StartPackage): Promise<string> {
    const packageId = `package-${randomUUID()}`;
    const topic = new LiveTopic<LivePackage>({
      packageId,
      request,
      state: 'checking',
      done: 0,
      total: 0,
      fault: null,
      check: null,
    });
    const kept: Kept = { topic, stop: new AbortController(), done: Promise.resolve(), zip: undefined };
    this.#packages.set(packageId, kept);
    kept.done = this.#run(packageId, kept);
    await this.#forgetOld();
    return packageId;
  }

  list(): LivePackage[] {
    return [...this.#packages.values()].map(({ topic }) => topic.value);
  }

  /** @throws Fault `app.operationUnknown`. */
  topic(packageId: string): LiveTopic<LivePackage> {
    return this.#kept(packageId).topic;
  }

  /** Resolves when the check has ended, in whichever way. */
  ended(packageId: string): Promise<void> {
    return this.#kept(packageId).done;
  }

  stop(packageId: string): void {
    this.#kept(packageId).stop.abort(new Fault('operation.cancelled', {}));
  }

  /** @throws Fault `package.gone`. */
  save(packageId: string, files: MadeFiles): Promise<MadeFile> {
    const { path, name } = this.#zipOf(packageId);
    return files.offer(name, 'application/zip', (to) => copyFile(path, to));
  }

  /** Begins an audit of what would be saved. @throws Fault `package.gone`. */
  audit(packageId: string): Promise<string> {
    const { path, name } = this.#zipOf(packageId);
    const { round } = this.topic(packageId).value.request;
    return this.#audits.start(path, { scope: 'package', round }, { name });
  }

  async close(): Promise<void> {
    for (const [packageId, { done }] of this.#packages) {
      this.stop(packageId);
      await done;
    }
    this.#packages.clear();
    if (this.#folder) await rm(await this.#folder, { recursive: true, force: true });
  }

  async #run(packageId: string, kept: Kept): Promise<void> {
    const { topic, stop } = kept;
    const { signal } = stop;
    try {
      const check = await this.#check(packageId, kept, signal);
      topic.replace({ ...topic.value, state: 'done', check });
    } catch (error) {
      topic.replace({
        ...topic.value,
        state: signal.aborted ? 'stopped' : 'failed',
        fault: signal.aborted ? null : toFault(error).toRecord(),
      });
    }
  }

  async #check(packageId: string, kept: Kept, signal: AbortSignal): Promise<PackageCheck> {
    const { topic } = kept;
    const { request } = topic.value;
    const { name, version } = this.#host.options.app;
    const text = this.#host.text();
    const { division, round, code, hookUp } = request;
    const systems: RequestedSystem[] = [];
    for (const { system, sources } of request.systems)
      systems.push({
        system,
        description: await this.#description(system, division),
        sources: sources.map((source) =>
          'sessionId' in source ? this.#folderOf(source.sessionId) : resolve(source.path),
        ),
      });
    this.#folder ??= mkdtemp(join(tmpdir(), 'joulebench-package-'));
    const folder = join(await this.#folder, packageId);
    await mkdir(folder).catch((error: unknown) => {
      throw storeFault(error, folder);
    });
    const out = join(folder, 'package.zip');
    const answer = await makePackage(
      {
        systems,
        division,
        round,
        code: code === null ? null : resolve(code),
        hookUp: hookUp === null ? null : resolve(hookUp),
        memory: [],
        out,
        program: `${name} ${version}`,
      },
      {
        text,
        // Reviewers of any country read the documents.
        documents: createText(),
        sessions: sessionTools(version, text),
        personal: person(),
        signal,
        threads: this.#threads,
        onStep: (done, total) => topic.replace({ ...topic.value, done, total }),
      },
    );
    if (answer.made) kept.zip = { path: out, name: zipName(answer) };
    return checkOf(answer, kept.zip && { name: kept.zip.name, bytes: (await stat(out)).size });
  }

  /** The kept description, fit for a package. @throws Fault `package.description`. */
  async #description(system: string, division: string): Promise<SystemDescription> {
    const { fields } = await this.#systems.get(system);
    const { t } = this.#host.text();
    const checked = checkSystemDescription(fields);
    const problems = checked.ok
      ? []
      : checked.problems.map(({ key, problem }) => t(`package.problem.${problem}`, { key }));
    const said = fields.Division.trim();
    if (said !== '' && said.toLowerCase() !== division)
      problems.push(t('package.problem.otherDivision', { found: said, division }));
    if (problems.length > 0) throw new Fault('package.description', { path: system, problems });
    return fields;
  }

  #zipOf(packageId: string): { path: string; name: string } {
    const zip = this.#packages.get(packageId)?.zip;
    if (!zip) throw new Fault('package.gone', {});
    return zip;
  }

  #kept(packageId: string): Kept {
    const kept = this.#packages.get(packageId);
    if (!kept) throw new Fault('app.operationUnknown', { id: packageId });
    return kept;
  }

  async #forgetOld(): Promise<void> {
    const ended = [...this.#packages].filter(([, { topic }]) => topic.value.state !== 'checking');
    for (const [packageId] of ended.slice(0, -keptPackages)) {
      this.#packages.delete(packageId);
      if (this.#folder) await rm(join(await this.#folder, packageId), { recursive: true, force: true });
    }
  }
}

/** The name says what must not be overlooked: that a package cannot be submitted. */
function zipName({ organisation, systems, round, kind }: PackageAnswer): string {
  const [only = '', ...more] = systems;
  return `${organisation}-${more.length === 0 ? only : systems.length}-${round}${kind === 'validation' ? '-VALIDATION' : ''}.zip`;
}

function checkOf(answer: PackageAnswer, zip: PackageCheck['zip'] | undefined): PackageCheck {
  const { path: _path, files: _files, reasons, remarks, planned, ...rest } = answer;
  return {
    ...rest,
    reasons: reasons.slice(0, shownReasons),
    reasonCount: reasons.length,
    remarks: remarks.slice(0, shownReasons),
    remarkCount: remarks.length,
    planned: planned.slice(0, shownPaths),
    plannedCount: planned.length,
    zip: zip ?? null,
  };
}
