import { Fault } from '../../shared/fault/index.ts';
import { limits } from './limits.ts';
import type { OpRecord } from './plan-layout.ts';
import { alignUp, kernelIds } from './plan-op.ts';
import { slideBytes } from './slide.ts';

/** What an operator record is checked against. */
export interface PlanBounds {
  view: DataView;
  constantsFrom: number;
  arenaBytes: number;
}

/** Checks of one operator record, in the order and with the outcome of `jb_plan_open()` in firmware/nn. */
export function checkOpRecord(op: OpRecord, index: number, bounds: PlanBounds): void {
  new OpCheck(op, index, bounds).run();
}

class OpCheck {
  private readonly op: OpRecord;
  private readonly index: number;
  private readonly bounds: PlanBounds;

  constructor(op: OpRecord, index: number, bounds: PlanBounds) {
    this.op = op;
    this.index = index;
    this.bounds = bounds;
  }

  run(): void {
    const { op, index } = this;
    const known = Object.values(kernelIds).includes(op.kernel as 1);
    if (!known || op.flags !== 0 || op.reserved0 !== 0 || op.reserved1 !== 0) {
      throw new Fault('plan.kernel', { index, kernel: op.kernel });
    }
    for (const field of ['inH', 'inW', 'inC', 'outH', 'outW', 'outC'] as const)
      this.shape(isDimension(op[field]), field);
    this.inArena('in0', this.inElements);
    this.inArena('out', this.outElements);
    for (const field of ['inZeroPoint', 'outZeroPoint', 'lo', 'hi'] as const) this.constant(isInt8(op[field]), field);
    this.constant(op.lo <= op.hi, 'hi');
    switch (op.kernel) {
      case kernelIds.convS8: return this.conv(); // prettier-ignore
      case kernelIds.depthwiseConvS8: return this.depthwise(); // prettier-ignore
      case kernelIds.fullyConnectedS8: return this.fullyConnected(); // prettier-ignore
      case kernelIds.averagePoolS8: return this.averagePool(); // prettier-ignore
      case kernelIds.addS8: return this.add(); // prettier-ignore
      case kernelIds.reshape: return this.reshape(); // prettier-ignore
      case kernelIds.softmaxS8: return this.softmax(); // prettier-ignore
      case kernelIds.convPackedS8: return this.densePacked(2); // prettier-ignore
      case kernelIds.depthwisePackedS8: return this.depthwisePacked(); // prettier-ignore
      case kernelIds.fullyConnectedPackedS8: return this.fullyConnectedPacked(); // prettier-ignore
      default: return this.addPacked(); // prettier-ignore
    }
  }

  private get inElements(): number {
    return this.op.inH * this.op.inW * this.op.inC;
  }

  private get outElements(): number {
    return this.op.outH * this.op.outW * this.op.outC;
  }

  private shape(holds: boolean, field: keyof OpRecord): void {
    if (!holds) throw new Fault('plan.shape', { index: this.index, field, value: this.op[field] });
  }

  private constant(holds: boolean, field: keyof OpRecord): void {
    if (!holds) throw new Fault('plan.constant', { index: this.index, field });
  }

  private offset(holds: boolean, field: keyof OpRecord): void {
    if (!holds) throw new Fault('plan.offset', { index: this.index, field, offset: this.op[field] });
  }

  private inArena(field: keyof OpRecord, bytes: number): void {
    const offset = this.op[field];
    this.offset(isAligned(offset) && offset + bytes <= this.bounds.arenaBytes, field);
  }

  private inConstants(field: keyof OpRecord, bytes: number): void {
    const offset = this.op[field];
    const { constantsFrom, view } = this.bounds;
    this.offset(isAligned(offset) && offset >= constantsFrom && offset + bytes <= view.byteLength, field);
  }

  private apart(a: keyof OpRecord, aBytes: number, b: keyof OpRecord, bBytes: number): boolean {
    const { op } = this;
    return op[a] + aBytes <= op[b] || op[b] + bBytes <= op[a];
  }

  /** Kernels that read an input again after they wrote the first output need the two apart. */
  private separate(): void {
    this.offset(this.apart('in0', this.inElements, 'out', this.outElements), 'out');
  }

  /** Kernels that read each value just before they write its place may also work where they are. */
  private inPlaceOrApart(input: 'in0' | 'in1'): void {
    const { op } = this;
    this.offset(op[input] === op.out || this.apart(input, this.inElements, 'out', this.outElements), input);
  }

  private window(): void {
    const { op } = this;
    this.shape(isDimension(op.kernelH), 'kernelH');
    this.shape(isDimension(op.kernelW), 'kernelW');
    this.shape(op.strideH >= 1 && op.strideH <= limits.stride, 'strideH');
    this.shape(op.strideW >= 1 && op.strideW <= limits.stride, 'strideW');
    this.shape(op.padTop < op.kernelH, 'padTop');
    this.shape(op.padLeft < op.kernelW, 'padLeft');
    this.shape((op.outH - 1) * op.strideH < op.inH + op.padTop, 'outH');
    this.shape((op.outW - 1) * op.strideW < op.inW + op.padLeft, 'outW');
  }

  private sameShape(): void {
    const { op } = this;
    this.shape(op.inH === op.outH && op.inW === op.outW && op.inC === op.outC, 'outC');
  }

  private requantization(): void {
    const { op, bounds } = this;
    this.inConstants('multipliers', op.requantCount * 4);
    this.inConstants('shifts', op.requantCount);
    for (let i = 0; i < op.requantCount; i++) {
      this.constant(bounds.view.getInt32(op.multipliers + 4 * i, true) >= 0, 'multipliers');
      const shift = bounds.view.getInt8(op.shifts + i);
      this.constant(shift >= -31 && shift <= 30, 'shifts');
    }
  }

  private weights(rows: number, rowValues: number): void {
    const { op } = this;
    this.shape(op.rowBytes === alignUp(rowValues), 'rowBytes');
    this.shape(op.requantCount === 1 || op.requantCount === op.outC, 'requantCount');
    this.inConstants('weights', rows * op.rowBytes);
    this.inConstants('bias', op.outC * 4);
    this.requantization();
  }

  private scratch(needed: number): void {
    this.shape(this.op.scratchBytes >= needed, 'scratchBytes');
    const { scratchBytes } = this.op;
    this.inArena('scratch', scratchBytes);
    this.offset(this.apart('scratch', scratchBytes, 'in0', this.inElements), 'scratch');
    this.offset(this.apart('scratch', scratchBytes, 'out', this.outElements), 'scratch');
  }

  private conv(): void {
    const { op } = this;
    this.window();
    const row = op.kernelH * op.kernelW * op.inC;
    this.shape(row <= limits.rowTaps, 'kernelH');
    this.separate();
    this.weights(op.outC, row);
    if (op.kernelH !== 1 || op.kernelW !== 1 || op.inC % 16 !== 0) this.scratch(op.rowBytes);
  }

  private depthwise(): void {
    const { op } = this;
    this.window();
    const taps = op.kernelH * op.kernelW;
    this.shape(taps <= limits.windowTaps, 'kernelH');
    this.shape(op.outC % op.inC === 0, 'outC');
    this.separate();
    this.weights(taps, op.outC);
  }

  private fullyConnected(): void {
    const { op } = this;
    this.shape(op.inW === 1, 'inW');
    this.shape(op.outW === 1, 'outW');
    this.shape(op.inH === op.outH, 'outH');
    this.separate();
    this.weights(op.outC, op.inC);
    if (op.inC % 16 !== 0) this.scratch(op.rowBytes);
  }

  private averagePool(): void {
    const { op } = this;
    this.window();
    this.shape(op.inC === op.outC, 'outC');
    this.shape(op.kernelH * op.kernelW <= limits.windowTaps, 'kernelH');
    this.separate();
  }

  private add(): void {
    this.sameShape();
    this.shape(this.op.requantCount === 1, 'requantCount');
    this.inArena('in1', this.inElements);
    this.inPlaceOrApart('in0');
    this.inPlaceOrApart('in1');
    this.inConstants('weights', 1024);
    this.inConstants('bias', 1024);
    this.requantization();
  }

  /** Factors and shifts of a packed kernel, from these offsets on. */
  private packedScales(multipliers: number, shifts: number, count: number, field: 'weights' | 'multipliers'): void {
    const { view } = this.bounds;
    for (let i = 0; i < count; i++) {
      const shift = view.getUint8(shifts + i);
      const holds = view.getInt32(multipliers + 4 * i, true) >= 0 && shift >= 1 && shift <= limits.packedShift;
      this.constant(holds, field);
    }
  }

  /** Blocks of so many channels with so many bytes of weights, and scratch; the output may slide into the input. */
  private packed(channels: number, weightBytes: number, scratchBytes: number): void {
    const { op } = this;
    const blocks = Math.ceil(op.outC / channels);
    this.shape(op.rowBytes === 8 * channels + 4 + weightBytes, 'rowBytes');
    this.inConstants('weights', blocks * op.rowBytes);
    for (let block = 0; block < blocks; block++) {
      const scales = op.weights + block * op.rowBytes + 4 * channels + weightBytes;
      this.packedScales(scales, scales + 4 * channels, channels, 'weights');
    }
    this.scratch(scratchBytes);
    const apart = this.apart('in0', this.inElements, 'out', this.outElements);
    this.offset(apart || op.in0 - op.out >= slideBytes(op), 'out');
  }

  private densePacked(channels: number): void {
    const { op } = this;
    this.window();
    const row = op.kernelH * op.kernelW * op.inC;
    this.shape(row <= limits.rowTaps, 'kernelH');
    const groups = Math.ceil(row / 4);
    const alone = channels === 4 || (op.outH === 1 && op.outW === 1);
    this.packed(channels, 4 * channels * groups, (alone ? 8 : 16) * groups + (op.inC % 4 === 0 ? 0 : 4 * groups));
  }

  private fullyConnectedPacked(): void {
    const { op } = this;
    this.shape(op.inW === 1, 'inW');
    this.shape(op.outW === 1, 'outW');
    this.shape(op.inH === op.outH, 'outH');
    for (const field of ['kernelH', 'kernelW', 'strideH', 'strideW'] as const) this.shape(op[field] === 1, field);
    this.densePacked(4);
  }

  private depthwisePacked(): void {
    const { op } = this;
    this.window();
    const taps = op.kernelH * op.kernelW;
    this.shape(taps <= limits.windowTaps, 'kernelH');
    this.shape(op.inC === op.outC && op.outC % 4 === 0, 'outC');
    this.packed(4, 8 * taps, alignUp(op.inC) + 4 * taps);
  }

  private addPacked(): void {
    const { op } = this;
    this.sameShape();
    this.inArena('in1', this.inElements);
    this.inPlaceOrApart('in0');
    this.inPlaceOrApart('in1');
    this.inConstants('weights', 1024);
    this.inConstants('bias', 1024);
    this.inConstants('multipliers', 4);
    this.inConstants('shifts', 1);
    this.packedScales(op.multipliers, op.shifts, 1, 'multipliers');
  }

  private reshape(): void {
    this.shape(this.inElements === this.outElements, 'outC');
    this.inPlaceOrApart('in0');
  }

  private softmax(): void {
    const { op, bounds } = this;
    this.sameShape();
    this.shape(op.inC <= limits.softmaxValues, 'inC');
    this.inPlaceOrApart('in0');
    this.inConstants('weights', 1024);
    for (let i = 0; i < 256; i++) {
      const value = bounds.view.getInt32(op.weights + 4 * i, true);
      this.constant(i === 0 ? value === 2 ** 31 - 1 : value >= 0, 'weights');
    }
  }
}

export function isAligned(offset: number): boolean {
  return offset % 16 === 0;
}

function isDimension(value: number): boolean {
  return value >= 1 && value <= limits.dimension;
}

export function isInt8(value: number): boolean {
  return value >= -128 && value <= 127;
}
