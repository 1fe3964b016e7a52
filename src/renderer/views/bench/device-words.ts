import type { DeskDevice, MonitorUse } from '../../../shared/domain/bench-desk.ts';
import type { InstrumentRole } from '../../../shared/domain/identity.ts';
import type { TextKey } from '../../text/index.ts';

/** The roles of an instrument as one list of choices; a monitor is used in one of several ways. */
export const serialChoices = ['dut', 'monitor:lpm01a', 'monitor:ppk2', 'monitor:ppk2-ampere', 'ioManager'] as const;
export const probeChoices = ['probe'] as const;
export type RoleChoice = (typeof serialChoices)[number] | (typeof probeChoices)[number];

/** A role as it stands in the list; empty for none. */
export function choiceOf({ role, use }: Pick<DeskDevice, 'role' | 'use'>): RoleChoice | '' {
  if (role === null) return '';
  return role === 'monitor' ? `monitor:${use ?? 'ppk2'}` : role;
}

/** The role behind a choice of the list. */
export function roleOf(choice: RoleChoice | ''): { role: InstrumentRole | null; use: MonitorUse | null } {
  if (choice === '') return { role: null, use: null };
  const [role, use] = choice.split(':') as [InstrumentRole, MonitorUse | undefined];
  return { role, use: use ?? null };
}

/** The words for a choice. */
export function choiceKey(choice: RoleChoice): TextKey {
  const { role, use } = roleOf(choice);
  if (role === 'monitor') return `ui.desk.as.monitor.${use ?? 'ppk2'}`;
  return `ui.desk.as.${role ?? 'dut'}`;
}

/** What a person calls a device in a sentence: its port, or what it is. */
export function deviceName(device: Pick<DeskDevice, 'port' | 'description' | 'usb'>): string {
  return device.port === '' ? [device.description, device.usb?.serial].filter(Boolean).join(' ') : device.port;
}

/** What is known of who it is: its own word first, else what the system says. */
export function deviceWords(device: Pick<DeskDevice, 'says' | 'description'>): string {
  const { says, description } = device;
  if (!says) return description;
  return [says.name, says.serial, says.firmware?.version].filter(Boolean).join(' · ');
}

/** Ids as people write them: `0483:5740`. */
export function usbWords(usb: DeskDevice['usb']): string {
  return usb ? `${usb.vendorId}:${usb.productId}` : '–';
}
