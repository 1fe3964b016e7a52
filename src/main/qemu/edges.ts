/** An edge of the timestamp output, as the QEMU ports tell it on their second UART. */
export interface Edge {
  level: 0 | 1;
  /** The DUT's clock, microseconds modulo 2^32. */
  atUs: number;
}

const recordBytes = 5;

/** Reassembles the records of 5 bytes: level, then 32-bit little-endian microseconds (virtual-bench 5.4). */
export class EdgeReader {
  readonly #bytes = new Uint8Array(recordBytes);
  #filled = 0;

  /** The edges that end in these bytes. A level that is neither 0 nor 1 cannot begin a record and is skipped. */
  push(chunk: Uint8Array): Edge[] {
    const edges: Edge[] = [];
    for (const byte of chunk) {
      if (this.#filled === 0 && byte > 1) continue;
      this.#bytes[this.#filled++] = byte;
      if (this.#filled < recordBytes) continue;
      this.#filled = 0;
      const view = new DataView(this.#bytes.buffer);
      edges.push({ level: view.getUint8(0) === 1 ? 1 : 0, atUs: view.getUint32(1, true) });
    }
    return edges;
  }
}
