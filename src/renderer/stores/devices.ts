import { defineStore } from 'pinia';
import { ref, shallowRef } from 'vue';
import type { CallOutput } from '../../shared/contract/index.ts';
import { toFault } from '../../shared/fault/index.ts';
import type { Fault } from '../../shared/fault/index.ts';
import { useClient } from '../client/index.ts';

type SerialPortEntry = CallOutput<'devices.list'>[number];
export type DoctorReport = CallOutput<'doctor.run'>;

/** The serial ports of this computer and what the connection doctor found on one of them. */
export const useDevicesStore = defineStore('devices', () => {
  const client = useClient();
  const ports = shallowRef<readonly SerialPortEntry[]>([]);
  const loaded = ref(false);
  const examining = ref<string>();
  const report = shallowRef<{ port: string; report?: DoctorReport; fault?: Fault }>();
  let examination: AbortController | undefined;

  async function load(): Promise<void> {
    ports.value = await client.call('devices.list', {});
    loaded.value = true;
  }

  async function examine(port: string): Promise<void> {
    examination?.abort();
    const mine = new AbortController();
    examination = mine;
    examining.value = port;
    report.value = undefined;
    try {
      report.value = { port, report: await client.call('doctor.run', { port }, { signal: mine.signal }) };
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

  return { ports, loaded, examining, report, load, examine, dismiss };
});
