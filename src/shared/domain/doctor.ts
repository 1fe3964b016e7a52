import { z } from 'zod';
import { dutIdentitySchema } from './dut.ts';
import { faultRecordSchema } from './operation.ts';

/** What the connection doctor did. */
export const doctorStepKindSchema = z.enum([
  /** Opened the port at a rate. */
  'open',
  /** Listened without sending. */
  'listen',
  /** Sent `name` and waited. */
  'name',
  /** Sent a line end, to tell a console from a loop of wire. */
  'lineEnd',
  /** Asked for profile and build. */
  'identify',
  /** Sent `name` many times and counted the answers. */
  'repeat',
]);
export type DoctorStepKind = z.infer<typeof doctorStepKindSchema>;

export const doctorOutcomeSchema = z.enum([
  'done',
  'failed',
  /** Nothing came. */
  'silent',
  /** A boot block came. */
  'boot',
  /** Readable text that is no protocol. */
  'text',
  /** Bytes that are no text. */
  'garbage',
  /** Only what had been sent. */
  'echo',
  /** A DUT named itself. */
  'dut',
  /** Something else answered in the words of the protocol. */
  'otherDevice',
]);
export type DoctorOutcome = z.infer<typeof doctorOutcomeSchema>;

export const doctorStepSchema = z.object({
  kind: doctorStepKindSchema,
  /** Null where the medium has no rate. */
  baud: z.number().nullable(),
  outcome: doctorOutcomeSchema,
  startS: z.number(),
  endS: z.number(),
  bytes: z.number().int().nonnegative(),
  /** The first or most telling text that was heard, shortened. */
  text: z.string(),
});
export type DoctorStep = z.infer<typeof doctorStepSchema>;

const port = { port: z.string() };
const found = { ...port, baud: z.number(), model: z.string() };

function diagnosis<C extends string, F extends z.ZodRawShape>(
  code: C,
  facts: F,
): z.ZodObject<{ code: z.ZodLiteral<C>; facts: z.ZodObject<F> }> {
  return z.object({ code: z.literal(code), facts: z.object(facts) });
}

/** The end of an examination. Its one sentence, next step included, stands in the locales under `doctor.diagnosis.<code>`. */
export const doctorDiagnosisSchema = z.discriminatedUnion('code', [
  diagnosis('healthy', found),
  /** The same where the medium has no rate. */
  diagnosis('healthyNoBaud', { ...port, model: z.string() }),
  diagnosis('otherBaud', { ...found, asked: z.number() }),
  diagnosis('resetOnOpen', { ...found, bootS: z.number() }),
  diagnosis('energyBuild', found),
  diagnosis('performanceBuild', found),
  diagnosis('otherModel', { ...found, expected: z.string() }),
  diagnosis('unstable', { ...found, failed: z.number(), tried: z.number() }),
  diagnosis('incomplete', { ...port, baud: z.number(), command: z.string() }),
  diagnosis('otherDevice', { ...port, name: z.string() }),
  diagnosis('echo', port),
  diagnosis('console', { ...port, text: z.string() }),
  diagnosis('chatter', { ...port, text: z.string() }),
  diagnosis('garbage', { ...port, tried: z.array(z.number()) }),
  diagnosis('silent', port),
  diagnosis('busy', port),
  diagnosis('busyHeld', { ...port, program: z.string(), pid: z.number() }),
  diagnosis('permission', port),
  diagnosis('permissionGroup', { ...port, group: z.string() }),
  diagnosis('notFound', port),
  diagnosis('baudUnsupported', { ...port, baud: z.number() }),
  diagnosis('cannotOpen', { ...port, reason: z.string() }),
  diagnosis('openTimeout', port),
  diagnosis('refused', port),
  diagnosis('unreachable', port),
  diagnosis('lost', port),
  /** An energy monitor answered; its supply is off. */
  diagnosis('monitorHealthy', { ...port, model: z.string(), serial: z.string(), firmware: z.string() }),
  diagnosis('ioManagerHealthy', { ...port, name: z.string(), version: z.string() }),
  /** What is wrong stands in the report's fault. */
  diagnosis('instrumentFault', port),
]);
/** Ends of the examination of an instrument that is no DUT. */
export const instrumentDiagnoses = ['monitorHealthy', 'ioManagerHealthy', 'instrumentFault'] as const;
export type DoctorDiagnosis = z.infer<typeof doctorDiagnosisSchema>;

/** What the connection doctor did and found at one port. */
export const doctorReportSchema = z.object({
  port: z.string(),
  askedBaud: z.number().nullable(),
  steps: z.array(doctorStepSchema),
  diagnosis: doctorDiagnosisSchema,
  /** The DUT that answered, where one did. */
  identity: dutIdentitySchema.nullable(),
  /** What an instrument other than a DUT complained of. */
  fault: faultRecordSchema.optional(),
});
export type DoctorReport = z.infer<typeof doctorReportSchema>;
