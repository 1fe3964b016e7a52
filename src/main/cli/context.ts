import type { Text } from '../../shared/text/index.ts';
import type { Host } from '../host.ts';
import type { CliIo } from './io.ts';

/** What every command is given. */
export interface CliContext {
  io: CliIo;
  text: Text;
  app: { name: string; version: string };
  /** Aborted by Ctrl+C or SIGTERM. */
  signal: AbortSignal;
  rendererDir: string;
  resourcesDir: string;
  platform: NodeJS.Platform;
  /** Builds the services; only commands that need them pay for it. */
  host(command: string): Promise<Host>;
  exit(code: number): void;
}
