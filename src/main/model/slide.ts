/** What decides how far an output may slide into its input: the fields of an operator record. */
export interface SlideShape {
  inW: number;
  inC: number;
  outH: number;
  outW: number;
  outC: number;
  strideH: number;
  strideW: number;
  padTop: number;
  padLeft: number;
}

/**
 * How many bytes the output of a packed convolution has to begin below its input at least, so that it may lie over it: pixels are
 * written in raster order, and none may reach what a later one still reads. The same as `jb_slide_bytes()` in firmware/nn.
 */
export function slideBytes(op: SlideShape): number {
  const firstRead = (index: number, stride: number, pad: number): number => Math.max(index * stride - pad, 0);
  const rowBytes = op.inW * op.inC;
  let slide = 0;
  for (let y = 0; y < op.outH; y++) {
    const written = y * op.outW * op.outC;
    const isLast = y + 1 === op.outH;
    const below = firstRead(y + 1, op.strideH, op.padTop) * rowBytes;
    const row = firstRead(y, op.strideH, op.padTop) * rowBytes;
    const left = Math.floor(op.padLeft / op.strideW);
    // Written minus read grows up to the end of the padding and is linear from there: these are its extremes.
    for (const x of [left, left + 1, op.outW - 1]) {
      if (x < 1 || x >= op.outW) continue;
      const here = row + firstRead(x, op.strideW, op.padLeft) * op.inC;
      const read = isLast ? here : Math.min(here, below);
      slide = Math.max(slide, written + x * op.outC - read);
    }
    if (!isLast) slide = Math.max(slide, written + op.outW * op.outC - below);
  }
  return slide;
}
