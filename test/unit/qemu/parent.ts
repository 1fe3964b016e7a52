// Opens an emulated bench, tells the process id of the emulator, and waits to be killed.
import { systemClock } from '../../../src/main/bench/index.ts';
import { startEmulator } from '../../../src/main/qemu/index.ts';

const emulator = await startEmulator({
  machine: 'plain',
  kernel: 'none.elf',
  uarts: 1,
  clock: systemClock(),
  platform: process.platform,
  program: process.argv[2] ?? '',
});
emulator.sockets[0]?.on('data', (chunk: Buffer) => process.stdout.write(chunk));
