import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { Fault } from '../../shared/fault/index.ts';

/** Paths are relative to the firmware folder, with forward slashes. */
const sourcePath = z.string().regex(/^[\w-]+(\/[\w.-]+)+$/);

/** `firmware/ports/<id>/port.json`: what the build has to know about a board. */
export const portSchema = z.strictObject({
  format: z.literal(1),
  id: z.string().regex(/^[a-z][a-z0-9-]*$/),
  title: z.string().min(1),
  /** The core as gcc spells it. */
  core: z.string(),
  cpuFlags: z.array(z.string().startsWith('-')),
  /** Beside `ports/common`, the harness and the kernels. */
  sources: z.array(sourcePath).min(1),
  linkerScript: sourcePath,
  /** Interrupts of peripherals in the vector table. */
  irqs: z.int().min(1).max(480),
  memory: z.strictObject({
    flashBytes: z.int().positive(),
    ramBytes: z.int().positive(),
    /** Where the plan lies elsewhere than in flash: the size of that region. */
    modelBytes: z.int().positive().optional(),
    stackBytes: z.int().min(512),
  }),
  outputs: z.array(z.enum(['elf', 'bin', 'hex'])).min(1),
  /** The emulator that plays this board; null for boards of metal only. */
  emulator: z.strictObject({ program: z.literal('qemu-system-arm'), machine: z.string() }).nullable(),
  /** Honest about what was never tried: whether an image of this port has run on the board itself. */
  ranOnBoard: z.boolean(),
});
export type Port = z.infer<typeof portSchema>;

/** Ids of all boards that have a port, sorted. */
export async function listPorts(firmwareDir: string): Promise<string[]> {
  const folder = join(firmwareDir, 'ports');
  let names: string[];
  try {
    names = await readdir(folder);
  } catch (cause) {
    throw new Fault('firmware.sourcesMissing', { folder, reason: reasonOf(cause) }, { cause });
  }
  const found = await Promise.all(
    names.sort().map(async (name) => {
      const text = await readFile(join(folder, name, 'port.json'), 'utf8').catch(() => undefined);
      return text === undefined ? [] : [name];
    }),
  );
  return found.flat();
}

/**
 * Reads the description of one board.
 * @throws Fault `firmware.unknownBoard`, `firmware.portFile`, `firmware.sourcesMissing`.
 */
export async function readPort(firmwareDir: string, board: string): Promise<Port> {
  const known = await listPorts(firmwareDir);
  if (!known.includes(board)) throw new Fault('firmware.unknownBoard', { board, known });
  const file = join(firmwareDir, 'ports', board, 'port.json');
  let value: unknown;
  try {
    value = JSON.parse(await readFile(file, 'utf8'));
  } catch (cause) {
    throw new Fault('firmware.portFile', { file, problem: reasonOf(cause) }, { cause });
  }
  const port = portSchema.safeParse(value);
  if (!port.success) {
    const issue = port.error.issues[0];
    const problem = issue ? `${issue.path.join('.')}: ${issue.message}` : '';
    throw new Fault('firmware.portFile', { file, problem }, { cause: port.error });
  }
  if (port.data.id !== board) throw new Fault('firmware.portFile', { file, problem: `id: ${port.data.id}` });
  return port.data;
}

/** Ids of the boards that an emulator plays, sorted. @throws Fault as `readPort`. */
export async function emulatedPorts(firmwareDir: string): Promise<string[]> {
  const ports = await Promise.all((await listPorts(firmwareDir)).map((id) => readPort(firmwareDir, id)));
  return ports.filter((port) => port.emulator !== null).map((port) => port.id);
}

export function reasonOf(cause: unknown): string {
  return (cause as NodeJS.ErrnoException).code ?? (cause instanceof Error ? cause.message : String(cause));
}
