import { defineStore } from 'pinia';
import { computed, shallowRef } from 'vue';
import type { CallOutput } from '../../shared/contract/index.ts';
import type { BoardSummary, MonitorSummary, TraceRoom } from '../../shared/domain/bench-catalogue.ts';
import { useClient } from '../client/index.ts';

export type CertificateSummary = CallOutput<'certificate.list'>['certificates'][number];
type CertificateProblem = CallOutput<'certificate.list'>['problems'][number];

/** What the host knows of boards and monitors, and the certificates that there are. */
export const useCatalogueStore = defineStore('catalogue', () => {
  const client = useClient();
  const boards = shallowRef<readonly BoardSummary[]>([]);
  const monitors = shallowRef<readonly MonitorSummary[]>([]);
  const certificates = shallowRef<readonly CertificateSummary[]>([]);
  const room = shallowRef<{ kind: string; room: TraceRoom | null }>();
  const problems = shallowRef<readonly CertificateProblem[]>([]);

  async function load(): Promise<void> {
    [boards.value, monitors.value] = await Promise.all([
      client.call('board.list', {}),
      client.call('monitor.list', {}),
    ]);
    await loadCertificates();
  }

  /** Asks anew each time: a disk fills. */
  async function loadRoom(kind: string): Promise<void> {
    room.value = { kind, room: await client.call('monitor.traceRoom', { kind }) };
  }

  async function loadCertificates(): Promise<void> {
    const found = await client.call('certificate.list', {});
    certificates.value = found.certificates.toSorted((a, b) => b.dateUtc.localeCompare(a.dateUtc));
    problems.value = found.problems;
  }

  const lists = computed(() => ({ boards: boards.value, monitors: monitors.value }));

  function monitorOf(kind: string): MonitorSummary | undefined {
    return monitors.value.find((one) => one.kind === kind);
  }

  return { boards, monitors, certificates, problems, room, lists, load, loadRoom, loadCertificates, monitorOf };
});
