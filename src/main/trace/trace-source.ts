import { open } from 'node:fs/promises';
import { Fault } from '../../shared/fault/index.ts';

/** The bytes of a trace, as long as they were when it was opened; in memory in tests. */
export interface TraceSource {
  readonly path: string;
  readonly size: number;
  /** Bytes [position, position + length) in a buffer of their own; fewer where the source ends. @throws Fault `trace.unreadable`. */
  read(position: number, length: number): Promise<Uint8Array<ArrayBuffer>>;
  close(): Promise<void>;
}

/** @throws Fault `trace.unreadable`. */
export async function openSource(path: string): Promise<TraceSource> {
  try {
    const handle = await open(path, 'r');
    const { size } = await handle.stat().catch(async (error: unknown) => {
      await handle.close();
      throw error;
    });
    return {
      path,
      size,
      async read(position, length) {
        const bytes = new Uint8Array(Math.max(0, Math.min(length, size - position)));
        let filled = 0;
        try {
          while (filled < bytes.length) {
            const { bytesRead } = await handle.read(bytes, filled, bytes.length - filled, position + filled);
            if (bytesRead === 0) break;
            filled += bytesRead;
          }
        } catch (error) {
          throw unreadable(path, error);
        }
        return filled === bytes.length ? bytes : bytes.slice(0, filled);
      },
      close: () => handle.close(),
    };
  } catch (error) {
    throw unreadable(path, error);
  }
}

function unreadable(path: string, error: unknown): Fault {
  const known = error as NodeJS.ErrnoException | undefined;
  const reason = known?.code ?? (error instanceof Error ? error.message : String(error));
  return new Fault('trace.unreadable', { path, reason }, { cause: error });
}
