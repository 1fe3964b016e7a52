import { statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Fault } from '../../shared/fault/index.ts';
import {
  bytesPerSample,
  entryBytes,
  headerBytes,
  indexEntryBytes,
  levelRatio,
  levelSamples,
  samplesPerBlock,
} from './layout.ts';
import type { TraceHeader, TraceSizeEstimate } from './types.ts';

/** Free bytes of the disk that a folder lies on, for this user. */
export type FreeBytes = (folder: string) => Promise<number>;

const freeOnDisk: FreeBytes = async (folder) => {
  try {
    const { bavail, bsize } = await statfs(folder);
    return bavail * bsize;
  } catch (error) {
    // A folder that is still to be made lies on the disk of the one that it will be made in.
    const parent = dirname(folder);
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || parent === folder) throw error;
    return freeOnDisk(parent);
  }
};

/**
 * What a second of recording with this header will weigh (samples, their block's header and table entry, pyramid; events are a few hundred bytes a
 * second at most), and how long the free disk lasts.
 * @throws Fault `trace.unreadable` when the folder's disk cannot be asked.
 */
export async function estimateTraceSize(
  header: Pick<TraceHeader, 'sampleRateHz' | 'channels'>,
  folder: string,
  freeBytesOf: FreeBytes = freeOnDisk,
): Promise<TraceSizeEstimate> {
  const { sampleRateHz } = header;
  const perBlock = (headerBytes + indexEntryBytes) / samplesPerBlock(sampleRateHz);
  const pyramid = (entryBytes / levelSamples[0]) * (levelRatio / (levelRatio - 1));
  const bytesPerS = sampleRateHz * (bytesPerSample(header.channels) + perBlock + pyramid);
  let freeBytes: number;
  try {
    freeBytes = await freeBytesOf(folder);
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException | undefined)?.code ?? String(error);
    throw new Fault('trace.unreadable', { path: folder, reason }, { cause: error });
  }
  return { bytesPerS, freeBytes, lastsS: freeBytes / bytesPerS };
}
