import { describe, expect, it } from 'vitest';
import { readLog } from '../../../../src/main/audit/read/index.ts';
import { pieces } from '../../../support/audit/pieces.ts';

describe('the log of the current runner', () => {
  it('has the inferences, what the DUT said of itself, start and end', async () => {
    const log = await readLog(
      pieces(
        [
          'Logging initialized. Writing output to sessions\\20250725_151328\\log.txt',
          'Device name retrieved: Vendor',
          'Device profile retrieved: ULPMark for tinyML Firmware V0.0.1',
          'Device model retrieved: ic01',
          '0725.151330 ulp-mlperf: Loading file emu_s_002009.bin segment 0',
          '0725.151330 ulp-mlperf: Load complete.',
          'Running inference with 1/200 (warmup/measured) iterations ...',
          'done',
          '0725.151340 ulp-mlperf: Performance results for window 1:',
          '0725.151340 ulp-mlperf:   Runtime      :     10.017 sec.',
          '0725.151340 ulp-mlperf:   m-results    : [0.0, 0.5]',
          'Captured samples:15044 timestamps:3',
          'Runtime: 99.0 sec.',
          'Session logged in file sessions\\20250725_151328\\log.txt',
        ].join('\r\n'),
      ),
    );
    expect(log).toMatchObject({ runner: 'mlc', sessions: ['20250725_151328'], ends: 1, name: 'Vendor', model: 'ic01' });
    expect(log.infers).toHaveLength(1);
    expect(log.infers[0]).toMatchObject({
      file: 'emu_s_002009.bin',
      inferences: 200,
      warmups: 1,
      results: [0, 0.5],
      printedS: 10.017,
      edges: 3,
      line: 7,
      lastLine: 11,
    });
  });

  it('has the detections of a stream', async () => {
    const log = await readLog(
      pieces('Logging initialized. Writing output to x\nPlaying long_wav.wav\n[74, 9960, 9992]\n[1, 2]\nfalse [1.5]\n'),
    );
    expect(log.detections).toEqual({ ms: [74, 9960, 9992], line: 3 });
  });
});
