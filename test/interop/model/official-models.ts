import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { compilePlan, readTflite } from '../../../src/main/model/index.ts';
import type { CompiledPlan, CompileOptions } from '../../../src/main/model/index.ts';
import { dataPath } from '../../support/data.ts';

/** The int8 reference models by file name, with the figures of the specification's tables (sections 1 and 4). */
// prettier-ignore
export const officialModels = {
  'kws_ref_model.tflite': { macs: 2_656_768, weightBytes: 22_016, biasBytes: 2_352, operators: 13, separateBytes: 16_000, peakOp: 1, scratchBytes: 0 },
  'vww_96_int8.tflite': { macs: 7_489_664, weightBytes: 208_112, biasBytes: 10_952, operators: 31, separateBytes: 55_296, peakOp: 2, scratchBytes: 16 },
  'pretrainedResnet_quant.tflite': { macs: 12_501_632, weightBytes: 77_360, biasBytes: 1_384, operators: 16, separateBytes: 49_152, peakOp: 2, scratchBytes: 144 },
  'pretrainedResnet_large_int8.tflite': { macs: 76_473_920, weightBytes: 479_480, biasBytes: 3_400, operators: 16, separateBytes: 122_880, peakOp: 2, scratchBytes: 368 },
  'ad01_int8.tflite': { macs: 264_192, weightBytes: 264_192, biasBytes: 6_688, operators: 10, separateBytes: 768, peakOp: 0, scratchBytes: 0 },
  'str_ww_ref_model.tflite': { macs: 826_368, weightBytes: 46_040, biasBytes: 3_372, operators: 11, separateBytes: 6_656, peakOp: 2, scratchBytes: 0 },
} as const;
export type OfficialModelName = keyof typeof officialModels;
export const officialModelNames = Object.keys(officialModels) as OfficialModelName[];

export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

export function modelBytes(name: string): Uint8Array {
  return new Uint8Array(readFileSync(dataPath('models', name)));
}

/** By the portable kernels, unless told otherwise. */
export function compileOfficial(name: string, options: CompileOptions = {}): CompiledPlan {
  const bytes = modelBytes(name);
  return compilePlan(readTflite(bytes, { name }), { kernels: 'portable', sourceSha256: sha256(bytes), ...options });
}

export function goldenVectors(): string {
  return readFileSync(dataPath('models', 'golden.json'), 'utf8');
}
