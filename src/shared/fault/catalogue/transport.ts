import { z } from 'zod';
import { fault } from './define.ts';

const port = z.object({ port: z.string() });

export const transportFaults = {
  /** The name is neither a port of this system nor an address. */
  'transport.badAddress': fault('usage', z.object({ address: z.string() })),
  'transport.notFound': fault('instrument', port),
  /** Somebody else has the port open and cannot be named. */
  'transport.busy': fault('instrument', port),
  'transport.busyHeld': fault('instrument', port.extend({ program: z.string(), pid: z.number().int() })),
  /** Linux: the device file belongs to a group that the user is not in. */
  'transport.permissionGroup': fault('instrument', port.extend({ group: z.string() })),
  'transport.permission': fault('instrument', port),
  'transport.baudUnsupported': fault('instrument', port.extend({ baud: z.number() })),
  /** The system refused for a reason that has no code of its own. */
  'transport.openFailed': fault('instrument', port.extend({ reason: z.string() })),
  'transport.openTimeout': fault('instrument', port.extend({ deadlineS: z.number() })),
  'transport.refused': fault('instrument', z.object({ address: z.string() })),
  'transport.unknownHost': fault('instrument', z.object({ host: z.string() })),
  'transport.unreachable': fault('instrument', z.object({ address: z.string() })),
  /** The device vanished from the system while open. */
  'transport.unplugged': fault('instrument', port),
  /** The other side ended the connection. */
  'transport.lost': fault('instrument', port),
  /** Used after it had been closed by this application. */
  'transport.closed': fault('instrument', port),
  'transport.writeFailed': fault('instrument', port.extend({ reason: z.string() })),
  'transport.linesUnsupported': fault('instrument', port),
  'transport.listFailed': fault('instrument', z.object({ reason: z.string() })),
} as const;
