import { spawn } from 'node:child_process';
import type { ChildProcess, SpawnOptions } from 'node:child_process';
import { createServer } from 'node:net';
import type { Server, Socket } from 'node:net';
import { tmpdir } from 'node:os';
import type { Clock } from '../../../shared/clock/index.ts';
import { Fault } from '../../../shared/fault/index.ts';
import { workerUrl } from '../../../shared/worker-url/index.ts';
import { childCommand } from '../../bench/index.ts';
import type { ChildCommand, ChildCommandOptions } from '../../bench/index.ts';
import { guardArgument, newGuardAddress } from './guard-address.ts';
import { guardReportSchema } from './guard-messages.ts';
import type { GuardOrder } from './guard-messages.ts';
import { killGroup, systemKill } from './kill-group.ts';
import type { EndSignal, KillWorld } from './kill-group.ts';
import { LineCutter } from './lines.ts';
import { removeOldSockets } from './old-sockets.ts';

export interface ToolCommand {
  /** What a person calls it: `OpenOCD`. */
  tool: string;
  path: string;
  args: readonly string[];
  cwd: string;
  env?: Readonly<Record<string, string>>;
}

/** Text of its two streams as it comes, in pieces of any size. */
export interface ToolOutput {
  onOut: (text: string) => void;
  onErr: (text: string) => void;
}

export interface ToolEnd {
  code: number | null;
  signal: string | null;
}

/** A tool that runs. */
export interface ToolProcess {
  readonly pid: number;
  /** Never rejects. */
  readonly ended: Promise<ToolEnd>;
  /** Ends its whole group. */
  kill(signal: EndSignal): void;
}

/** Starts a tool without a shell. Rejects with `flash.toolNotStarted`, or with the signal's reason. */
export type StartTool = (command: ToolCommand, output: ToolOutput, signal: AbortSignal) => Promise<ToolProcess>;

export interface GuardOptions {
  clock: Clock;
  platform: NodeJS.Platform;
  /** Program that runs the guard; this one's by default. */
  execPath?: string;
  /** Whether that is the packaged desktop app, which runs no script but knows the argument; by default what this process is. */
  packaged?: boolean;
  env?: NodeJS.ProcessEnv;
  spawnGuard?: (command: string, args: readonly string[], options: SpawnOptions) => ChildProcess;
  killWorld?: KillWorld;
  /** Where sockets lie, other than on Windows: the folder for temporary files. */
  socketFolder?: string;
}

/** Starting a process on a busy computer takes seconds. */
const startS = 20;

/** How a guard is started: apart, so that it is tested for every platform. */
export function guardCommand(address: string, options: ChildCommandOptions): ChildCommand {
  return childCommand(workerUrl('guard-child', import.meta.url), guardArgument(address), options);
}

/** Starts tools under a guard each: a process of its own that ends the tool's group when this process ends, however it ends. */
export function guardedStart(options: GuardOptions): StartTool {
  const { clock, platform, spawnGuard = spawn, killWorld = systemKill(platform), socketFolder = tmpdir() } = options;
  // Windows' pipes go with their owner.
  const cleared = platform === 'win32' ? Promise.resolve() : removeOldSockets(socketFolder);
  return async (command, output, signal) => {
    signal.throwIfAborted();
    await cleared;
    const address = newGuardAddress(platform, socketFolder);
    const server = createServer();
    const release = clock.hold();
    try {
      await listening(server, address, command.tool);
      const how = guardCommand(address, options);
      const guard = spawnGuard(how.command, how.args, how.options);
      return await started({ guard, server, command, output, signal, clock, killWorld });
    } finally {
      // Nobody else is expected; on Unix this removes the socket's file.
      server.close();
      release();
    }
  };
}

function listening(server: Server, address: string, tool: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('listening', resolve);
    server.once('error', (error) =>
      reject(new Fault('flash.toolNotStarted', { tool, reason: error.message }, { cause: error })),
    );
    server.listen(address);
  });
}

interface Starting {
  guard: ChildProcess;
  server: Server;
  command: ToolCommand;
  output: ToolOutput;
  signal: AbortSignal;
  clock: Clock;
  killWorld: KillWorld;
}

/** Resolves once the guard says that the tool runs; else the guard is ended, and the tool with it. */
function started({ guard, server, command, output, signal, clock, killWorld }: Starting): Promise<ToolProcess> {
  return new Promise((resolve, reject) => {
    let connection: Socket | undefined;
    const settle = (finish: () => void): void => {
      timer.cancel();
      signal.removeEventListener('abort', onAbort);
      guard.removeListener('exit', onExit);
      finish();
    };
    // The end of the connection ends the tool; a guard that never connected has started none.
    const give = (reason: unknown): void =>
      settle(() => {
        if (connection) connection.destroy();
        else guard.kill('SIGKILL');
        reject(reason as Error);
      });
    const fail = (reason: string): void => give(new Fault('flash.toolNotStarted', { tool: command.tool, reason }));
    const onExit = (code: number | null): void => fail(`guard: exit ${code}`);
    const onAbort = (): void => give(signal.reason);
    const timer = clock.setTimer(startS, () => fail(`guard: ${startS} s`));
    signal.addEventListener('abort', onAbort, { once: true });
    guard.on('error', (error) => fail(`guard: ${error.message}`));
    guard.once('exit', onExit);
    server.once('connection', (socket) => {
      connection = socket;
      const order: GuardOrder = {
        command: command.path,
        args: [...command.args],
        cwd: command.cwd,
        env: { ...command.env },
      };
      listen(socket, output, killWorld, {
        onStarted: (tool) => settle(() => resolve(tool)),
        onFailed: fail,
      });
      socket.write(`${JSON.stringify(order)}\n`);
    });
  });
}

/** Reads the guard's reports. A guard that breaks off has been killed: then nobody else ends the tool, so it is ended from here. */
function listen(
  socket: Socket,
  output: ToolOutput,
  killWorld: KillWorld,
  { onStarted, onFailed }: { onStarted: (tool: ToolProcess) => void; onFailed: (reason: string) => void },
): void {
  const ended = Promise.withResolvers<ToolEnd>();
  let pid: number | undefined;
  let over = false;
  const finish = (end: ToolEnd): void => {
    over = true;
    ended.resolve(end);
  };
  const cutter = new LineCutter((line) => {
    const report = guardReportSchema.parse(JSON.parse(line));
    if ('out' in report) output.onOut(report.out);
    else if ('err' in report) output.onErr(report.err);
    else if ('ended' in report) finish(report.ended);
    else if ('failed' in report) onFailed(report.failed);
    else {
      pid = report.started;
      onStarted({
        pid,
        ended: ended.promise,
        kill: (signal) => {
          if (!over) socket.write(`${JSON.stringify({ kill: signal })}\n`);
        },
      });
    }
  }, Number.MAX_SAFE_INTEGER);
  socket.setEncoding('utf8');
  socket.on('data', (text: string) => {
    try {
      cutter.push(text);
    } catch (error) {
      // Not our guard's words: the connection ends, and with it the tool.
      onFailed((error as Error).message);
      socket.destroy();
    }
  });
  socket.on('error', () => undefined);
  socket.on('close', () => {
    if (over || pid === undefined) return;
    killGroup(pid, 'SIGKILL', killWorld);
    finish({ code: null, signal: 'SIGKILL' });
  });
}
