import { describe } from 'vitest';
import { noPtyReason } from '../../rig/dut/index.ts';
import { onPty } from './bench.ts';
import { describeDriver } from './driver-suite.ts';

if (noPtyReason) console.log(`skipped: ${noPtyReason}`);

describe.skipIf(noPtyReason)('drivers', () => {
  describeDriver('ppk2', 'on a pseudo terminal', onPty);
  describeDriver('ppk2-ampere', 'on a pseudo terminal', onPty);
});
