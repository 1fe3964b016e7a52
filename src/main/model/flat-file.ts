import { ByteBuffer } from 'flatbuffers';
import { Fault } from '../../shared/fault/index.ts';

/**
 * Bounded reading of a FlatBuffers file that may be damaged or hostile. Every position is checked before it is read, the
 * number of elements of each vector is limited, and all vectors together may not decode to more values than the file could
 * hold without sharing, so that neither time nor memory can exceed a small multiple of the file's size. The depth is
 * that of the caller's code, so references in a circle are harmless.
 */
export class FlatFile {
  readonly bytes: Uint8Array;
  readonly buffer: ByteBuffer;
  readonly model: string;
  private valuesLeft: number;

  constructor(bytes: Uint8Array, model: string) {
    this.bytes = bytes;
    this.buffer = new ByteBuffer(bytes);
    this.model = model;
    this.valuesLeft = bytes.length + 1024;
  }

  /** The table that the file begins with. */
  root(where: string): FlatTable {
    this.check(0, 8, where);
    return new FlatTable(this, this.buffer.readUint32(0), where);
  }

  /** Throws unless `length` bytes from `offset` lie inside the file. */
  check(offset: number, length: number, where: string): void {
    if (offset < 0 || offset + length > this.bytes.length) {
      throw new Fault('model.offset', { model: this.model, where, offset, fileBytes: this.bytes.length });
    }
  }

  /** Throws if a count is above its limit. */
  limit(value: number, limit: number, where: string): void {
    if (value > limit) throw new Fault('model.limit', { model: this.model, where, value, limit });
  }

  /** Counts decoded values against what the file can hold. */
  spend(values: number, where: string): void {
    this.valuesLeft -= values;
    if (this.valuesLeft < 0) {
      throw new Fault('model.limit', {
        model: this.model,
        where,
        value: values,
        limit: Math.max(this.valuesLeft + values, 0),
      });
    }
  }
}

/** Position and length of a vector's elements. */
interface Vector {
  start: number;
  length: number;
}

/** One table of the file. `slot` is the position of a field's entry in the vtable: 4 + 2 * (index of the field). */
export class FlatTable {
  readonly where: string;
  private readonly file: FlatFile;
  private readonly position: number;

  constructor(file: FlatFile, position: number, where: string) {
    this.file = file;
    this.position = position;
    this.where = where;
    file.check(position, 4, where);
    const vtable = position - file.buffer.readInt32(position);
    file.check(vtable, 4, where);
    file.check(vtable, file.buffer.readUint16(vtable), where);
  }

  /** Whether the field is stored at all. */
  has(slot: number): boolean {
    return this.file.buffer.__offset(this.position, slot) !== 0;
  }

  byte(slot: number, name: string, absent = 0): number {
    const at = this.field(slot, 1, name);
    return at === undefined ? absent : this.file.buffer.readInt8(at);
  }

  ubyte(slot: number, name: string, absent = 0): number {
    return this.byte(slot, name, absent) & 0xff;
  }

  int(slot: number, name: string, absent = 0): number {
    const at = this.field(slot, 4, name);
    return at === undefined ? absent : this.file.buffer.readInt32(at);
  }

  uint(slot: number, name: string, absent = 0): number {
    return this.int(slot, name, absent) >>> 0;
  }

  float(slot: number, name: string, absent = 0): number {
    const at = this.field(slot, 4, name);
    return at === undefined ? absent : this.file.buffer.readFloat32(at);
  }

  /** The value of an unsigned 64-bit field, as far as a double can hold it. */
  ulong(slot: number, name: string): number {
    const at = this.field(slot, 8, name);
    return at === undefined ? 0 : Number(this.file.buffer.readUint64(at));
  }

  table(slot: number, name: string): FlatTable | undefined {
    const at = this.field(slot, 4, name);
    return at === undefined ? undefined : new FlatTable(this.file, this.follow(at, name), this.path(name));
  }

  tables(slot: number, name: string, limit: number): FlatTable[] {
    const vector = this.vector(slot, 4, name, limit);
    if (!vector) return [];
    this.file.spend(vector.length, this.path(name));
    return Array.from({ length: vector.length }, (_, i) => {
      const where = this.path(`${name}[${String(i)}]`);
      return new FlatTable(this.file, this.follow(vector.start + 4 * i, where), where);
    });
  }

  ints(slot: number, name: string, limit: number): number[] {
    return this.decode(slot, 4, name, limit, (at) => this.file.buffer.readInt32(at));
  }

  floats(slot: number, name: string, limit: number): number[] {
    return this.decode(slot, 4, name, limit, (at) => this.file.buffer.readFloat32(at));
  }

  /** 64-bit integers, as far as a double can hold them. */
  longs(slot: number, name: string, limit: number): number[] {
    return this.decode(slot, 8, name, limit, (at) => Number(this.file.buffer.readInt64(at)));
  }

  /** The bytes of a vector, not copied; undefined where the field is absent. */
  blob(slot: number, name: string): Uint8Array | undefined {
    const vector = this.vector(slot, 1, name, this.file.bytes.length);
    return vector && this.file.bytes.subarray(vector.start, vector.start + vector.length);
  }

  /** A string without control characters, cut after `limit` bytes. */
  text(slot: number, name: string, limit = 120): string {
    const blob = this.blob(slot, name);
    if (!blob) return '';
    this.file.spend(Math.min(blob.length, limit), this.path(name));
    return new TextDecoder().decode(blob.subarray(0, limit)).replace(/\p{C}/gu, '?');
  }

  path(name: string): string {
    return this.where === '' ? name : `${this.where}.${name}`;
  }

  private decode(slot: number, size: number, name: string, limit: number, read: (at: number) => number): number[] {
    const vector = this.vector(slot, size, name, limit);
    if (!vector) return [];
    this.file.spend(vector.length, this.path(name));
    return Array.from({ length: vector.length }, (_, i) => read(vector.start + size * i));
  }

  private field(slot: number, size: number, name: string): number | undefined {
    const offset = this.file.buffer.__offset(this.position, slot);
    if (offset === 0) return undefined;
    const at = this.position + (offset & 0xffff);
    this.file.check(at, size, this.path(name));
    return at;
  }

  private follow(at: number, name: string): number {
    const target = at + this.file.buffer.readUint32(at);
    this.file.check(target, 4, this.path(name));
    return target;
  }

  private vector(slot: number, size: number, name: string, limit: number): Vector | undefined {
    const at = this.field(slot, 4, name);
    if (at === undefined) return undefined;
    const start = this.follow(at, name);
    const length = this.file.buffer.readUint32(start);
    this.file.check(start + 4, length * size, this.path(name));
    this.file.limit(length, limit, this.path(name));
    return { start: start + 4, length };
  }
}
