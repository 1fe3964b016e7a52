import { createHash } from 'node:crypto';
import { open, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Settings } from '../../../shared/domain/settings.ts';
import type { SessionSummary } from '../../../shared/domain/session-summary.ts';
import { redactor } from '../../../shared/redact/index.ts';
import type { Personal } from '../../../shared/redact/index.ts';

/** The end of each log that goes into the bundle, in bytes. */
const logTailBytes = 300_000;

/** What a bundle is made of. */
export interface DiagnosticsFacts {
  readonly createdAt: string;
  readonly app: { name: string; version: string; carrier: string };
  /** Versions of Node, V8, Electron and so on. */
  readonly runtime: Readonly<Record<string, string | undefined>>;
  readonly system: Readonly<Record<string, string | number>>;
  readonly settings: Settings;
  readonly ports: readonly { path: string; usb?: { vendorId: string; productId: string; serial?: string } }[];
  readonly sessions: readonly SessionSummary[];
  /** Operations of this process: state and fault. */
  readonly operations: readonly unknown[];
}

/**
 * One text that a person can read before sending it: facts about program, computer, instruments and lately measured sessions, then the ends of
 * the logs. Serial numbers are given as eight digits of their SHA-256, so that two bundles can be compared; personal words are replaced.
 */
export async function diagnosticsText(
  facts: DiagnosticsFacts,
  logsFolder: string,
  personal: Personal,
): Promise<string> {
  const redact = redactor(personal);
  const { settings, ports, sessions, ...rest } = facts;
  const shown = {
    ...rest,
    settings: { ...settings, operator: settings.operator === '' ? '' : '<person>' },
    ports: ports.map(({ path, usb }) => ({
      path,
      ...(usb ? { usb: `${usb.vendorId}:${usb.productId}`, serial: usb.serial ? digest(usb.serial) : 'none' } : {}),
    })),
    sessions: sessions.slice(0, 20).map(({ sessionId, state, simulated, runs }) => ({
      session: digest(sessionId),
      state,
      simulated,
      runs: runs.map(({ workload, mode, verdict }) => `${workload} ${mode} ${verdict ?? ''}`.trim()),
    })),
    sessionsInAll: sessions.length,
  };
  const logs = await readLogs(logsFolder);
  const parts = [
    `${facts.app.name} ${facts.app.version}: diagnostics of ${facts.createdAt}`,
    JSON.stringify(shown, undefined, 2),
    ...logs.map(({ name, text }) => `--- ${name}\n${text}`),
  ];
  return `${redact(parts.join('\n\n')).trimEnd()}\n`;
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 8);
}

async function readLogs(folder: string): Promise<{ name: string; text: string }[]> {
  const names = await readdir(folder).catch(() => []);
  const logs = names.filter((name) => /\.log(\.1)?$/.test(name)).sort();
  return Promise.all(logs.map(async (name) => ({ name, text: await readTail(join(folder, name)) })));
}

/** The last whole lines of a file, or why it cannot be read. */
async function readTail(path: string): Promise<string> {
  try {
    const { size } = await stat(path);
    const start = Math.max(0, size - logTailBytes);
    const handle = await open(path);
    try {
      const buffer = Buffer.alloc(size - start);
      const { bytesRead } = await handle.read(buffer, 0, buffer.length, start);
      const text = buffer.toString('utf8', 0, bytesRead);
      return start === 0 ? text : text.slice(text.indexOf('\n') + 1);
    } finally {
      await handle.close();
    }
  } catch (error) {
    return String((error as NodeJS.ErrnoException).code ?? error);
  }
}
