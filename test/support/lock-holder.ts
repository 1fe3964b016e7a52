import { createLocks, systemProcesses } from '../../src/main/bench/index.ts';

// A second process for the lock tests: takes hold of an instrument, says so, and keeps it until it is killed.
const [folder = '', lockId = ''] = process.argv.slice(2);
const locks = createLocks({
  folder,
  host: 'lab',
  program: 'lock-holder',
  processes: systemProcesses(process.platform),
  epochMs: () => Date.now(),
});
await locks.claim(lockId, lockId, 'test');
process.stdout.write('held\n');
process.stdin.resume();
