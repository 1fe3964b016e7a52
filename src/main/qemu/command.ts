/** How QEMU is asked for a machine: what the specification of the virtual bench, 5.2 and 5.3, found to be reliable. */

/** Where one UART of the machine is reached: a local socket, or a port of the loopback on Windows. */
export type Endpoint = { path: string } | { host: string; port: number };

export interface MachineOptions {
  machine: string;
  /** The image, an ELF file. */
  kernel: string;
  /** UARTs in the machine's order. */
  uarts: readonly Endpoint[];
}

/** Instructions of 2^5 ns: busy time is exact, idle time follows the wall. */
export const instructionClockHz = 1e9 / 2 ** 5;

/** Arguments of `qemu-system-arm`. `wait=on` holds the machine until the host is there, so no boot block is lost. */
export function qemuArguments({ machine, kernel, uarts }: MachineOptions): string[] {
  const serial = uarts.flatMap((uart) => ['-serial', `${chardev(uart)},server=on,wait=on`]);
  return ['-M', machine, '-display', 'none', '-monitor', 'none', '-kernel', kernel, '-icount', 'shift=5', ...serial];
}

function chardev(uart: Endpoint): string {
  // A comma in a value is doubled in QEMU's option syntax.
  return 'path' in uart ? `unix:${uart.path.replaceAll(',', ',,')}` : `tcp:${uart.host}:${uart.port},nodelay=on`;
}

/**
 * The program to start and its arguments. Except on Windows a shell stands between: it ends QEMU when its input ends, which it
 * does however this process dies. `exec 3<&0` keeps that input for the watcher, since a background job gets none.
 */
export function guardedCommand(
  program: string,
  args: readonly string[],
  platform: NodeJS.Platform,
): { program: string; args: readonly string[] } {
  if (platform === 'win32') return { program, args };
  const script = [
    'exec 3<&0',
    '"$@" 3<&- </dev/null & q=$!',
    '{ cat <&3; kill -TERM $q; sleep 2; kill -KILL $q; } >/dev/null 2>&1 & w=$!',
    'exec 3<&-',
    'wait $q; c=$?',
    'kill $w 2>/dev/null',
    'exit $c',
  ].join('\n');
  return { program: 'sh', args: ['-c', script, 'sh', program, ...args] };
}
