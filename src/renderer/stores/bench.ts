import { defineStore } from 'pinia';
import { computed, ref, shallowRef, watch } from 'vue';
import type { CallOutput } from '../../shared/contract/index.ts';
import type { BenchState } from '../../shared/domain/bench-state.ts';
import { useClient } from '../client/index.ts';
import { useDevicesStore } from './devices.ts';

type BenchEntry = CallOutput<'bench.list'>[number];

/** The benches of the host, each followed by its topic; one of them is the one that the page works with. */
export const useBenchStore = defineStore('bench', () => {
  const client = useClient();
  const entries = shallowRef<readonly BenchEntry[]>([]);
  const states = shallowRef<Readonly<Record<string, BenchState>>>({});
  const chosenId = ref<string>();
  const opening = ref<string>();
  const loaded = ref(false);
  const followed = new Map<string, () => void>();
  const devices = useDevicesStore();

  const benches = computed(() => entries.value.map((entry) => states.value[entry.id] ?? { ...entry, instruments: [] }));

  const current = computed<BenchState | undefined>(
    () =>
      benches.value.find((bench) => bench.id === chosenId.value) ??
      benches.value.find((bench) => bench.operationId !== undefined) ??
      benches.value.find((bench) => bench.open) ??
      benches.value.find((bench) => bench.id !== 'virtual' && devices.desk.kind === 'real') ??
      benches.value[0],
  );

  // The real bench appears with its DUT and goes where the DUT goes.
  watch(
    () => devices.desk.benchId,
    () => loaded.value && void load().catch(() => undefined),
  );

  async function load(): Promise<void> {
    entries.value = await client.call('bench.list', {});
    loaded.value = true;
    for (const entry of entries.value) follow(entry.id);
    for (const [id, stop] of followed) {
      if (entries.value.some((entry) => entry.id === id)) continue;
      stop();
      followed.delete(id);
    }
  }

  function follow(id: string): void {
    if (followed.has(id)) return;
    followed.set(
      id,
      client.follow(
        'bench',
        { benchId: id },
        {
          value: keep,
          // A bench that cannot be followed yet is followed once it is opened.
          fault: () => followed.delete(id),
        },
      ),
    );
  }

  function keep(state: BenchState): void {
    states.value = { ...states.value, [state.id]: state };
  }

  async function open(id: string): Promise<void> {
    opening.value = id;
    try {
      const state = await client.call('bench.open', { benchId: id });
      keep(state);
      // A bench at an address of its own is on no list until it is opened.
      if (!entries.value.some((entry) => entry.id === id)) entries.value = [...entries.value, state];
      chosenId.value = id;
      follow(id);
    } finally {
      opening.value = undefined;
    }
  }

  /** The real bench of the desk; undefined where no DUT is assigned. */
  const real = computed(() => benches.value.find((bench) => bench.id === devices.desk.benchId));

  async function close(id: string): Promise<void> {
    await client.call('bench.close', { benchId: id });
    await load();
  }

  async function setPace(id: string, pace: number | 'max'): Promise<void> {
    await client.call('bench.setPace', { benchId: id, pace });
  }

  function choose(id: string): void {
    chosenId.value = id;
  }

  return { benches, current, real, opening, loaded, load, open, close, setPace, choose };
});
