import { z } from 'zod';
import { instrumentStateSchema, lockHolderSchema } from './bench-state.ts';
import { firmwareSchema, instrumentRoleSchema } from './identity.ts';
import { faultRecordSchema } from './operation.ts';

/** How a monitor is used: the PPK2 supplies the DUT or only measures it. */
export const monitorUseSchema = z.enum(['lpm01a', 'ppk2', 'ppk2-ampere']);
export type MonitorUse = z.infer<typeof monitorUseSchema>;

/** With which kind of bench this computer works; chosen at the first start. */
export const deskKindSchema = z.enum(['virtual', 'real']);
export type DeskKind = z.infer<typeof deskKindSchema>;

export const usbIdentitySchema = z.object({
  vendorId: z.string().max(8),
  productId: z.string().max(8),
  serial: z.string().max(200).optional(),
});
export type UsbIdentity = z.infer<typeof usbIdentitySchema>;

const deviceKeySchema = z.string().min(1).max(400);

/** One instrument that the bench file knows; docs/formats/bench.md. */
export const rememberedInstrumentSchema = z.strictObject({
  key: deviceKeySchema,
  role: instrumentRoleSchema.nullable(),
  /** Of a monitor. */
  use: monitorUseSchema.nullable().default(null),
  /** What the system called it. */
  description: z.string().max(300).default(''),
  /** Where it was last: a port or an address; empty for a debug probe. */
  port: z.string().max(400).default(''),
  usb: usbIdentitySchema.nullable().default(null),
  /** What it said of itself when the doctor last asked. */
  says: z
    .strictObject({
      name: z.string().max(300),
      serial: z.string().max(300).optional(),
      firmware: firmwareSchema.pick({ name: true, version: true }).optional(),
      at: z.iso.datetime(),
    })
    .nullable()
    .default(null),
  /** Named by a person: the system does not list it. */
  byHand: z.boolean().default(false),
});
export type RememberedInstrument = z.infer<typeof rememberedInstrumentSchema>;

/** The bench file: what was assigned once, so that the bench is there again next time. */
export const benchMemorySchema = z.strictObject({
  version: z.literal(1).default(1),
  kind: deskKindSchema.nullable().default(null),
  /** What the lab calls its real bench. */
  name: z.string().max(80).default(''),
  /** Entry of the board catalogue that the DUT is. */
  board: z.string().max(80).nullable().default(null),
  instruments: z.array(rememberedInstrumentSchema).max(200).default([]),
});
export type BenchMemory = z.infer<typeof benchMemorySchema>;

/** What a device looks like, by its USB identity: a proposal that opening it proves. */
export const deskProposalSchema = z.object({ role: instrumentRoleSchema, use: monitorUseSchema.nullable() });
export type DeskProposal = z.infer<typeof deskProposalSchema>;

/** A device that is attached, or that was and is remembered. */
export const deskDeviceSchema = z.object({
  /** The same tomorrow, at any port, where the device has a USB serial. */
  key: z.string(),
  medium: z.enum(['serial', 'tcp', 'probe']),
  /** Where it is now, or was last. Empty for a debug probe. */
  port: z.string(),
  description: z.string(),
  usb: usbIdentitySchema.optional(),
  /** What it is recognised by: a serial number, or only the place where it is plugged in. */
  knownBy: z.enum(['serial', 'place', 'address']),
  byHand: z.boolean(),
  role: instrumentRoleSchema.nullable(),
  use: monitorUseSchema.nullable(),
  proposal: deskProposalSchema.nullable(),
  state: instrumentStateSchema.shape.state,
  holder: lockHolderSchema.optional(),
  /** Whether this user may open it; `unknown` where that cannot be asked. */
  access: z.enum(['ok', 'refused', 'unknown']),
  /** Linux: the group that may. */
  group: z.string().optional(),
  says: rememberedInstrumentSchema.shape.says,
  /** The last error, until an examination finds it well. */
  error: z.object({ fault: faultRecordSchema, atEpochMs: z.number() }).optional(),
  /** Serial ports of a debug probe's board. */
  ports: z.array(z.string()).optional(),
});
export type DeskDevice = z.infer<typeof deskDeviceSchema>;

/** A device that went away while something was measured with it. */
export const deskLossSchema = z.object({
  /** Counts up. */
  id: z.number().int(),
  key: z.string(),
  role: instrumentRoleSchema,
  label: z.string(),
  port: z.string(),
  atEpochMs: z.number(),
});
export type DeskLoss = z.infer<typeof deskLossSchema>;

/** The state of topic `desk`: what is attached to this computer, and in which role. */
export const deskSchema = z.object({
  platform: z.string(),
  kind: deskKindSchema.nullable(),
  name: z.string(),
  board: z.string().nullable(),
  devices: z.array(deskDeviceSchema),
  /** The bench of the assigned DUT; null where none is assigned. */
  benchId: z.string().nullable(),
  losses: z.array(deskLossSchema),
  /** Why the devices could not be listed the last time. */
  fault: faultRecordSchema.optional(),
  /** False until they were listed once. */
  looked: z.boolean(),
});
export type Desk = z.infer<typeof deskSchema>;

/** What a page may change of the bench; what is not named stays. */
export const deskChangeSchema = z
  .strictObject({
    kind: deskKindSchema.nullable(),
    name: z.string().trim().max(80),
    board: z.string().max(80).nullable(),
  })
  .partial();
export type DeskChange = z.infer<typeof deskChangeSchema>;

/** A role for a device; null takes it away. */
export const deskAssignmentSchema = z.strictObject({
  key: deviceKeySchema,
  role: instrumentRoleSchema.nullable(),
  /** Of a monitor. */
  use: monitorUseSchema.nullable().default(null),
});
export type DeskAssignment = z.infer<typeof deskAssignmentSchema>;
