import { Fault } from '../../shared/fault/index.ts';
import { crc32 } from './crc32.ts';
import { limits } from './limits.ts';
import { checkOpRecord, isAligned, isInt8 } from './plan-check.ts';
import { crcFrom, flagFolded, headerBytes, headerFields, inputTransforms, modelIdBytes, modelIdPattern, opBytes, opFields, payloadValueBytes, planMagic, planVersion, resultTransforms, signedOpFields } from './plan-layout.ts'; // prettier-ignore
import type { InputTransform, OpField, OpRecord, ResultTransform } from './plan-layout.ts';
import { kernelIds } from './plan-op.ts';
import type { KernelName } from './plan-op.ts';

/** An operator of a plan: its record, with the kernel's name. */
export interface PlanOp extends OpRecord {
  index: number;
  kernelName: KernelName;
}

/** What a plan image says, after every check that the firmware makes too. */
export interface PlanDescription {
  version: number;
  imageBytes: number;
  crc32: number;
  /** Constant channels were folded away by the compiler. */
  folded: boolean;
  /** SHA-256 of the model file in hexadecimal; null where the compiler was not told. */
  sourceSha256: string | null;
  modelId: string;
  arenaBytes: number;
  input: {
    offset: number;
    bytes: number;
    scale: number;
    zeroPoint: number;
    transform: InputTransform;
    payloadBytes: number;
  };
  output: {
    offset: number;
    bytes: number;
    scale: number;
    zeroPoint: number;
    transform: ResultTransform;
    resultCount: number;
  };
  ops: readonly PlanOp[];
}

/**
 * Parses and validates a plan image: the checks of `jb_plan_open()` in the same order, and that nothing follows the image. A bad
 * image gives a `plan.*` fault.
 */
export function readPlanImage(image: Uint8Array): PlanDescription {
  const view = new DataView(image.buffer, image.byteOffset, image.byteLength);
  checkFrame(view, image);
  const description = readHeader(view);
  const opsOffset = u32(view, 'opsOffset');
  const count = u32(view, 'opCount');
  const bounds = { view, constantsFrom: opsOffset + count * opBytes, arenaBytes: description.arenaBytes };
  const ops = Array.from({ length: count }, (_, index): PlanOp => {
    const record = readOp(view, opsOffset + index * opBytes);
    checkOpRecord(record, index, bounds);
    return { ...record, index, kernelName: kernelName(record.kernel) };
  });
  return { ...description, ops };
}

function u32(view: DataView, field: keyof typeof headerFields): number {
  return view.getUint32(headerFields[field], true);
}

function kernelName(id: number): KernelName {
  return (Object.keys(kernelIds) as KernelName[]).find((name) => kernelIds[name] === id) ?? 'reshape';
}

function readOp(view: DataView, offset: number): OpRecord {
  const read = (field: OpField, i: number): number =>
    signedOpFields.has(field) ? view.getInt32(offset + 4 * i, true) : view.getUint32(offset + 4 * i, true);
  return Object.fromEntries(opFields.map((field, i) => [field, read(field, i)])) as OpRecord;
}

/** Magic, version, length and checksum: whether these are the bytes that a compiler wrote. */
function checkFrame(view: DataView, image: Uint8Array): void {
  const found = view.byteLength;
  if (found < headerBytes) throw new Fault('plan.truncated', { bytes: found, needed: headerBytes });
  if (u32(view, 'magic') !== planMagic) throw new Fault('plan.notAPlan', {});
  const version = u32(view, 'version');
  if (version !== planVersion) throw new Fault('plan.version', { found: version, known: planVersion });
  const needed = u32(view, 'imageBytes');
  if (needed > found) throw new Fault('plan.truncated', { bytes: found, needed });
  if (needed < headerBytes || needed > limits.imageBytes || !isAligned(needed) || needed !== found) {
    throw new Fault('plan.header', { field: 'imageBytes', value: needed });
  }
  const expected = u32(view, 'crc32');
  const actual = crc32(image.subarray(crcFrom));
  if (actual !== expected) throw new Fault('plan.damaged', { expected: hex(expected), actual: hex(actual) });
}

function hex(value: number): string {
  return value.toString(16).padStart(8, '0');
}

function readHeader(view: DataView): Omit<PlanDescription, 'ops'> {
  const need = (holds: boolean, field: keyof typeof headerFields): void => {
    if (!holds) throw new Fault('plan.header', { field, value: u32(view, field) });
  };
  const flags = u32(view, 'flags');
  const arenaBytes = u32(view, 'arenaBytes');
  const opsOffset = u32(view, 'opsOffset');
  const opCount = u32(view, 'opCount');
  need((flags & ~flagFolded) === 0, 'flags');
  need(u32(view, 'reserved') === 0, 'reserved');
  need(u32(view, 'opBytes') === opBytes, 'opBytes');
  need(opCount >= 1 && opCount <= limits.operators, 'opCount');
  need(
    isAligned(opsOffset) && opsOffset >= headerBytes && opsOffset + opCount * opBytes <= view.byteLength,
    'opsOffset',
  );
  need(isAligned(arenaBytes) && arenaBytes <= limits.arenaBytes, 'arenaBytes');
  const tensor = (side: 'input' | 'output'): { offset: number; bytes: number; scale: number; zeroPoint: number } => {
    const offset = u32(view, `${side}Offset`);
    const bytes = u32(view, `${side}Bytes`);
    const scale = view.getFloat32(headerFields[`${side}Scale`], true);
    const zeroPoint = view.getInt32(headerFields[`${side}ZeroPoint`], true);
    need(bytes >= 1, `${side}Bytes`);
    need(isAligned(offset) && offset + bytes <= arenaBytes, `${side}Offset`);
    need(scale >= 2 ** -126 && scale < Infinity, `${side}Scale`);
    need(isInt8(zeroPoint), `${side}ZeroPoint`);
    return { offset, bytes, scale, zeroPoint };
  };
  const input = tensor('input');
  const output = tensor('output');
  const inputTransform = inputTransforms[u32(view, 'inputTransform')];
  const resultTransform = resultTransforms[u32(view, 'resultTransform')];
  const payloadBytes = u32(view, 'payloadBytes');
  const resultCount = u32(view, 'resultCount');
  need(inputTransform !== undefined, 'inputTransform');
  need(resultTransform !== undefined, 'resultTransform');
  const transform = { input: inputTransform ?? 'int8', result: resultTransform ?? 'scores' };
  need(payloadBytes === input.bytes * payloadValueBytes(transform.input), 'payloadBytes');
  if (transform.result === 'scores') need(resultCount === output.bytes, 'resultCount');
  else need(resultCount === 1 && transform.input === 'float32le' && input.bytes === output.bytes, 'resultCount');
  return {
    version: planVersion,
    imageBytes: view.byteLength,
    crc32: u32(view, 'crc32'),
    folded: (flags & flagFolded) !== 0,
    sourceSha256: readSha256(view),
    modelId: readModelId(view),
    arenaBytes,
    input: { ...input, transform: transform.input, payloadBytes },
    output: { ...output, transform: transform.result, resultCount },
  };
}

function readSha256(view: DataView): string | null {
  const bytes = Array.from({ length: 32 }, (_, i) => view.getUint8(headerFields.sourceSha256 + i));
  return bytes.some((byte) => byte !== 0) ? bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('') : null;
}

/** The id, padded with zeros to its field: nothing may follow its end. */
function readModelId(view: DataView): string {
  const bytes = Array.from({ length: modelIdBytes }, (_, i) => view.getUint8(headerFields.modelId + i));
  const id = String.fromCharCode(...bytes).replace(/\0+$/, '');
  if (!modelIdPattern.test(id)) throw new Fault('plan.header', { field: 'modelId', value: 0 });
  return id;
}
