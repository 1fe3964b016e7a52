import { createHash } from 'node:crypto';
import { Fault } from '../../../shared/fault/index.ts';
import type { FlashImage } from '../types.ts';
import { looksLikeElf, readElf } from './elf.ts';
import { looksLikeHex, readIntelHex } from './intel-hex.ts';
import { joinPieces } from './segments.ts';
import type { Piece } from './segments.ts';

/** A file may hold debug information, or text at three characters a byte; beyond this nobody means a firmware. */
const maxImageFileBytes = 256 * 1024 * 1024;

export interface ReadImageOptions {
  /** File name, for messages; its ending is a hint to the format. */
  name: string;
  /** Where the ending or the first bytes do not tell. */
  format?: FlashImage['format'] | undefined;
  /** Where a BIN image starts; the other formats carry their addresses, and ignore it. */
  baseAddress?: number | undefined;
}

const endings: Record<string, FlashImage['format']> = {
  elf: 'elf',
  axf: 'elf',
  out: 'elf',
  hex: 'hex',
  ihex: 'hex',
  ihx: 'hex',
  bin: 'bin',
};

/**
 * Reads a firmware file into bytes at addresses. What a file is called counts less than what it holds: an ELF file under the name `.bin` is
 * read as ELF.
 * @throws Fault `flash.image*`: one for each way in which a file is no image.
 */
export function readImage(bytes: Uint8Array, options: ReadImageOptions): FlashImage {
  const { name } = options;
  if (bytes.length === 0) throw new Fault('flash.imageEmpty', { name });
  if (bytes.length > maxImageFileBytes)
    throw new Fault('flash.imageTooLarge', { name, bytes: bytes.length, maxBytes: maxImageFileBytes });
  const format = options.format ?? formatOf(bytes, name);
  const segments = joinPieces(name, piecesOf(format, bytes, options));
  return { name, format, segments, sha256: createHash('sha256').update(bytes).digest('hex') };
}

function formatOf(bytes: Uint8Array, name: string): FlashImage['format'] {
  if (looksLikeElf(bytes)) return 'elf';
  const ending = endings[/\.([^.]+)$/.exec(name.toLowerCase())?.[1] ?? ''];
  if (ending) return ending;
  if (looksLikeHex(bytes)) return 'hex';
  throw new Fault('flash.imageFormat', { name });
}

function piecesOf(format: FlashImage['format'], bytes: Uint8Array, options: ReadImageOptions): Piece[] {
  const { name, baseAddress } = options;
  if (format === 'elf') return readElf(name, bytes);
  if (format === 'hex') return readIntelHex(name, bytes);
  if (baseAddress === undefined) throw new Fault('flash.imageNoBase', { name });
  if (!Number.isInteger(baseAddress) || baseAddress < 0)
    throw new Fault('flash.imageAddress', { name, address: String(baseAddress) });
  return [{ address: baseAddress, bytes }];
}
