import { Fault } from '../../../shared/fault/index.ts';
import { redactor, withoutHomes } from '../../../shared/redact/index.ts';
import { auditFolder } from '../pool/index.ts';
import type { RunOutcome } from '../types.ts';
import { withoutPeople } from './hook-up.ts';
import { importedRuns } from './imported.ts';
import { ownRuns } from './own-session.ts';
import { openPlace, sessionFolders } from './place.ts';
import type { MaterialOptions } from './tools.ts';
import type { MaterialRun } from './types.ts';

/** What a session of ours, or a tree with results of an official runner, gives for a package. */
export interface Material {
  runs: MaterialRun[];
  /** The same runs as the audit of the source found them. */
  outcomes: RunOutcome[];
  /** Takes personal words out of a text of this source. */
  redact: (text: string) => string;
}

/**
 * Reads a source: a session of ours or a folder with some, a folder with results of an official runner, or a zip file of either. `SESSION#r1,r3` takes
 * two runs of a session and leaves the others.
 * @throws Fault of the areas `audit`, `import`, `package` and `store`.
 */
export async function readMaterial(source: string, options: MaterialOptions): Promise<Material[]> {
  const { round, signal, threads, system } = options;
  const place = await openPlace(source, options);
  const { runs: outcomes } = await auditFolder(
    { kind: 'folder', path: place.folder },
    { scope: 'runs', round, signal, threads },
  );
  const folders = await sessionFolders(place.folder);
  if (place.chosen !== null && folders.length !== 1)
    throw new Fault('package.choiceOfMany', { source, sessions: folders.length });
  const materials: Material[] = [];
  for (const inside of folders) {
    const own = outcomes.filter(({ folder }) => folder.startsWith(`${inside}#`));
    const { runs, people } = await ownRuns({ ...place, inside }, own, options);
    const outcomesOfRuns = own.filter(({ folder }) => runs.some(({ run }) => folder === `${inside}#${run}`));
    const redact = redactorOf(options, people);
    const quiet = runs.map((run) => (run.energy ? { ...run, energy: withoutPeople(run.energy, redact) } : run));
    materials.push({ runs: quiet, outcomes: outcomesOfRuns, redact });
  }
  const others = outcomes.filter(({ files }) => files.journal === undefined);
  if (others.length > 0) {
    const runs = await importedRuns(place, others, system);
    materials.push({ runs, outcomes: others, redact: redactorOf(options, []) });
  }
  return materials;
}

/** Words of the log's own form: a person or computer of that name would take the form apart, and they tell nobody. */
const formWords =
  /^(?:session|parser|sequencer|dut|io|emon|joulebench|version|name|profile|model|single|multi|bmark|energy|performance|accuracy|none|test|user|root)$/i;

function redactorOf({ personal }: MaterialOptions, people: readonly string[]): (text: string) => string {
  const word = (text: string): string => (formWords.test(text.trim()) ? '' : text);
  const redact = redactor({
    home: personal.home,
    user: word(personal.user),
    computer: word(personal.computer),
    folders: {},
    people: people.map(word),
  });
  return (text) => withoutHomes(redact(text));
}
