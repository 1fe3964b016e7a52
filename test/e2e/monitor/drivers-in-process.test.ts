import { inProcess } from './bench.ts';
import { describeDriver } from './driver-suite.ts';
import { describeMishaps } from './mishap-suite.ts';

for (const use of ['lpm01a', 'ppk2', 'ppk2-ampere'] as const) {
  describeDriver(use, 'in one process', inProcess);
  describeMishaps(use, 'in one process', inProcess);
}
