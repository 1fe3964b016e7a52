/** The two trace files of the older runner: one mark, then two for each window, at 1 kHz. */
export function madeTrace(options: { windows: number; windowS: number; energyUJ: number }): {
  trace: Buffer;
  timestamps: string;
} {
  const { windows, windowS, energyUJ } = options;
  const marks = [0.015];
  for (let k = 0; k < windows; k += 1) {
    const startS = 2 + k * (windowS + 2);
    marks.push(startS, startS + windowS);
  }
  const samples = Math.round((2 + windows * (windowS + 2)) * 1000);
  const trace = Buffer.alloc(5 + 4 * samples);
  trace.writeUInt8(0xf1, 0);
  trace.writeFloatLE(1000, 1);
  for (let k = 0; k < samples; k += 1) trace.writeFloatLE(energyUJ, 5 + 4 * k);
  return { trace, timestamps: `[\n\t${marks.map((mark) => mark.toFixed(3)).join(',\n\t')}\n]` };
}
