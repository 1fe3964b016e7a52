import { z } from 'zod';
import { fault } from './define.ts';

/** Making a submission package. */
export const packageFaults = {
  /** `problems` are sentences, one for each key. */
  'package.description': fault('usage', z.object({ path: z.string(), problems: z.array(z.string()) })),
  'package.notJson': fault('usage', z.object({ path: z.string(), reason: z.string() })),
  'package.noSystem': fault('usage', z.object({ name: z.string(), known: z.array(z.string()) })),
  'package.nameTaken': fault('usage', z.object({ name: z.string() })),
  /** A key twice in a JSON object: which of the two counts is a matter of the program that reads it. */
  'package.duplicateKeys': fault('usage', z.object({ path: z.string(), keys: z.array(z.string()) })),
  'package.notADescription': fault('usage', z.object({ path: z.string() })),
  'package.gone': fault('usage', z.object({})),
  'package.badName': fault('usage', z.object({ name: z.string() })),
  'package.badOut': fault('usage', z.object({ path: z.string() })),
  'package.noBenchmark': fault('data', z.object({ source: z.string(), workload: z.string() })),
  'package.unknownRun': fault('data', z.object({ source: z.string(), folder: z.string() })),
  'package.twice': fault(
    'usage',
    z.object({ system: z.string(), benchmark: z.string(), mode: z.string(), first: z.string(), second: z.string() }),
  ),
  'package.severalSystems': fault('usage', z.object({ systems: z.array(z.string()) })),
  /** Descriptions of one package name several submitters. */
  'package.submitters': fault('usage', z.object({ submitters: z.array(z.string()) })),
  'package.sameSystem': fault('usage', z.object({ system: z.string() })),
  'package.nothingOf': fault('usage', z.object({ system: z.string() })),
  'package.whichSystem': fault('usage', z.object({ session: z.string(), systems: z.array(z.string()) })),
  'package.noRun': fault('usage', z.object({ source: z.string(), run: z.string(), known: z.array(z.string()) })),
  'package.choiceOfMany': fault('usage', z.object({ source: z.string(), sessions: z.number() })),
  'package.noFiles': fault('data', z.object({ source: z.string(), run: z.string() })),
  'package.notCompleted': fault('data', z.object({ source: z.string(), run: z.string() })),
  'package.doesNotHold': fault('data', z.object({ source: z.string(), problems: z.array(z.string()) })),
  'package.link': fault('data', z.object({ path: z.string() })),
  'package.badManifest': fault('data', z.object({ path: z.string(), problem: z.string() })),
} as const;
