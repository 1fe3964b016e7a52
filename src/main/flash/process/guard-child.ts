/**
 * The guard of one tool (see start-tool.ts): starts it as the leader of a group of its own, passes on what it prints, and ends the whole
 * group when the connection to the app ends, however that came about. So no tool outlives an app that was killed.
 */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { guardAddress } from './guard-address.ts';
import { guardOrderSchema, guardWishSchema } from './guard-messages.ts';
import type { GuardOrder, GuardReport } from './guard-messages.ts';
import { killGroup, systemKill } from './kill-group.ts';

const world = systemKill(process.platform);

function say(app: Socket, report: GuardReport): void {
  app.write(`${JSON.stringify(report)}\n`);
}

/** Resolves with the tool's number, or undefined when it could not be started. */
function start(order: GuardOrder, app: Socket): Promise<number | undefined> {
  // Electron's development binary is a plain Node with it: for this process, not for the tool.
  const { ELECTRON_RUN_AS_NODE: _, NODE_OPTIONS: __, ...env } = process.env;
  const tool: ChildProcess = spawn(order.command, order.args, {
    cwd: order.cwd,
    env: { ...env, ...order.env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: process.platform !== 'win32',
    windowsHide: true,
    shell: false,
  });
  tool.stdout?.setEncoding('utf8').on('data', (text: string) => say(app, { out: text }));
  tool.stderr?.setEncoding('utf8').on('data', (text: string) => say(app, { err: text }));
  const { pid } = tool;
  // A child that it left behind would hold the streams, and the probe.
  tool.once('exit', () => pid !== undefined && killGroup(pid, 'SIGKILL', world));
  tool.once(
    'close',
    (code, signal) => pid !== undefined && app.end(`${JSON.stringify({ ended: { code, signal } })}\n`),
  );
  return new Promise((resolve) => {
    tool.once('spawn', () => {
      if (pid !== undefined) say(app, { started: pid });
      resolve(pid);
    });
    tool.once('error', (error: NodeJS.ErrnoException) => {
      if (pid === undefined) say(app, { failed: error.code ?? error.message });
      resolve(undefined);
    });
  });
}

async function guard(address: string): Promise<void> {
  const app = connect(address);
  app.on('error', () => undefined);
  let pid: number | undefined;
  try {
    let ordered = false;
    for await (const line of createInterface({ input: app })) {
      const message: unknown = JSON.parse(line);
      if (!ordered) {
        ordered = true;
        pid = await start(guardOrderSchema.parse(message), app);
        continue;
      }
      const wish = guardWishSchema.parse(message);
      if (pid !== undefined) killGroup(pid, wish.kill, world);
    }
  } catch {
    // A connection that broke, or nonsense on it, says the same as one that ended.
  }
  if (pid !== undefined) killGroup(pid, 'SIGKILL', world);
}

// What ends a whole terminal must not end this: the end of the app is the only reason to go.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGBREAK'] as const) process.on(signal, () => undefined);

await guard(guardAddress(process.argv) ?? '').then(
  () => process.exit(0),
  () => process.exit(1),
);
