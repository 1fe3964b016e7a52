import { inProcess } from './bench.ts';
import { describeDriver } from './driver-suite.ts';
import { describeMishaps } from './mishap-suite.ts';

for (const kind of ['lpm01a', 'ppk2'] as const) {
  describeDriver(kind, 'in one process', inProcess);
  describeMishaps(kind, 'in one process', inProcess);
}
