const bytesPerLine = 16;

/**
 * The same image as a C source for boards: `const uint8_t jb_model[]`, 16-byte aligned, and its length. Nothing but the bytes
 * decides the text.
 */
export function planImageToC(image: Uint8Array): string {
  const lines: string[] = [];
  for (let start = 0; start < image.length; start += bytesPerLine) {
    const row = image.subarray(start, start + bytesPerLine);
    lines.push(`    ${Array.from(row, (byte) => `0x${byte.toString(16).padStart(2, '0')}`).join(', ')},`);
  }
  const length = String(image.length);
  return [
    '#include <stdint.h>',
    '',
    'extern const uint8_t jb_model[];',
    'extern const uint32_t jb_model_bytes;',
    '',
    `const uint32_t jb_model_bytes = ${length}u;`,
    `_Alignas(16) const uint8_t jb_model[${length}] = {`,
    ...lines,
    '};',
    '',
  ].join('\n');
}
