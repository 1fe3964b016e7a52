/** The few flatbuffer notions a .tflite file needs: tables with optional fields, vectors, offsets relative to themselves. */

export class Table {
  readonly #view: DataView;
  readonly #start: number;
  readonly #vtable: number;
  readonly #vtableBytes: number;

  constructor(view: DataView, start: number) {
    this.#view = view;
    this.#start = start;
    this.#vtable = start - view.getInt32(start, true);
    this.#vtableBytes = view.getUint16(this.#vtable, true);
  }

  static root(view: DataView): Table {
    return new Table(view, view.getUint32(0, true));
  }

  /** Where field number `id` is stored, or undefined when the file leaves it at its default. */
  #position(id: number): number | undefined {
    const entry = 4 + 2 * id;
    if (entry + 2 > this.#vtableBytes) return undefined;
    const offset = this.#view.getUint16(this.#vtable + entry, true);
    return offset === 0 ? undefined : this.#start + offset;
  }

  #target(id: number): number | undefined {
    const position = this.#position(id);
    return position === undefined ? undefined : position + this.#view.getUint32(position, true);
  }

  int8(id: number, missing = 0): number {
    const position = this.#position(id);
    return position === undefined ? missing : this.#view.getInt8(position);
  }

  int32(id: number, missing = 0): number {
    const position = this.#position(id);
    return position === undefined ? missing : this.#view.getInt32(position, true);
  }

  float32(id: number, missing = 0): number {
    const position = this.#position(id);
    return position === undefined ? missing : this.#view.getFloat32(position, true);
  }

  flag(id: number): boolean {
    return this.int8(id) !== 0;
  }

  table(id: number): Table | undefined {
    const target = this.#target(id);
    return target === undefined ? undefined : new Table(this.#view, target);
  }

  #vector<T>(id: number, itemBytes: number, read: (position: number) => T): T[] {
    const target = this.#target(id);
    if (target === undefined) return [];
    const count = this.#view.getUint32(target, true);
    return Array.from({ length: count }, (_, i) => read(target + 4 + i * itemBytes));
  }

  tables(id: number): Table[] {
    return this.#vector(id, 4, (at) => new Table(this.#view, at + this.#view.getUint32(at, true)));
  }

  int32s(id: number): number[] {
    return this.#vector(id, 4, (at) => this.#view.getInt32(at, true));
  }

  int64s(id: number): number[] {
    return this.#vector(id, 8, (at) => Number(this.#view.getBigInt64(at, true)));
  }

  float32s(id: number): number[] {
    return this.#vector(id, 4, (at) => this.#view.getFloat32(at, true));
  }

  /** A byte vector in place, not copied. */
  bytes(id: number): DataView | undefined {
    const target = this.#target(id);
    if (target === undefined) return undefined;
    const count = this.#view.getUint32(target, true);
    return new DataView(this.#view.buffer, this.#view.byteOffset + target + 4, count);
  }
}
