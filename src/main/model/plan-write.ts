import { Fault } from '../../shared/fault/index.ts';
import { crc32 } from './crc32.ts';
import { limits } from './limits.ts';
import type { MemoryPlan } from './memory.ts';
import { crcFrom, flagFolded, headerBytes, headerFields, inputTransforms, opBytes, opFields, payloadValueBytes, planMagic, planVersion, resultTransforms } from './plan-layout.ts'; // prettier-ignore
import type { InputTransform, OpRecord, ResultTransform } from './plan-layout.ts';
import { alignUp, kernelIds } from './plan-op.ts';
import type { LoweredOp } from './plan-op.ts';
import type { PerTensor } from './op-context.ts';

/** What the header says about the model as a whole. */
export interface PlanFacts {
  modelName: string;
  modelId: string;
  /** 64 hexadecimal digits, or empty. */
  sourceSha256: string;
  /** Constant channels were folded away. */
  folded: boolean;
  inputTransform: InputTransform;
  resultTransform: ResultTransform;
  inputOffset: number;
  inputBytes: number;
  outputOffset: number;
  outputBytes: number;
  input: PerTensor;
  output: PerTensor;
}

/** Writes the image of lowered operators whose memory is planned. The same input gives the same bytes. */
export function writePlanImage(ops: readonly LoweredOp[], memory: MemoryPlan, facts: PlanFacts): Uint8Array {
  const blocks = new ConstantBlocks(headerBytes + ops.length * opBytes);
  const records = ops.map((op, position) => record(op, position, memory, blocks));
  const bytes = blocks.end;
  if (bytes > limits.imageBytes) {
    throw new Fault('model.tooLarge', { model: facts.modelName, part: 'image', bytes, limit: limits.imageBytes });
  }
  const image = new Uint8Array(bytes);
  const view = new DataView(image.buffer);
  writeHeader(view, ops.length, memory.arenaBytes, facts);
  records.forEach((fields, position) => {
    opFields.forEach((field, i) => {
      view.setInt32(headerBytes + position * opBytes + 4 * i, fields[field], true);
    });
  });
  blocks.write(view);
  view.setUint32(headerFields.crc32, crc32(image.subarray(crcFrom)), true);
  return image;
}

/** Constants, each at the next multiple of 16. */
class ConstantBlocks {
  end: number;
  private readonly blocks: { offset: number; values: Int8Array | Int32Array }[] = [];

  constructor(start: number) {
    this.end = start;
  }

  add(values: Int8Array | Int32Array | undefined): number {
    if (!values) return 0;
    const offset = this.end;
    this.blocks.push({ offset, values });
    this.end = alignUp(offset + values.byteLength);
    return offset;
  }

  write(view: DataView): void {
    for (const { offset, values } of this.blocks) {
      if (values instanceof Int8Array) new Int8Array(view.buffer).set(values, offset);
      else values.forEach((value, i) => { view.setInt32(offset + 4 * i, value, true); }); // prettier-ignore
    }
  }
}

function record(op: LoweredOp, position: number, memory: MemoryPlan, blocks: ConstantBlocks): OpRecord {
  const [first, second] = op.inputs;
  return {
    kernel: kernelIds[op.kernel],
    flags: 0,
    sourceOp: op.sourceOp,
    in0: first === undefined ? 0 : memory.offsetOf(first),
    in1: second === undefined ? 0 : memory.offsetOf(second),
    out: memory.offsetOf(op.output),
    scratch: memory.scratchOf(position),
    scratchBytes: memory.scratchBytesOf(position),
    inH: op.inShape[0],
    inW: op.inShape[1],
    inC: op.inShape[2],
    outH: op.outShape[0],
    outW: op.outShape[1],
    outC: op.outShape[2],
    kernelH: op.kernelSize[0],
    kernelW: op.kernelSize[1],
    strideH: op.stride[0],
    strideW: op.stride[1],
    padTop: op.pad[0],
    padLeft: op.pad[1],
    inZeroPoint: op.inZeroPoint,
    outZeroPoint: op.outZeroPoint,
    lo: op.lo,
    hi: op.hi,
    weights: blocks.add(op.constants.weights),
    rowBytes: op.rowBytes,
    bias: blocks.add(op.constants.bias),
    multipliers: blocks.add(op.constants.multipliers),
    shifts: blocks.add(op.constants.shifts),
    requantCount: op.requantCount,
    reserved0: 0,
    reserved1: 0,
  };
}

function writeHeader(view: DataView, opCount: number, arenaBytes: number, facts: PlanFacts): void {
  const at = headerFields;
  const u32 = (offset: number, value: number): void => { view.setUint32(offset, value, true); }; // prettier-ignore
  u32(at.magic, planMagic);
  u32(at.version, planVersion);
  u32(at.imageBytes, view.byteLength);
  u32(at.opsOffset, headerBytes);
  u32(at.opCount, opCount);
  u32(at.opBytes, opBytes);
  u32(at.flags, facts.folded ? flagFolded : 0);
  u32(at.arenaBytes, arenaBytes);
  u32(at.inputOffset, facts.inputOffset);
  u32(at.inputBytes, facts.inputBytes);
  u32(at.outputOffset, facts.outputOffset);
  u32(at.outputBytes, facts.outputBytes);
  u32(at.payloadBytes, facts.inputBytes * payloadValueBytes(facts.inputTransform));
  u32(at.inputTransform, inputTransforms.indexOf(facts.inputTransform));
  u32(at.resultTransform, resultTransforms.indexOf(facts.resultTransform));
  u32(at.resultCount, facts.resultTransform === 'scores' ? facts.outputBytes : 1);
  view.setFloat32(at.inputScale, facts.input.scale, true);
  view.setInt32(at.inputZeroPoint, facts.input.zeroPoint, true);
  view.setFloat32(at.outputScale, facts.output.scale, true);
  view.setInt32(at.outputZeroPoint, facts.output.zeroPoint, true);
  for (let i = 0; i < facts.sourceSha256.length / 2; i++) {
    view.setUint8(at.sourceSha256 + i, parseInt(facts.sourceSha256.slice(2 * i, 2 * i + 2), 16));
  }
  for (let i = 0; i < facts.modelId.length; i++) view.setUint8(at.modelId + i, facts.modelId.charCodeAt(i));
}
