import { crc32, deflateRawSync } from 'node:zlib';

/** An entry as it is to stand in a zip file, true or not. */
export interface RawZipEntry {
  name: string | Uint8Array;
  content?: Uint8Array | string;
  deflate?: boolean;
  /** Type and permissions of Unix. */
  unixMode?: number;
  flags?: number;
  /** What the directory says instead of the truth. */
  says?: { packedBytes?: number; bytes?: number; crc?: number; offset?: number };
}

/** A zip file written by hand: writers of zip files refuse to make what somebody who means harm makes. */
export function rawZip(entries: readonly RawZipEntry[]): Uint8Array {
  const bodies: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, content = '', deflate = false, unixMode = 0, flags = 0, says = {} } of entries) {
    const names = Buffer.from(name as Uint8Array);
    const plain = Buffer.from(content as Uint8Array);
    const packed = deflate ? deflateRawSync(plain) : plain;
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(flags | 0x800, 2);
    common.writeUInt16LE(deflate ? 8 : 0, 4);
    common.writeUInt32LE(0x21, 6);
    common.writeUInt32LE(says.crc ?? crc32(plain), 10);
    common.writeUInt32LE(says.packedBytes ?? packed.length, 14);
    common.writeUInt32LE(says.bytes ?? plain.length, 18);
    common.writeUInt16LE(names.length, 22);
    bodies.push(Buffer.from('PK\x03\x04'), common, names, packed);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE((unixMode << 16) >>> 0, 6);
    tail.writeUInt32LE(says.offset ?? offset, 10);
    directory.push(Buffer.from('PK\x01\x02'), Buffer.from([20, 3]), common, tail, names);
    offset += 30 + names.length + packed.length;
  }
  const listed = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(Math.min(entries.length, 0xffff), 8);
  end.writeUInt16LE(Math.min(entries.length, 0xffff), 10);
  end.writeUInt32LE(listed.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...bodies, listed, end]);
}
