import { describe } from 'vitest';
import { noPtyReason } from '../../rig/dut/index.ts';
import { onPty } from './bench.ts';
import { describeMishaps, describePulledTerminal } from './mishap-suite.ts';

if (noPtyReason) console.log(`skipped: ${noPtyReason}`);

describe.skipIf(noPtyReason)('mishaps', () => {
  describeMishaps('ppk2', 'on a pseudo terminal', onPty);
  describeMishaps('ppk2-ampere', 'on a pseudo terminal', onPty);
  describePulledTerminal('ppk2');
});
