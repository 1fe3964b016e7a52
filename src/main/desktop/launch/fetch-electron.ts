import type { Clock } from '../../../shared/clock/index.ts';

/** Seconds without a first byte, and later without a further one, after which the server is taken for silent. */
const firstByteS = 2;
const nextByteS = 20;

export interface FetchProgress {
  transferred: number;
  total: number | null;
}

export interface FetchParts {
  clock: Clock;
  /** Downloads into the package's cache: `downloadArtifact` of `@electron/get`. */
  download(signal: AbortSignal, onProgress: (progress: FetchProgress) => void): Promise<unknown>;
  /** Unpacks what is in the cache: the package's own `install.js`. */
  unpack(): Promise<void>;
  /** Percent and size, at each whole percent. */
  onPercent(percent: number, totalBytes: number): void;
}

export type FetchOutcome = { ok: true } | { ok: false; reason: 'noBinary' | 'silentServer'; detail: string };

/** Fetches Electron's program. Nothing here waits without end: a network that swallows requests is told apart at once. */
export async function fetchElectron({ clock, download, unpack, onPercent }: FetchParts): Promise<FetchOutcome> {
  const controller = new AbortController();
  const giveUp = (): void => controller.abort();
  let timer = clock.setTimer(firstByteS, giveUp);
  let shown = -1;
  try {
    await download(controller.signal, ({ transferred, total }) => {
      timer.cancel();
      timer = clock.setTimer(nextByteS, giveUp);
      const percent = total ? Math.floor((100 * transferred) / total) : 0;
      if (total && percent > shown) onPercent(percent, total);
      shown = Math.max(shown, percent);
    });
    timer.cancel();
    await unpack();
    return { ok: true };
  } catch (error) {
    const reason = controller.signal.aborted ? 'silentServer' : 'noBinary';
    return { ok: false, reason, detail: error instanceof Error ? error.message : String(error) };
  } finally {
    timer.cancel();
  }
}
