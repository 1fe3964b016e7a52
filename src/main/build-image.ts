import { execFile } from 'node:child_process';
import { join, resolve } from 'node:path';
import { buildImage, systemTools } from './firmware/index.ts';
import type { BuiltImage } from './firmware/index.ts';
import type { PreparedModel } from './runner/index.ts';
import { PlanRunner, readVirtualFirmware } from './virtual/index.ts';

export interface BuildModelOptions {
  resourcesDir: string;
  board: string;
  model: PreparedModel;
  pulseUs?: number | undefined;
  env: NodeJS.ProcessEnv;
  signal?: AbortSignal | undefined;
}

/** The sources of the firmware: beside the resources. */
export function firmwareDirOf(resourcesDir: string): string {
  return resolve(resourcesDir, '..', 'firmware');
}

/**
 * Builds a model's image for a board, with known answers of the virtual DUT's kernels, which golden vectors have proven.
 * @throws Fault `firmware.*`, and what the virtual DUT says to the model.
 */
export async function buildModelImage(options: BuildModelOptions): Promise<BuiltImage> {
  const { resourcesDir, board, model, pulseUs, env, signal } = options;
  const firmwareDir = firmwareDirOf(resourcesDir);
  const virtual = await readVirtualFirmware(join(resourcesDir, 'firmware', 'virtual'));
  const runner = new PlanRunner(virtual, model.image, model.name);
  return buildImage({
    firmwareDir,
    board,
    model: { name: model.name, sha256: model.artefact.sha256, image: model.image },
    runOps: (input) => runner.run(input),
    run: systemTools(env),
    pulseUs,
    commit: await commitOf(firmwareDir),
    signal,
  });
}

/** Commit of a checkout; null where there is none, or no git. */
function commitOf(folder: string): Promise<string | null> {
  return new Promise((done) => {
    execFile('git', ['rev-parse', 'HEAD'], { cwd: folder, windowsHide: true }, (error, out) => {
      done(error ? null : (/^[0-9a-f]{40,64}$/.exec(out.trim())?.[0] ?? null));
    });
  });
}
