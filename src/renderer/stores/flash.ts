import { defineStore } from 'pinia';
import { computed, ref, shallowRef } from 'vue';
import type { CallInput } from '../../shared/contract/index.ts';
import type { FlashBoard, FlashLeft, FlashPreview, FlashToolState, LiveFlash } from '../../shared/domain/flash-page.ts';
import type { Probe } from '../../shared/domain/flash.ts';
import { toFault } from '../../shared/fault/index.ts';
import type { Fault } from '../../shared/fault/index.ts';
import { useClient } from '../client/index.ts';

const underWay = new Set(['running', 'cancelling']);

/** What can be flashed onto what, and the flashing that is under way or has just ended. Any number of pages follow the same one. */
export const useFlashStore = defineStore('flash', () => {
  const client = useClient();
  const boards = shallowRef<readonly FlashBoard[]>([]);
  const left = shallowRef<readonly FlashLeft[]>([]);
  const probes = shallowRef<readonly Probe[]>();
  const tools = shallowRef<readonly FlashToolState[]>();
  const preview = shallowRef<FlashPreview>();
  const previewFault = shallowRef<Fault>();
  const live = shallowRef<LiveFlash>();
  const fault = shallowRef<Fault>();
  const followedId = ref<string>();
  let unfollow: (() => void) | undefined;
  let previewing: AbortController | undefined;
  let toolsOf = '';

  const running = computed(() => live.value !== undefined && underWay.has(live.value.operation.state));

  async function load(): Promise<void> {
    if (followedId.value === undefined) {
      const all = await client.call('operation.list', {});
      const found = all.find((operation) => operation.kind === 'flash' && underWay.has(operation.state));
      if (found) follow(found.id);
    }
    await loadBoards();
    await loadProbes();
  }

  async function loadBoards(): Promise<void> {
    const found = await client.call('flash.boards', {});
    boards.value = found.boards;
    left.value = found.left;
  }

  async function loadProbes(): Promise<void> {
    probes.value = undefined;
    try {
      probes.value = await client.call('probe.list', {});
    } catch (error) {
      probes.value = [];
      throw error;
    }
  }

  /** Asks which tools know the board; an answer about another board than the last one asked for is dropped. */
  async function loadTools(board: string): Promise<void> {
    toolsOf = board;
    tools.value = undefined;
    const found = await client.call('flash.tools', { board });
    if (toolsOf === board) tools.value = found;
  }

  /** Lays the image out; what was asked before is given up. `undefined`: there is nothing to lay out. */
  async function lookAt(choice: CallInput<'flash.layout'> | undefined): Promise<void> {
    previewing?.abort();
    preview.value = undefined;
    previewFault.value = undefined;
    if (!choice) return;
    const mine = new AbortController();
    previewing = mine;
    try {
      const found = await client.call('flash.layout', choice, { signal: mine.signal });
      if (!mine.signal.aborted) preview.value = found;
    } catch (error) {
      if (!mine.signal.aborted) previewFault.value = toFault(error);
    }
  }

  function follow(id: string): void {
    if (followedId.value === id) return;
    leave();
    followedId.value = id;
    unfollow = client.follow(
      'flash',
      { operationId: id },
      { value: (value) => (live.value = value), fault: (reason) => (fault.value = reason) },
    );
  }

  async function start(input: CallInput<'flash.start'>): Promise<void> {
    follow((await client.call('flash.start', input)).id);
  }

  /** Ends the tool; the board tells afterwards what is left in it. */
  async function cancel(): Promise<void> {
    if (followedId.value !== undefined) await client.call('operation.cancel', { operationId: followedId.value });
  }

  /** Puts a finished flashing aside. */
  function leave(): void {
    unfollow?.();
    unfollow = undefined;
    followedId.value = undefined;
    live.value = undefined;
    fault.value = undefined;
  }

  return {
    boards,
    left,
    probes,
    tools,
    preview,
    previewFault,
    live,
    fault,
    followedId,
    running,
    load,
    loadBoards,
    loadProbes,
    loadTools,
    lookAt,
    follow,
    start,
    cancel,
    leave,
  };
});
