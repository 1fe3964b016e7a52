import { toFault } from '../../shared/fault/index.ts';

/** How a command ends. */
export const exitCodes = { ok: 0, notHolding: 1, usage: 2, instrument: 3, internal: 70, stopped: 130 } as const;

/** The exit code of a fault: bad usage and bad files are the caller's to mend, instruments are not. */
export function exitCodeOf(error: unknown): number {
  switch (toFault(error).kind) {
    case 'usage':
    case 'data':
      return exitCodes.usage;
    case 'instrument':
      return exitCodes.instrument;
    case 'cancelled':
      return exitCodes.stopped;
    case 'internal':
      return exitCodes.internal;
  }
}
