import { readFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import type { FlashToolId, Probe } from '../shared/domain/flash.ts';
import type { Artefacts } from '../shared/domain/identity.ts';
import { Fault } from '../shared/fault/index.ts';
import { findBoard, readBoards } from './bench/index.ts';
import type { Board, InstrumentLock } from './bench/index.ts';
import { buildModelImage } from './build-image.ts';
import { imageMemory } from './firmware/index.ts';
import { flashBoard, listProbes, readImage, requireProbe } from './flash/index.ts';
import type { FlashDone, FlashFollower, FlashImage, FlashTool, ProbeChoice } from './flash/index.ts';
import type { Host } from './host.ts';
import { prepareModel } from './runner/index.ts';
import { storeFault } from './store/index.ts';

/** What an operator asks to be flashed. */
export interface FlashOptions {
  board: string;
  /** Whose firmware; with a port of the reference firmware the image is built, from `modelFile` or the workload's own model. */
  workload?: string | undefined;
  modelFile?: string | undefined;
  /** Instead: a ready image, with the address of its first byte where its format does not say. */
  imageFile?: string | undefined;
  baseAddress?: number | undefined;
  tool?: FlashToolId | undefined;
  toolPaths?: Partial<Record<FlashToolId, string>> | undefined;
  /** Serial of a probe, or `remote:STLINKPORT:PYOCDPORT` for a virtual one on this computer. */
  probe?: string | undefined;
  unlock?: boolean | undefined;
  simulated?: boolean | undefined;
  /** The probes of this computer; asked of the system by default. */
  probes?: (() => Promise<Probe[]>) | undefined;
}

export interface FlashedBoard extends FlashDone {
  board: Board;
  /** What the DUT runs now, for the runs that follow. */
  firmware: NonNullable<Artefacts['firmware']>;
  /** Serial ports of the board that was flashed. */
  ports: string[];
}

/**
 * Builds or reads the image, chooses the probe, holds it and the board's ports, and flashes. Nothing is touched before image, layout, tool and probe are certain.
 * @throws Fault of the areas `bench`, `flash`, `firmware`, `model`, `store`.
 */
export async function flashOnHost(
  host: Host,
  options: FlashOptions,
  tools: readonly FlashTool[],
  follower: FlashFollower,
  signal: AbortSignal,
): Promise<FlashedBoard> {
  const { resourcesDir, platform, folders } = host.options;
  const board = await findBoard(resourcesDir, options.board);
  const { image, firmware } = await imageFor(host, board, options, signal);
  const { probe, ports } = await probeFor(options, board, { resourcesDir, platform });
  const purpose = `flash ${board.id}`;
  const held: InstrumentLock[] = [];
  try {
    held.push(await host.locks.claim(`probe:${probe.serial}`, probe.serial, purpose));
    // The board's own lines too: what another program measures on it must not be flashed away under a monitor that supplies it.
    for (const port of ports) held.push(await host.locks.claim(`serial:${port}`, port, purpose));
    const done = await flashBoard(
      {
        board,
        image,
        probe,
        tool: options.tool,
        toolPaths: options.toolPaths,
        unlock: options.unlock,
        simulated: options.simulated ?? probe.remote !== undefined,
      },
      {
        clock: host.clock,
        tools,
        stateFolder: flashStateFolder(host),
        logFolder: folders.logs,
      },
      follower,
      signal,
    );
    return { ...done, board, firmware, ports };
  } finally {
    await Promise.all(held.map((lock) => lock.release()));
  }
}

/** Where the truth about flashed boards is kept. */
export function flashStateFolder(host: Host): string {
  return join(host.options.folders.config, 'flashed');
}

/** The image that is asked for, read or built, and what the DUT is then. @throws Fault of the areas `flash`, `firmware`, `model`, `store`. */
export async function imageFor(
  host: Host,
  board: Board,
  options: Omit<FlashOptions, 'probe' | 'tool'>,
  signal: AbortSignal,
): Promise<{ image: FlashImage; firmware: FlashedBoard['firmware'] }> {
  const ready = options.workload === undefined ? undefined : board.images[options.workload];
  const file =
    options.imageFile === undefined
      ? ready && resolve(host.options.resourcesDir, ready.file)
      : resolve(options.imageFile);
  if (file !== undefined) {
    const baseAddress = options.baseAddress ?? ready?.baseAddress;
    const image = readImage(await readBytes(file), {
      name: basename(file),
      ...(baseAddress === undefined ? {} : { baseAddress }),
    });
    return { image, firmware: { name: image.name, sha256: image.sha256 } };
  }
  if (board.firmwarePort === null) throw new Fault('flash.imageNeeded', { board: board.title });
  const built = await buildFor(host, board.firmwarePort, options, signal);
  const elf = built.files.find(({ name }) => name === 'image.elf');
  if (!elf) throw new Fault('flash.imageNeeded', { board: board.title });
  const image = readImage(elf.bytes, { name: `${board.id}-${built.manifest.model.id}.elf` });
  const firmware = { name: `joulebench-${board.id}`, sha256: image.sha256, memory: imageMemory(built.manifest) };
  return { image, firmware };
}

/** The reference firmware with the workload's model, or the model that was named. */
async function buildFor(
  host: Host,
  port: string,
  options: FlashOptions,
  signal: AbortSignal,
): ReturnType<typeof buildModelImage> {
  const { resourcesDir } = host.options;
  const own =
    host.embedded.find(({ workload }) => workload.id === options.workload) ??
    (options.workload === undefined ? host.embedded[0] : undefined);
  const modelFile = options.modelFile ?? own?.modelPath;
  const workload = own?.workload ?? host.catalogue.find(options.workload ?? '');
  if (modelFile === undefined) throw new Fault('runner.modelNeeded', { workload: workload.id });
  const model = await prepareModel(modelFile, workload, {
    readModel: readBytes,
    baseName: (path) => basename(path),
  });
  return buildModelImage({ resourcesDir, board: port, model, env: process.env, signal });
}

async function probeFor(
  { probe, probes }: FlashOptions,
  board: Board,
  { resourcesDir, platform }: { resourcesDir: string; platform: NodeJS.Platform },
): Promise<{ probe: ProbeChoice; ports: string[] }> {
  const remote = /^remote:(\d{1,5}):(\d{1,5})$/.exec(probe ?? '');
  if (remote) {
    const [stlinkPort, pyocdPort] = [Number(remote[1]), Number(remote[2])];
    return { probe: { serial: '', kind: 'stlink', usb: null, remote: { stlinkPort, pyocdPort } }, ports: [] };
  }
  const attached = probes ?? (async () => listProbes({ platform, boards: await readBoards(resourcesDir) }));
  const found = requireProbe(await attached(), {
    board: board.id,
    ...(probe === undefined ? {} : { serial: probe }),
  });
  const { serial, kind, usb, ports } = found;
  return { probe: { serial, kind, usb }, ports };
}

async function readBytes(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT')
      throw new Fault('flash.imageMissing', { path }, { cause: error });
    throw storeFault(error, path);
  }
}
