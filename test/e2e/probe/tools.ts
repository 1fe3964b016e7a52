import { execFile } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import type { VirtualProbe } from '../../rig/probe/index.ts';

const root = resolve(import.meta.dirname, '..', '..', '..');

function onPath(name: string): string | undefined {
  const endings = process.platform === 'win32' ? ['.exe', '.cmd'] : [''];
  return (process.env.PATH ?? '')
    .split(delimiter)
    .filter(Boolean)
    .flatMap((folder) => endings.map((ending) => join(folder, name + ending)))
    .find((path) => existsSync(path));
}

const named = process.env.JOULEBENCH_PYOCD;
const own = join(root, '.cache', 'pyocd', process.platform === 'win32' ? 'Scripts/pyocd.exe' : 'bin/pyocd');
/** By setting, on PATH, or from the project's own set-up. */
export const pyocdPath = [named === undefined ? onPath('pyocd') : named, named === undefined ? own : undefined].find(
  (path) => path !== undefined && existsSync(path),
);
export const openocdPath = process.env.JOULEBENCH_OPENOCD ?? onPath('openocd');
export const noOpenocdReason = openocdPath ? undefined : 'no openocd: install the package openocd';
export const noPyocdReason = pyocdPath ? undefined : 'no pyocd: run the set-up, or set JOULEBENCH_PYOCD';

export interface Ran {
  code: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
}

/** Ends a tool that says nothing any more; a tool's own deadlines are shorter. */
const hangMs = 120_000;

export function start(program: string, args: readonly string[]): { child: ChildProcess; ended: Promise<Ran> } {
  let settle: (ran: Ran) => void;
  const ended = new Promise<Ran>((done) => (settle = done));
  const options = { timeout: hangMs, killSignal: 'SIGKILL', maxBuffer: 2 ** 26, windowsHide: true } as const;
  const child = execFile(program, args, options, (error, stdout, stderr) => {
    if (error && typeof error.code === 'string') stderr += error.message;
    settle({ code: child.exitCode, signal: child.signalCode, stdout, stderr });
  });
  return { child, ended };
}

export const openocdTargets = {
  stm32f4: 'target/stm32f4x.cfg',
  stm32l4: 'target/stm32l4x.cfg',
  nrf52: 'target/nrf52.cfg',
};
export const pyocdTargets = { stm32f4: 'stm32f429xi', stm32l4: 'stm32l475xg', nrf52: 'nrf52840' };

const quiet = 'gdb_port disabled; telnet_port disabled; tcl_port disabled';

export function openocdArguments(
  probe: Pick<VirtualProbe, 'stlinkPort'>,
  target: string,
  command: string,
  more = '',
): string[] {
  const adapter = `adapter driver st-link; st-link vid_pid 0x0483 0x374b; st-link backend tcp ${probe.stlinkPort}; ${more}`;
  return ['-c', `${adapter} transport select dapdirect_swd; ${quiet}`, '-f', target, '-c', command];
}

/** The same by the older transport, which leaves the debug port to the probe. */
export function openocdHlaArguments(
  probe: Pick<VirtualProbe, 'stlinkPort'>,
  target: string,
  command: string,
): string[] {
  const adapter = `adapter driver hla; hla_layout stlink; hla_device_desc ST-LINK; hla_vid_pid 0x0483 0x374b`;
  const backend = `hla_stlink_backend tcp ${probe.stlinkPort}; transport select hla_swd`;
  return ['-c', `${adapter}; ${backend}; ${quiet}`, '-f', target, '-c', command];
}

/** One run of OpenOCD against the probe. */
export function openocd(probe: VirtualProbe, target: string, command: string, more?: string): Promise<Ran> {
  return start(openocdPath ?? 'openocd', openocdArguments(probe, target, command, more)).ended;
}

export function pyocdArguments(
  probe: Pick<VirtualProbe, 'pyocdPort'>,
  target: string,
  command: readonly string[],
): string[] {
  const [name = '', ...rest] = command;
  return [name, '-W', '-u', `remote:127.0.0.1:${probe.pyocdPort}`, '-t', target, '-O', 'auto_unlock=false', ...rest];
}

/** One run of pyOCD against the probe. */
export function pyocdRun(probe: VirtualProbe, target: string, command: readonly string[]): Promise<Ran> {
  return start(pyocdPath ?? 'pyocd', pyocdArguments(probe, target, command)).ended;
}

/** An image of made-up bytes with vectors that are valid. */
export function patternImage(flashAddress: number, bytes: number): Buffer {
  const image = Buffer.from(Uint8Array.from({ length: bytes }, (_, index) => index * 7 + (index >> 8)));
  image.writeUInt32LE(0x2001_0000, 0);
  image.writeUInt32LE(flashAddress + 0x101, 4);
  return image;
}
