import { z } from 'zod';
import { fault } from './define.ts';

const place = { procedure: z.string(), field: z.string(), problem: z.string() };

export const apiFaults = {
  /** A page asked for something the contract does not have. */
  'api.unknownProcedure': fault('internal', z.object({ procedure: z.string() })),
  /** An input that the contract's schema refuses; `field` is its path, `.` for the whole. */
  'api.badInput': fault('usage', z.object(place)),
  /** A handler returned what the contract does not promise. */
  'api.badOutput': fault('internal', z.object(place)),
  'api.deadline': fault('internal', z.object({ procedure: z.string(), deadlineS: z.number() })),
  'api.tooManyCalls': fault('internal', z.object({ limit: z.number() })),
  'api.connectionLost': fault('internal', z.object({})),
  'api.noAnswer': fault('internal', z.object({ waitS: z.number() })),
  'api.contractMismatch': fault('internal', z.object({ page: z.number(), host: z.number() })),
  'api.messageTooLarge': fault('internal', z.object({ bytes: z.number(), limitBytes: z.number() })),
  'api.notSendable': fault('internal', z.object({ place: z.string(), kind: z.string() })),
  'api.badFrame': fault('internal', z.object({ problem: z.string() })),
  'api.topicBroken': fault('internal', z.object({ topic: z.string() })),
  'api.portInUse': fault('usage', z.object({ port: z.number(), address: z.string() })),
  'api.portRefused': fault('usage', z.object({ port: z.number(), address: z.string() })),
  'api.notLoopback': fault('usage', z.object({ address: z.string() })),
  'api.pageMissing': fault('usage', z.object({ folder: z.string() })),
} as const;
