import { z } from 'zod';
import { boardSummarySchema, monitorSummarySchema, traceRoomSchema } from '../../domain/bench-catalogue.ts';
import { consoleChannelSchema, consoleLineSchema, consoleTailSchema } from '../../domain/bench-console.ts';
import { deskAssignmentSchema, deskChangeSchema, deskSchema, monitorUseSchema } from '../../domain/bench-desk.ts';
import { benchStateSchema } from '../../domain/bench-state.ts';
import { doctorReportSchema } from '../../domain/doctor.ts';
import { instrumentRoleSchema } from '../../domain/identity.ts';
import { madeFileSchema } from '../../domain/made-file.ts';
import { procedure, topic } from '../procedure.ts';
import { nothing, benchKey } from './keys.ts';

export const workloadSummarySchema = z.object({
  id: z.string(),
  title: z.string(),
  task: z.string(),
  runnable: z.boolean(),
  /** Why it cannot be run, in the locale of the settings. */
  reason: z.string().optional(),
  /** True for workloads whose model and inputs come with the app. */
  embedded: z.boolean(),
  inputs: z.number().int().optional(),
  /** Bytes sent for one inference. */
  inputBytes: z.number().int().optional(),
});

/**
 * What may be sent by hand: printable characters of one line. An energy monitor that was taken for a DUT obeys none of that: an LPM01A waits for a
 * line end, and the commands of a PPK2 for voltage and power are control characters.
 */
const handTextSchema = z
  .string()
  .min(1)
  .max(400)
  .regex(/^[\x20-\x7e]*$/);

/** What is attached, and what can be done with it. */
export const benchProcedures = {
  'bench.list': procedure(
    nothing,
    z.array(z.object({ id: z.string(), name: z.string(), simulated: z.boolean(), open: z.boolean() })),
  ),
  'bench.open': procedure(benchKey, benchStateSchema, 30),
  'bench.close': procedure(benchKey, nothing, 30),
  'bench.setPace': procedure(
    benchKey.extend({ pace: z.union([z.literal('max'), z.number().positive().max(1000)]) }),
    nothing,
  ),
  'devices.list': procedure(
    nothing,
    z.array(z.object({ path: z.string(), description: z.string(), usb: z.string().optional() })),
  ),
  /** Looks at once instead of at the next look; resolves when what is attached is known. */
  'desk.refresh': procedure(nothing, nothing, 20),
  'desk.change': procedure(deskChangeSchema, nothing),
  'desk.assign': procedure(deskAssignmentSchema, nothing),
  /** Names a port or address that the system does not list, such as `tcp:HOST:PORT`; answers with its key. */
  'desk.add': procedure(z.object({ address: z.string().trim().min(1).max(300) }), z.object({ key: z.string() })),
  /** Forgets a device that is not attached, or one that was named by hand. */
  'desk.forget': procedure(z.object({ key: z.string().max(400) }), nothing),
  /** The rules file for Linux that lets people use the instruments without root. */
  'desk.udevRules': procedure(nothing, madeFileSchema),
  /** Lines of a channel before a number, oldest first. */
  'console.read': procedure(
    z.object({ channel: consoleChannelSchema, beforeSeq: z.number().int().nonnegative() }),
    z.array(consoleLineSchema),
  ),
  /** The whole history of a channel as a text file. */
  'console.save': procedure(z.object({ channel: consoleChannelSchema }), madeFileSchema, 20),
  /** Sends one raw line to the DUT or the IO manager, opening its port where it is not open; refused while anything uses the instrument. */
  'console.send': procedure(
    z.object({ channel: consoleChannelSchema.extract(['dut', 'ioManager']), text: handTextSchema }),
    nothing,
    30,
  ),
  'console.close': procedure(z.object({ channel: consoleChannelSchema.extract(['dut', 'ioManager']) }), nothing),
  /** The examination of a line to a DUT, or of the instrument in that role. */
  'doctor.run': procedure(
    z.object({
      port: z.string().max(400),
      role: instrumentRoleSchema.extract(['dut', 'monitor', 'ioManager']).default('dut'),
      use: monitorUseSchema.nullable().default(null),
    }),
    doctorReportSchema,
    120,
  ),
  'board.list': procedure(nothing, z.array(boardSummarySchema)),
  /** The monitors that can be driven. */
  'monitor.list': procedure(nothing, z.array(monitorSummarySchema)),
  /** What a trace of that kind of monitor weighs, and what is free for it; null for a kind without driver. */
  'monitor.traceRoom': procedure(z.object({ kind: z.string().max(40) }), traceRoomSchema.nullable()),
  'workload.list': procedure(nothing, z.array(workloadSummarySchema)),
  bench: topic(benchKey, benchStateSchema),
  desk: topic(nothing, deskSchema),
  console: topic(z.object({ channel: consoleChannelSchema }), consoleTailSchema),
} as const;
