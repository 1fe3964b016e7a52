import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Audits } from '../../../src/main/host-services/audits.ts';
import { MadeFiles } from '../../../src/main/host-services/made-files.ts';
import { Packages } from '../../../src/main/host-services/packages.ts';
import { SystemForms } from '../../../src/main/host-services/system-forms.ts';
import { resourcesDir } from '../../../src/main/places.ts';
import { livePackageSchema } from '../../../src/shared/domain/package-page.ts';
import type { LivePackage, PackageSource, StartPackage } from '../../../src/shared/domain/package-page.ts';
import { systemDescriptionSchema } from '../../../src/shared/domain/system-description.ts';
import { madePerformanceRun } from '../../support/audit/eembc-run.ts';
import { madeDescription } from '../../support/audit/system-description.ts';
import { testHost } from '../../support/test-host.ts';
import { writeSession } from '../../support/written-sessions.ts';

let home: string;
let audits: Audits;
let packages: Packages;
let systems: SystemForms;
beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), 'jb-packages-'));
  const host = await testHost(home);
  systems = new SystemForms({
    config: join(home, 'config'),
    resourcesDir: resourcesDir(),
    compiler: () => Promise.reject(new Error()),
  });
  audits = new Audits({ host, unpack: () => Promise.resolve(), temporaryFolder: home, threads: 0 });
  packages = new Packages({ host, systems, audits, folderOf: (sessionId) => join(home, sessionId), threads: 0 });
  await systems.save('Board', systemDescriptionSchema.parse(madeDescription()), null);
  const { log, results, script } = madePerformanceRun();
  for (const [name, content] of [
    ['log.txt', log],
    ['results.txt', results],
    ['script.async', script],
  ] as const)
    put(`runner/kws/performance/${name}`, content);
});
afterEach(async () => {
  await packages.close();
  await audits.close();
  rmSync(home, { recursive: true, force: true });
});

function put(path: string, content: string): void {
  mkdirSync(dirname(join(home, path)), { recursive: true });
  writeFileSync(join(home, path), content);
}

type Changes = Partial<StartPackage> & { system?: string; sources?: PackageSource[] };

const request = ({ system = 'Board', sources, ...changes }: Changes = {}): StartPackage => ({
  systems: [{ system, sources: sources ?? [{ path: join(home, 'runner') }] }],
  division: 'closed',
  round: 'v1.1',
  code: null,
  hookUp: null,
  ...changes,
});

async function checked(changes: Changes = {}): Promise<LivePackage> {
  const packageId = await packages.start(request(changes));
  await packages.ended(packageId);
  return livePackageSchema.parse(packages.topic(packageId).value);
}

describe('the check of a package', () => {
  it('lists every reason with its evidence, the tree and the table, and offers nothing to save', async () => {
    const live = await checked();
    expect(live).toMatchObject({ state: 'done', done: 3, total: 3, fault: null });
    expect(live.check).toMatchObject({ made: false, kind: 'official', zip: null, published: [{ benchmark: 'kws' }] });
    expect(live.check?.reasons.map(({ rule }) => rule)).toEqual(['PKG-14', 'RUN-01']);
    expect(live.check?.reasonCount).toBe(2);
    expect(live.check?.planned).toContain('closed/Org/results/Board/kws/performance/results.txt');
    const files = new MadeFiles();
    expect(() => packages.save(live.packageId, files)).toThrow(expect.objectContaining({ code: 'package.gone' }));
    expect(packages.list().map(({ packageId }) => packageId)).toEqual([live.packageId]);
  });

  it('says at once what is wrong with the description', async () => {
    await systems.save(
      'Half',
      systemDescriptionSchema.parse(madeDescription({ 'SoC Name': '', Status: 'soon' })),
      null,
    );
    const live = await checked({ system: 'Half', division: 'open' });
    expect(live).toMatchObject({ state: 'failed', check: null, fault: { code: 'package.description' } });
    const problems = (live.fault?.facts as { problems: string[] }).problems.join(' ');
    expect(problems).toMatch(/SoC Name.*Status.*closed/);
    expect((await checked({ system: 'Nobody' })).fault).toMatchObject({ code: 'package.noSystem' });
  });

  it('refuses a session whose journal was changed', async () => {
    const folder = writeSession(home, { name: 's1', resultsFolder: 'kws' });
    const journal = readFileSync(join(folder, 'journal.jsonl'), 'utf8');
    writeFileSync(join(folder, 'journal.jsonl'), journal.replace('"atS":1,', '"atS":2,'));
    const live = await checked({ sources: [{ sessionId: 's1' }] });
    expect(live).toMatchObject({ state: 'failed', fault: { code: 'package.doesNotHold' } });
  });

  it('stops when it is told to, and forgets old ones', async () => {
    const packageId = await packages.start(request());
    packages.stop(packageId);
    await packages.ended(packageId);
    expect(packages.topic(packageId).value).toMatchObject({ state: 'stopped', fault: null, check: null });
    for (let k = 0; k < 4; k += 1) await checked({ system: 'Nobody' });
    expect(packages.list()).toHaveLength(4);
    expect(() => packages.topic(packageId)).toThrow(expect.objectContaining({ code: 'app.operationUnknown' }));
  });
});
