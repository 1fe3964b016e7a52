import { defineStore } from 'pinia';
import { computed, ref, shallowRef } from 'vue';
import type { CallInput } from '../../shared/contract/index.ts';
import type { LiveOperation } from '../../shared/domain/live-run.ts';
import type { Operation, UnfinishedRun } from '../../shared/domain/operation.ts';
import type { FlashRecord } from '../../shared/domain/flash.ts';
import type { Fault } from '../../shared/fault/index.ts';
import { useClient } from '../client/index.ts';

const underWay = new Set(['running', 'paused', 'cancelling']);

/** The run operation that this page follows: the one under way, else the latest. Any number of pages follow the same one. */
export const useOperationStore = defineStore('operation', () => {
  const client = useClient();
  const live = shallowRef<LiveOperation>();
  const followedId = ref<string>();
  const fault = shallowRef<Fault>();
  /** By `performance.now()`: when the host last said anything about it. */
  const newsAtMs = ref(0);
  /** What the next run's board was flashed with; null where nothing was confirmed. */
  const firmware = shallowRef<FlashRecord | null>(null);
  /** Sessions that were left open. */
  const unfinished = shallowRef<readonly UnfinishedRun[]>([]);
  let firmwareOf = '';
  let unfollow: (() => void) | undefined;

  const running = computed(() => live.value !== undefined && underWay.has(live.value.operation.state));

  function follow(id: string): void {
    if (followedId.value === id) return;
    unfollow?.();
    followedId.value = id;
    live.value = undefined;
    fault.value = undefined;
    unfollow = client.follow(
      'operation',
      { operationId: id },
      {
        value(value) {
          live.value = value;
          newsAtMs.value = performance.now();
        },
        fault: (reason) => (fault.value = reason),
      },
    );
  }

  /** Finds what there is to follow after a (re)load of the page. */
  async function load(): Promise<void> {
    const runs = (await client.call('operation.list', {})).filter((operation) => operation.kind === 'run');
    const latest = runs.toSorted((a, b) => b.startedAt.localeCompare(a.startedAt));
    const found = latest.find((operation) => underWay.has(operation.state)) ?? latest[0];
    if (found) follow(found.id);
  }

  /** Asks what is on the board of a bench; an answer about another bench than the last one asked for is dropped. */
  async function loadFirmware(benchId: string): Promise<void> {
    firmwareOf = benchId;
    const { flashed } = await client.call('run.firmware', { benchId });
    if (firmwareOf === benchId) firmware.value = flashed;
  }

  async function loadUnfinished(): Promise<void> {
    unfinished.value = await client.call('run.unfinished', {});
  }

  async function start(input: CallInput<'run.start'>): Promise<void> {
    follow((await client.call('run.start', input)).id);
  }

  async function resumeSession(sessionId: string): Promise<void> {
    follow((await client.call('session.resume', { sessionId })).id);
  }

  /** Asks for a window of the run under way once more. */
  async function retryWindow(runId: string, window: number): Promise<void> {
    const operationId = followedId.value;
    if (operationId !== undefined) keep(await client.call('run.retryWindow', { operationId, runId, window }));
  }

  /** Writes a note about the session, or about one of its runs. */
  async function note(text: string, runId?: string): Promise<void> {
    const operationId = followedId.value;
    if (operationId === undefined) return;
    keep(await client.call('run.note', { operationId, text, ...(runId === undefined ? {} : { runId }) }));
  }

  const command = (name: 'operation.pause' | 'operation.resume' | 'operation.cancel') => async (): Promise<void> => {
    if (followedId.value === undefined) return;
    keep(await client.call(name, { operationId: followedId.value }));
  };

  function keep(operation: Operation): void {
    if (live.value?.operation.id === operation.id) live.value = { ...live.value, operation };
  }

  /** Puts a finished run aside, so that the next one can be prepared. */
  function leave(): void {
    unfollow?.();
    unfollow = undefined;
    followedId.value = undefined;
    live.value = undefined;
    fault.value = undefined;
  }

  return {
    live,
    fault,
    followedId,
    newsAtMs,
    running,
    firmware,
    loadFirmware,
    unfinished,
    loadUnfinished,
    follow,
    load,
    start,
    resumeSession,
    retryWindow,
    note,
    pause: command('operation.pause'),
    resume: command('operation.resume'),
    cancel: command('operation.cancel'),
    leave,
  };
});
