import { computed, onMounted, watch } from 'vue';
import type { ComputedRef } from 'vue';
import {
  useBenchStore,
  useCalibrationStore,
  useCatalogueStore,
  useFlashStore,
  useNoticesStore,
  useOperationStore,
} from '../../stores/index.ts';
import { modesOf, useRunDraft } from './draft.ts';
import { monitorKind } from './energy-draft.ts';
import type { PathFacts } from './path-steps.ts';

/** What the steps between the bench and the runs depend on, kept up to date while the page is open. */
export function usePathFacts(): ComputedRef<PathFacts> {
  const bench = useBenchStore();
  const calibration = useCalibrationStore();
  const catalogue = useCatalogueStore();
  const flash = useFlashStore();
  const notices = useNoticesStore();
  const operation = useOperationStore();
  const draft = useRunDraft();

  const flashing = computed(() => {
    const id = bench.current?.id;
    return flash.running && id !== undefined && (flash.live?.benches.includes(id) ?? false);
  });
  const calibrating = computed(
    () => calibration.running && calibration.wizard?.operation.benchId === bench.current?.id,
  );

  watch(
    [() => bench.current?.id, () => bench.current?.open, flashing],
    ([id, open]) => {
      if (id !== undefined && open === true) void notices.attempt(() => operation.loadFirmware(id));
    },
    { immediate: true },
  );
  onMounted(() => void notices.attempt(() => catalogue.loadCertificates()));

  return computed(() => ({
    bench: bench.current,
    modes: modesOf(draft, bench.current),
    started: operation.live !== undefined,
    firmware: bench.current?.open ? operation.firmware : null,
    flashing: flashing.value,
    calibrating: calibrating.value,
    certificates: catalogue.certificates,
    monitorModel: catalogue.monitorOf(monitorKind(draft.energySettings.monitor))?.model,
    passed: draft.passed,
    nowMs: Date.now(),
  }));
}
