/**
 * The flash contents of an Intel HEX file: records of type 0 (data) and 1 (end), which is all that 32 KB need.
 * @throws Error on a record whose checksum is wrong, or of another type.
 */
export function parseIntelHex(text: string, bytes: number): Uint8Array {
  const flash = new Uint8Array(bytes).fill(0xff);
  for (const line of text.split(/\r?\n/).filter((candidate) => candidate.startsWith(':'))) {
    const record = Buffer.from(line.slice(1), 'hex');
    if (record.reduce((sum, byte) => (sum + byte) & 0xff, 0) !== 0) throw new Error(`checksum of ${line}`);
    const [count = 0, high = 0, low = 0, type = 0] = record;
    if (type === 1) break;
    if (type !== 0) throw new Error(`record type of ${line}`);
    flash.set(record.subarray(4, 4 + count), high * 256 + low);
  }
  return flash;
}
