/**
 * What a receiver at one rate makes of bytes sent at another: the line's level is looked at in the middle of each bit time
 * of the receiver, from the falling edge of a start bit on (8 data bits, no parity, 1 stop bit). A byte whose stop bit is
 * low is delivered all the same, as most USB bridges do. The bytes follow each other without a gap; the line is idle after.
 */
export function garble(bytes: Uint8Array, sentBaud: number, receivedBaud: number): Uint8Array {
  const bitsPerByte = 10;
  const ratio = sentBaud / receivedBaud;
  const total = bytes.length * bitsPerByte;
  const level = (time: number): 0 | 1 => {
    const bit = Math.floor(time);
    if (bit < 0 || bit >= total) return 1;
    const inByte = bit % bitsPerByte;
    if (inByte === 0) return 0;
    if (inByte === bitsPerByte - 1) return 1;
    return (((bytes[Math.floor(bit / bitsPerByte)] as number) >> (inByte - 1)) & 1) === 1 ? 1 : 0;
  };
  const received: number[] = [];
  let at = 0;
  while (at < total) {
    // A start bit begins at a bit border, where the level falls.
    if (level(at) === 1) {
      at = Math.floor(at) + 1;
      continue;
    }
    let value = 0;
    for (let bit = 0; bit < 8; bit++) value |= level(at + (1.5 + bit) * ratio) << bit;
    received.push(value);
    at += 9.5 * ratio;
  }
  return Uint8Array.from(received);
}
