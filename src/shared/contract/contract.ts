import type { z } from 'zod';
import { appProcedures } from './areas/app.ts';
import { auditProcedures } from './areas/audit.ts';
import { benchProcedures } from './areas/bench.ts';
import { calibrationProcedures } from './areas/calibration.ts';
import { compareProcedures } from './areas/compare.ts';
import { fileProcedures } from './areas/file.ts';
import { flashProcedures } from './areas/flash.ts';
import { packageProcedures } from './areas/packages.ts';
import { recipeProcedures } from './areas/recipe.ts';
import { reportProcedures } from './areas/report.ts';
import { runProcedures } from './areas/run.ts';
import { sessionProcedures } from './areas/session.ts';

export { startRunSchema } from './areas/run.ts';

/** Raised with every change that an older page or host would not understand. */
export const contractVersion = 1;

/** The largest message of either carrier in bytes; longer answers are streams of chunks. */
export const largestMessageBytes = 1_048_576;

/**
 * Everything a page can ask of the host, an area a file. Each call that concerns a bench names it. The same table serves the Electron
 * carrier and the WebSocket carrier; nothing else crosses the border.
 */
export const contract = {
  ...appProcedures,
  ...benchProcedures,
  ...runProcedures,
  ...reportProcedures,
  ...sessionProcedures,
  ...compareProcedures,
  ...auditProcedures,
  ...calibrationProcedures,
  ...flashProcedures,
  ...recipeProcedures,
  ...packageProcedures,
  ...fileProcedures,
} as const;

export type Contract = typeof contract;
export type CallName = { [K in keyof Contract]: Contract[K]['kind'] extends 'call' ? K : never }[keyof Contract];
export type ByteStreamName = { [K in keyof Contract]: Contract[K]['kind'] extends 'bytes' ? K : never }[keyof Contract];
export type TopicName = { [K in keyof Contract]: Contract[K]['kind'] extends 'topic' ? K : never }[keyof Contract];

export type CallInput<K extends CallName> = z.input<Contract[K]['input']>;
export type CallOutput<K extends CallName> = z.output<Contract[K]['output']>;
export type ParsedInput<K extends CallName | ByteStreamName> = z.output<Contract[K]['input']>;
export type TopicKey<K extends TopicName> = z.output<Contract[K]['key']>;
export type TopicValue<K extends TopicName> = z.output<Contract[K]['value']>;
