import { defineStore } from 'pinia';
import { ref, shallowRef } from 'vue';
import { consoleKept } from '../../shared/domain/bench-console.ts';
import type { ConsoleChannel, ConsoleLine, ConsoleTail } from '../../shared/domain/bench-console.ts';
import type { MadeFile } from '../../shared/domain/made-file.ts';
import { useClient } from '../client/index.ts';

type PerChannel<T> = Readonly<Record<ConsoleChannel, T>>;

const none: PerChannel<readonly ConsoleLine[]> = { dut: [], monitor: [], ioManager: [], tools: [] };

/** The raw lines of each instrument: what the host still has, and what comes. A channel is followed from its first showing on. */
export const useConsoleStore = defineStore('console', () => {
  const client = useClient();
  const lines = shallowRef<PerChannel<readonly ConsoleLine[]>>(none);
  const byHand = ref<Record<ConsoleChannel, string | null>>({ dut: null, monitor: null, ioManager: null, tools: null });
  const followed = new Set<ConsoleChannel>();
  /** Values are taken in one after the other: one that leaves a gap asks the host first. */
  const queues = new Map<ConsoleChannel, Promise<void>>();

  function follow(channel: ConsoleChannel): void {
    if (followed.has(channel)) return;
    followed.add(channel);
    client.follow(
      'console',
      { channel },
      {
        value(tail) {
          byHand.value = { ...byHand.value, [channel]: tail.byHand };
          const before = queues.get(channel) ?? Promise.resolve();
          queues.set(
            channel,
            before.then(() => take(channel, tail)).catch(() => undefined),
          );
        },
        fault: () => followed.delete(channel),
      },
    );
  }

  async function take(channel: ConsoleChannel, { firstSeq, lines: tail }: ConsoleTail): Promise<void> {
    const newest = tail.at(-1)?.seq ?? 0;
    const known = lines.value[channel];
    // A host that was started anew counts from the beginning.
    const mine = (known.at(-1)?.seq ?? 0) > newest ? [] : known;
    const last = mine.at(-1)?.seq ?? 0;
    const fresh = tail.filter(({ seq }) => seq > last);
    const missing = await between(channel, Math.max(last + 1, firstSeq), fresh[0]?.seq ?? last + 1);
    keep(channel, [...mine, ...missing, ...fresh].slice(-consoleKept));
  }

  /** Lines from one number up to another, from the host's history. */
  async function between(channel: ConsoleChannel, from: number, to: number): Promise<ConsoleLine[]> {
    let read: ConsoleLine[] = [];
    let before = to;
    while (before > from) {
      const older = await client.call('console.read', { channel, beforeSeq: before });
      const first = older[0]?.seq;
      if (first === undefined || first >= before) break;
      read = [...older, ...read];
      before = first;
    }
    return read.filter(({ seq }) => seq >= from);
  }

  function keep(channel: ConsoleChannel, value: readonly ConsoleLine[]): void {
    lines.value = { ...lines.value, [channel]: value };
  }

  async function send(channel: 'dut' | 'ioManager', text: string): Promise<void> {
    await client.call('console.send', { channel, text });
  }

  async function close(channel: 'dut' | 'ioManager'): Promise<void> {
    await client.call('console.close', { channel });
  }

  /** The whole history of a channel as a text file, for saving. */
  async function file(channel: ConsoleChannel): Promise<MadeFile> {
    return client.call('console.save', { channel });
  }

  return { lines, byHand, follow, send, close, file };
});
