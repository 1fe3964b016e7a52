import { describe, expect, it } from 'vitest';
import { noDataReason } from '../../support/data.ts';
import { compileOfficial, officialModelNames } from './official-models.ts';

/** Activation bytes where outputs slide into their inputs (specification of the reference models, 4), without scratch. */
const overlappedPeaks = {
  'kws_ref_model.tflite': 8_384,
  'vww_96_int8.tflite': 36_864,
  'pretrainedResnet_quant.tflite': 33_296,
  'pretrainedResnet_large_int8.tflite': 83_240,
  'ad01_int8.tflite': 768,
  'str_ww_ref_model.tflite': 3_584,
} as const;

if (noDataReason) console.info(`arena of the reference models: ${noDataReason}`);

describe.skipIf(noDataReason)('arena of the reference models', () => {
  it.each(officialModelNames)('%s: at most 2 KB above the overlapped peak, scratch included, folded or not', (name) => {
    for (const fold of [false, true]) {
      const { plan } = compileOfficial(name, { kernels: 'tuned', fold });
      console.info(
        `arena ${name}: ${String(plan.arenaBytes)}; image ${String(plan.imageBytes)}${fold ? ', folded' : ''}`,
      );
      expect(plan.arenaBytes).toBeLessThanOrEqual(overlappedPeaks[name] + 2_048);
    }
  });

  it('takes tuned kernels for all convolutions, fully connected layers and additions', () => {
    for (const name of officialModelNames) {
      const { plan } = compileOfficial(name, { kernels: 'tuned' });
      const others = plan.ops.filter(({ kernelName }) => !kernelName.includes('Packed'));
      expect(others.every(({ kernelName }) => ['averagePoolS8', 'reshape', 'softmaxS8'].includes(kernelName))).toBe(
        true,
      );
    }
  });
});
