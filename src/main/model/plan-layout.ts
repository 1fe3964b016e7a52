/**
 * Layout of a plan image, version 1. `docs/formats/plan.md` is the reference, `firmware/nn/jb_plan_format.h` the same for C.
 * All fields are 32-bit little endian at these byte offsets.
 */
export const planMagic = 0x504d424a; // "JBMP"
export const planVersion = 1;
export const headerBytes = 160;
export const opBytes = 128;
/** The checksum covers everything from here to the end of the image. */
export const crcFrom = 16;
export const modelIdBytes = 40;
export const modelIdPattern = /^[a-z][a-z0-9_-]{0,38}$/;
/** Offsets of constants and tensors are multiples of this. */
export const planAlignment = 16;

/** Constant channels were folded away. */
export const flagFolded = 1;

export const headerFields = {
  magic: 0,
  version: 4,
  imageBytes: 8,
  crc32: 12,
  opsOffset: 16,
  opCount: 20,
  opBytes: 24,
  flags: 28,
  arenaBytes: 32,
  inputOffset: 36,
  inputBytes: 40,
  outputOffset: 44,
  outputBytes: 48,
  payloadBytes: 52,
  inputTransform: 56,
  resultTransform: 60,
  resultCount: 64,
  inputScale: 68,
  inputZeroPoint: 72,
  outputScale: 76,
  outputZeroPoint: 80,
  reserved: 84,
  sourceSha256: 88,
  modelId: 120,
} as const;

/** Fields of an operator record, in order; each is 4 bytes. */
// prettier-ignore
export const opFields = [
  'kernel', 'flags', 'sourceOp', 'in0', 'in1', 'out', 'scratch', 'scratchBytes',
  'inH', 'inW', 'inC', 'outH', 'outW', 'outC', 'kernelH', 'kernelW',
  'strideH', 'strideW', 'padTop', 'padLeft', 'inZeroPoint', 'outZeroPoint', 'lo', 'hi',
  'weights', 'rowBytes', 'bias', 'multipliers', 'shifts', 'requantCount', 'reserved0', 'reserved1',
] as const;
export type OpField = (typeof opFields)[number];
export type OpRecord = Readonly<Record<OpField, number>>;

/** Fields that are signed; all others are unsigned. */
export const signedOpFields: ReadonlySet<OpField> = new Set(['inZeroPoint', 'outZeroPoint', 'lo', 'hi']);

/** How the host's payload becomes the input tensor, by the number in the image. */
export const inputTransforms = ['int8', 'uint8', 'float32le'] as const;
export type InputTransform = (typeof inputTransforms)[number];

/** How the output tensor becomes the values of a results line, by the number in the image. */
export const resultTransforms = ['scores', 'meanSquaredDifference'] as const;
export type ResultTransform = (typeof resultTransforms)[number];

/** Bytes of the payload for one value of the input tensor. */
export function payloadValueBytes(transform: InputTransform): number {
  return transform === 'float32le' ? 4 : 1;
}
