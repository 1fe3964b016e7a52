import { mkdir, readFile, readdir, stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import type { Command } from 'commander';
import type { PackageAnswer, PackageReason } from '../../shared/domain/package.ts';
import { checkSystemDescription } from '../../shared/domain/system-description.ts';
import { Fault } from '../../shared/fault/index.ts';
import { createText } from '../../shared/text/index.ts';
import type { Text } from '../../shared/text/index.ts';
import { sessionTools } from '../archive/index.ts';
import { makePackage } from '../audit/index.ts';
import type { MemoryLine, PackageSystem } from '../audit/index.ts';
import { imageManifestSchema, imageMemory } from '../firmware/index.ts';
import { person } from '../person.ts';
import { storeFault, writeFileAtomic } from '../store/index.ts';
import type { CliContext } from './context.ts';
import { exitCodes } from './exit-code.ts';
import { parseChoice } from './options.ts';
import { assignSources } from './package-systems.ts';

interface PackageOptions {
  division: 'closed' | 'open';
  out: string;
  system: string[];
  round: string;
  code?: string;
  hookUp?: string;
  firmware?: string[];
  json?: boolean;
}

/** The newest round of the rules; another one is named by `--round`. */
const usualRound = 'v1.4';

/** `joulebench package SESSION...`: a submission package, audited before it is put in its place. */
export function registerPackage(program: Command, context: CliContext): void {
  const { text } = context;
  program
    .command('package <sessions...>')
    .description(text.t('cli.command.package'))
    .requiredOption('--division <division>', text.t('cli.option.packageDivision'), parseChoice('closed', 'open'))
    .requiredOption('--out <path>', text.t('cli.option.packageOut'))
    .requiredOption('--system <file>', text.t('cli.option.packageSystem'), collect)
    .option('--round <round>', text.t('cli.option.packageRound'), usualRound)
    .option('--code <dir>', text.t('cli.option.packageCode'))
    .option('--hook-up <file>', text.t('cli.option.packageHookUp'))
    .option('--firmware <manifest...>', text.t('cli.option.packageFirmware'))
    .option('--json', text.t('cli.option.json'))
    .action((sessions: string[], options: PackageOptions) => packageSessions(sessions, options, context));
}

async function packageSessions(sessions: string[], options: PackageOptions, context: CliContext): Promise<void> {
  const { app, io, text, signal } = context;
  const { division, round } = options;
  if (!/^v\d{1,2}\.\d{1,2}$/.test(round)) throw new Fault('audit.badRound', { round });
  const { options: host } = await context.host('package');
  const kept = join(host.folders.config, 'systems');
  const described: PackageSystem[] = [];
  for (const named of options.system) described.push(await systemOf(named, { division, kept, text }));
  const request = {
    systems: assignSources(sessions, described).map((one) => ({
      ...one,
      sources: one.sources.map((source) => resolve(source)),
    })),
    division,
    round,
    code: options.code === undefined ? null : resolve(options.code),
    hookUp: options.hookUp === undefined ? null : resolve(options.hookUp),
    memory: await memoryOf(options.firmware ?? []),
    out: resolve(options.out),
    program: `${app.name} ${app.version}`,
  };
  // Reviewers of any country read the documents.
  const tools = {
    text,
    documents: createText(),
    sessions: sessionTools(app.version, text),
    personal: person(),
    signal,
  };
  const answer = await makePackage(request, tools);
  context.exit(answer.made ? exitCodes.ok : exitCodes.notHolding);
  io.out(options.json ? `${JSON.stringify(answer)}\n` : words(answer, text));
}

/** `--system` once for each system. */
function collect(value: string, before: string[] | undefined): string[] {
  return [...(before ?? []), value];
}

/** A description from a file, which is kept for the next time, or a kept one by its name. */
async function systemOf(
  named: string,
  { division, kept, text }: { division: string; kept: string; text: Text },
): Promise<PackageSystem> {
  const isFile = /\.json$/i.test(named);
  const system = isFile ? basename(named).replace(/\.json$/i, '') : named;
  if (!/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/.test(system)) throw new Fault('package.badName', { name: system });
  const path = isFile ? resolve(named) : join(kept, `${system}.json`);
  if (!isFile && !(await stat(path).catch(() => undefined))) {
    const known = await readdir(kept).catch(() => []);
    throw new Fault('package.noSystem', { name: system, known: known.map((name) => name.replace(/\.json$/, '')) });
  }
  const content = await readText(path);
  const checked = checkSystemDescription(parsed(content, path));
  const problems = checked.ok
    ? []
    : checked.problems.map(({ key, problem }) => text.t(`package.problem.${problem}`, { key }));
  if (checked.ok && checked.fields.Division.trim().toLowerCase() !== division)
    problems.push(text.t('package.problem.otherDivision', { found: checked.fields.Division, division }));
  if (!checked.ok || problems.length > 0) throw new Fault('package.description', { path, problems });
  if (isFile) {
    await mkdir(kept, { recursive: true }).catch((error: unknown) => {
      throw storeFault(error, kept);
    });
    await writeFileAtomic(join(kept, `${system}.json`), content);
  }
  return { system, description: checked.fields };
}

async function memoryOf(paths: readonly string[]): Promise<MemoryLine[]> {
  const lines: MemoryLine[] = [];
  for (const path of paths) {
    const manifest = imageManifestSchema.safeParse(parsedOr(await readText(resolve(path))));
    if (!manifest.success) {
      const problem = manifest.error.issues[0]?.message ?? '';
      throw new Fault('package.badManifest', { path, problem });
    }
    const { board, model } = manifest.data;
    lines.push({ name: `${model.id} (${board.title})`, memory: imageMemory(manifest.data) });
  }
  return lines;
}

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw storeFault(error, path);
  }
}

function parsed(content: string, path: string): unknown {
  try {
    return JSON.parse(content);
  } catch (error) {
    throw new Fault('package.notJson', { path, reason: error instanceof Error ? error.message : String(error) });
  }
}

function parsedOr(content: string): unknown {
  try {
    return JSON.parse(content);
  } catch {
    return undefined;
  }
}

function words({ made, kind, path, round, files, reasons, remarks }: PackageAnswer, { t }: Text): string {
  const item = ({ rule, folder, message, evidence }: PackageReason): string[] => [
    t('package.reason', { rule, folder: folder ?? t('package.whole'), message }),
    ...evidence.slice(0, 3).map((ref) => t(ref.line === undefined ? 'package.place' : 'package.placeLine', { ...ref })),
  ];
  const lines = made
    ? [t(`package.made.${kind}`, { round, path: path ?? '', files: files.length })]
    : [t('package.refused', { count: reasons.length }), ...reasons.flatMap(item)];
  if (made && remarks.length > 0) lines.push(t('package.remarks'), ...remarks.flatMap(item));
  return `${lines.join('\n')}\n`;
}
