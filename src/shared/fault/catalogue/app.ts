import { z } from 'zod';
import { fault } from './define.ts';

export const appFaults = {
  /** The page runs in the desktop app, but its preload did not load. */
  'app.bridgeMissing': fault('internal', z.object({})),
  /** The system could not open a file or folder; `reason` is its own word. */
  'app.cannotOpen': fault('usage', z.object({ path: z.string(), reason: z.string() })),
  /** A page in a browser asked for what only the desktop window may do. */
  'app.desktopOnly': fault('usage', z.object({})),
  /** A file that was made for a page is not kept any more. */
  'app.fileGone': fault('usage', z.object({})),
  'app.operationUnknown': fault('usage', z.object({ id: z.string() })),
  /** Operator mode leaves only some pages open. */
  'app.pageClosed': fault('usage', z.object({})),
  'app.sessionUnknown': fault('usage', z.object({ sessionId: z.string() })),
  /** A call of the bridge by a frame that is not the app's page. */
  'app.senderRefused': fault('internal', z.object({ channel: z.string() })),
  /** `joulebench-portable` lies beside the program, but nothing can be written there. */
  'app.portableNotWritable': fault('usage', z.object({ folder: z.string() })),
} as const;
