import { z } from 'zod';
import { benchStateSchema } from '../domain/bench-state.ts';
import {
  answerValuesSchema,
  calibrationSetupChoiceSchema,
  certificateProblemSchema,
  certificateSchema,
  certificateSummarySchema,
  problemSchema,
  procedureIdSchema,
  procedureSummarySchema,
  wizardStateSchema,
} from '../domain/calibration.ts';
import { boardSummarySchema, monitorSummarySchema } from '../domain/bench-catalogue.ts';
import { doctorReportSchema } from '../domain/doctor.ts';
import {
  flashBoardSchema,
  flashChoiceSchema,
  flashLeftSchema,
  flashPreviewSchema,
  flashToolStateSchema,
  liveFlashSchema,
  startFlashSchema,
} from '../domain/flash-page.ts';
import { probeSchema } from '../domain/flash.ts';
import { dutUnitSchema } from '../domain/identity.ts';
import { energyRequestSchema } from '../domain/energy-request.ts';
import { livePowerSchema } from '../domain/live-power.ts';
import { liveOperationSchema, liveRunSchema } from '../domain/live-run.ts';
import { operationSchema } from '../domain/operation.ts';
import { runSettingsSchema } from '../domain/run.ts';
import { sessionSummarySchema } from '../domain/session-summary.ts';
import { settingsChangeSchema, settingsSchema } from '../domain/settings.ts';
import { traceColumnsViewSchema, traceFactsSchema, traceStatisticsViewSchema } from '../domain/trace-view.ts';
import { modeSchema } from '../domain/workload.ts';
import { byteStream, procedure, topic } from './procedure.ts';

/** Raised with every change that an older page or host would not understand. */
export const contractVersion = 1;

/** The largest message of either carrier in bytes; longer answers are streams of chunks. */
export const largestMessageBytes = 1_048_576;

const nothing = z.object({});
const benchKey = z.object({ benchId: z.string().max(80) });
const operationKey = z.object({ operationId: z.string().max(80) });
const sessionKey = z.object({ sessionId: z.string().max(160) });
const traceKey = sessionKey.extend({ runId: z.string().max(8) });
const traceStretch = traceKey.extend({ fromS: z.number(), toS: z.number() });

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
});

export const startRunSchema = z.object({
  benchId: z.string().max(80),
  workload: z.string().max(40),
  modes: z.array(modeSchema).min(1).max(3),
  /** Needed when one of the modes is energy; defaults otherwise. */
  energy: energyRequestSchema.optional(),
  /** Absent for an embedded workload: its own model and inputs are used. */
  modelFile: z.string().max(4000).optional(),
  datasetFolder: z.string().max(4000).optional(),
  operator: z.string().max(120).default(''),
  dutUnit: dutUnitSchema.default({}),
  settings: runSettingsSchema.prefault({}),
});

export const startCalibrationSchema = z.object({
  benchId: z.string().max(80),
  procedure: procedureIdSchema,
  /** As in an energy run: `lpm01a` on the virtual bench, `lpm01a:PORT` on the desk; absent where the procedure uses none. */
  monitor: z.string().max(400).optional(),
  ioManager: z.string().max(400).optional(),
  /** Entry of the board catalogue, where a DUT is connected. */
  board: z.string().max(80).optional(),
  baud: z.number().int().positive().max(12_000_000).optional(),
  setup: calibrationSetupChoiceSchema.default({}),
});

/**
 * Everything a page can ask of the host. Each call that concerns a bench names it. The same table serves the Electron
 * carrier and the WebSocket carrier; nothing else crosses the border.
 */
export const contract = {
  'app.info': procedure(
    nothing,
    z.object({
      name: z.string(),
      version: z.string(),
      platform: z.string(),
      contract: z.number(),
      carrier: z.string(),
      sessionsFolder: z.string(),
    }),
  ),
  'settings.get': procedure(nothing, settingsSchema),
  'settings.set': procedure(settingsChangeSchema, settingsSchema),
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
  'doctor.run': procedure(z.object({ port: z.string().max(400) }), doctorReportSchema, 120),
  'board.list': procedure(nothing, z.array(boardSummarySchema)),
  /** The monitors that can be driven. */
  'monitor.list': procedure(nothing, z.array(monitorSummarySchema)),
  'workload.list': procedure(nothing, z.array(workloadSummarySchema)),
  'run.start': procedure(startRunSchema, operationSchema, 30),
  'operation.list': procedure(nothing, z.array(operationSchema)),
  'operation.pause': procedure(operationKey, operationSchema),
  'operation.resume': procedure(operationKey, operationSchema),
  'operation.cancel': procedure(operationKey, operationSchema),
  'session.list': procedure(nothing, z.array(sessionSummarySchema)),
  'session.get': procedure(sessionKey, z.object({ summary: sessionSummarySchema, runs: z.array(liveRunSchema) })),
  'session.resume': procedure(sessionKey, operationSchema, 30),
  'session.verify': procedure(sessionKey, z.object({ holds: z.boolean(), problems: z.array(z.string()) }), 120),
  'trace.facts': procedure(traceKey, traceFactsSchema, 60),
  'trace.columns': procedure(
    traceStretch.extend({ columns: z.number().int().min(1).max(2000) }),
    traceColumnsViewSchema,
    60,
  ),
  'trace.statistics': procedure(traceStretch, traceStatisticsViewSchema, 60),
  'session.reportBytes': byteStream(sessionKey),
  'calibration.list': procedure(nothing, z.array(procedureSummarySchema)),
  /** Its steps are followed by topic `calibration`; it is stopped by `operation.cancel`. */
  'calibration.start': procedure(startCalibrationSchema, operationSchema, 60),
  /** What is wrong with the answer; none: it was taken. */
  'calibration.answer': procedure(
    operationKey.extend({ question: z.number().int().nonnegative(), values: answerValuesSchema }),
    z.object({ problems: z.array(problemSchema) }),
    30,
  ),
  'certificate.list': procedure(
    nothing,
    z.object({ certificates: z.array(certificateSummarySchema), problems: z.array(certificateProblemSchema) }),
  ),
  'certificate.get': procedure(z.object({ certificateId: z.string().max(200) }), certificateSchema),
  'probe.list': procedure(nothing, z.array(probeSchema)),
  /** The boards to choose from, and those that were left written in part. */
  'flash.boards': procedure(nothing, z.object({ boards: z.array(flashBoardSchema), left: z.array(flashLeftSchema) })),
  /** Which tools are on this computer and know the board. */
  'flash.tools': procedure(z.object({ board: z.string().max(80) }), z.array(flashToolStateSchema), 60),
  /** What would be erased and programmed; the image may have to be built first. Nothing is touched. */
  'flash.layout': procedure(flashChoiceSchema, flashPreviewSchema, 300),
  /** Followed by topic `flash`; it is stopped by `operation.cancel`. */
  'flash.start': procedure(startFlashSchema, operationSchema, 30),
  bench: topic(benchKey, benchStateSchema),
  operation: topic(operationKey, liveOperationSchema),
  calibration: topic(operationKey, wizardStateSchema),
  flash: topic(operationKey, liveFlashSchema),
  power: topic(operationKey, livePowerSchema),
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
