import { defineStore } from 'pinia';
import { computed, ref, shallowRef } from 'vue';
import type { CallInput, CallOutput } from '../../shared/contract/index.ts';
import type { Desk, DeskAssignment, DeskChange, DeskDevice } from '../../shared/domain/bench-desk.ts';
import type { InstrumentRole } from '../../shared/domain/identity.ts';
import type { MadeFile } from '../../shared/domain/made-file.ts';
import { Fault, toFault } from '../../shared/fault/index.ts';
import { useClient } from '../client/index.ts';
import { useNoticesStore } from './notices.ts';

export type DoctorReport = CallOutput<'doctor.run'>;

const emptyDesk: Desk = {
  platform: '',
  kind: null,
  name: '',
  board: null,
  devices: [],
  benchId: null,
  losses: [],
  looked: false,
};

/** What is attached to this computer, in which role, as the host sees it change; and what the connection doctor found. */
export const useDevicesStore = defineStore('devices', () => {
  const client = useClient();
  const notices = useNoticesStore();
  const desk = shallowRef<Desk>(emptyDesk);
  const examining = ref<string>();
  const report = shallowRef<{ port: string; report?: DoctorReport; fault?: Fault }>();
  let examination: AbortController | undefined;
  /** The last loss that was said; undefined until the desk was seen once: what was lost before is old news. */
  let saidLoss: number | undefined;

  const loaded = computed(() => desk.value.looked);
  /** Serial ports and addresses that can be opened, for fields that name one. */
  const ports = computed(() =>
    desk.value.devices
      .filter(({ medium, state }) => medium !== 'probe' && state !== 'absent')
      .map(({ port, description, usb }) => ({
        path: port,
        description,
        ...(usb ? { usb: `${usb.vendorId}:${usb.productId}` } : {}),
      })),
  );

  client.follow('desk', {}, { value: keep });

  function keep(value: Desk): void {
    desk.value = value;
    const newest = value.losses.at(-1)?.id ?? 0;
    for (const { id, label, port } of value.losses)
      if (saidLoss !== undefined && id > saidLoss) notices.report(new Fault('bench.instrumentLost', { label, port }));
    saidLoss = newest;
  }

  /** Has the host look at once. */
  async function load(): Promise<void> {
    await client.call('desk.refresh', {});
  }

  /** The device in a role, there or not. */
  function inRole(role: InstrumentRole): DeskDevice | undefined {
    return desk.value.devices.find((device) => device.role === role);
  }

  async function change(part: DeskChange): Promise<void> {
    await client.call('desk.change', part);
  }

  async function assign(assignment: Omit<DeskAssignment, 'use'> & Partial<DeskAssignment>): Promise<void> {
    await client.call('desk.assign', assignment);
  }

  async function add(address: string): Promise<string> {
    return (await client.call('desk.add', { address })).key;
  }

  async function forget(key: string): Promise<void> {
    await client.call('desk.forget', { key });
  }

  /** Makes the udev rules file, for saving. */
  async function udevRules(): Promise<MadeFile> {
    return client.call('desk.udevRules', {});
  }

  async function examine(port: string, as: Partial<CallInput<'doctor.run'>> = {}): Promise<void> {
    examination?.abort();
    const mine = new AbortController();
    examination = mine;
    examining.value = port;
    report.value = undefined;
    try {
      report.value = { port, report: await client.call('doctor.run', { port, ...as }, { signal: mine.signal }) };
    } catch (error) {
      if (!mine.signal.aborted) report.value = { port, fault: toFault(error) };
    } finally {
      if (examination === mine) examining.value = undefined;
    }
  }

  function dismiss(): void {
    examination?.abort();
    report.value = undefined;
  }

  return {
    desk,
    ports,
    loaded,
    examining,
    report,
    inRole,
    load,
    change,
    assign,
    add,
    forget,
    udevRules,
    examine,
    dismiss,
  };
});
