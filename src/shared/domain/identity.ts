import { z } from 'zod';

/** What an instrument is on a bench for; the words are those of the house plan. */
export const instrumentRoleSchema = z.enum(['dut', 'monitor', 'ioManager', 'probe']);
export type InstrumentRole = z.infer<typeof instrumentRoleSchema>;

export const sha256Schema = z.string().regex(/^[0-9a-f]{64}$/);

/** What an image needs of a board's memory, in bytes: from the manifest of its build. */
export const imageMemorySchema = z.object({
  codeBytes: z.number(),
  weightBytes: z.number(),
  constantBytes: z.number(),
  arenaBytes: z.number(),
  payloadBytes: z.number(),
  /** Variables of harness and port. */
  dataBytes: z.number(),
  /** Reserved. */
  stackBytes: z.number(),
});
export type ImageMemory = z.infer<typeof imageMemorySchema>;

/** The program in an instrument; hash and memory are absent where nobody knows them. */
export const firmwareSchema = z.object({
  name: z.string(),
  version: z.string().optional(),
  sha256: sha256Schema.optional(),
  memory: imageMemorySchema.optional(),
});

/** Who an instrument is: what it takes to recognise the same one tomorrow. */
export const instrumentIdentitySchema = z.object({
  role: instrumentRoleSchema,
  /** Catalogue key: `serial-dut`, `virtual-dut`, `lpm01a`, ... */
  kind: z.string(),
  /** What an operator calls it: port name or "virtual DUT". */
  label: z.string(),
  /** Key of the lock: stable across processes for the same physical instrument. */
  lockId: z.string(),
  usb: z.object({ vendorId: z.string(), productId: z.string(), serial: z.string().optional() }).optional(),
  firmware: firmwareSchema.optional(),
  /** Honest about what was never tried (rule 8 of the house plan). */
  triedOnHardware: z.boolean(),
  simulated: z.boolean(),
});
export type InstrumentIdentity = z.infer<typeof instrumentIdentitySchema>;

/** One physical specimen of a DUT, as the lab names it. */
export const dutUnitSchema = z.object({
  serial: z.string().max(120).optional(),
  assetTag: z.string().max(120).optional(),
});
export type DutUnit = z.infer<typeof dutUnitSchema>;

/** The set of instruments that a session was measured with. */
export const benchIdentitySchema = z.object({
  /** `virtual`, `real`, later `qemu:<machine>`. */
  id: z.string(),
  name: z.string(),
  simulated: z.boolean(),
  /** False where the DUT does not keep the host's time (an instruction clock): its clock then cannot be compared. */
  clockComparable: z.boolean(),
  instruments: z.array(instrumentIdentitySchema),
  /** Facts of a simulation that decide its figures: CPU rate, cycles per instruction, source of the cost table, line rate. */
  simulation: z
    .object({
      cpuHz: z.number(),
      cyclesPerInstruction: z.number(),
      /** `measured`: instructions of this very plan, counted in an emulator of the processor. */
      costSource: z.enum(['measured', 'estimated']),
      /** 0 where the line has no rate. */
      baud: z.number(),
      ppm: z.number(),
    })
    .optional(),
});
export type BenchIdentity = z.infer<typeof benchIdentitySchema>;

/** Which certificate stood behind a figure; the certificate itself is a file of its own. */
export const certificateReferenceSchema = z.object({
  id: z.string(),
  procedure: z.string(),
  sha256: sha256Schema,
  issuedAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
});
export type CertificateReference = z.infer<typeof certificateReferenceSchema>;

/** A recorded trace of a run: where it lies in the session folder and how long it is. */
export const traceHandleSchema = z.object({
  id: z.string(),
  file: z.string(),
  sampleRateHz: z.number().positive(),
  samples: z.number().int().nonnegative(),
});
export type TraceHandle = z.infer<typeof traceHandleSchema>;

/** Model and firmware behind a run, by hash. A field is absent where it cannot be known (a foreign DUT's firmware). */
export const artefactsSchema = z.object({
  model: z
    .object({
      name: z.string(),
      sha256: sha256Schema,
      planSha256: sha256Schema,
      bytes: z.number(),
      output: z.object({ scale: z.number(), zeroPoint: z.number().int() }).optional(),
      /** The compiler left out channels that are the same for every input; absent where it did not. */
      folded: z.literal(true).optional(),
    })
    .optional(),
  firmware: firmwareSchema.optional(),
});
export type Artefacts = z.infer<typeof artefactsSchema>;
