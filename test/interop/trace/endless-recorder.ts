import { recordTrace } from '../../../src/main/trace/index.ts';
import { header } from '../../unit/trace/trace-kit.ts';

// Records a ramp until it is killed, and says after each flush how many samples are on the disk.
const recorder = await recordTrace(process.argv[2] ?? '', { ...header, sampleRateHz: 100_000 });
let next = 0;
for (;;) {
  recorder.append({ values: Float32Array.from({ length: 3001 }, () => next++), saturated: 0 });
  recorder.event({ kind: 'edge', sampleIndex: next, channel: 0, level: 'fall' });
  if (next % 9003 === 0) {
    await recorder.flush();
    process.stdout.write(`${next}\n`);
  } else await recorder.drained(50_000);
}
