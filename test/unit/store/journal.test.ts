import { describe, expect, it } from 'vitest';
import { ManualClock } from '../../support/manual-clock.ts';
import { memoryJournal, MemoryFile } from '../../support/memory-journal.ts';
import { openingRecord } from '../../support/made-up-run.ts';
import { chainStart, createJournalWriter, readJournal } from '../../../src/main/store/index.ts';

async function written(count: number): Promise<Uint8Array> {
  const { file, writer } = memoryJournal(new ManualClock());
  await writer.append(openingRecord);
  for (let n = 1; n < count; n += 1)
    await writer.append({ type: 'session.note', text: `note ${n} with "quotes", \u00e9 and ,"hash":" inside` });
  return file.bytes;
}

const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
const bytesOf = (value: string): Uint8Array => new TextEncoder().encode(value);

describe('journal', () => {
  it('reads back what was written, in order and chained', async () => {
    const content = readJournal(await written(5));
    expect(content.entries.map((entry) => entry.n)).toEqual([0, 1, 2, 3, 4]);
    expect(content.entries[4]?.record).toMatchObject({ type: 'session.note' });
    expect(content).toMatchObject({ droppedBytes: 0 });
    expect(content.damage).toBeUndefined();
  });

  it('keeps every whole entry when it is cut at any byte, and goes on from there', async () => {
    const whole = await written(4);
    const ends = [...whole.keys()].filter((k) => whole[k] === 0x0a).map((k) => k + 1);
    for (let length = 0; length <= whole.length; length += 1) {
      const content = readJournal(whole.slice(0, length));
      expect(content.damage).toBeUndefined();
      expect(content.entries).toHaveLength(ends.filter((end) => end <= length).length);
      const { file, writer } = memoryJournal(new ManualClock(), whole.slice(0, length));
      await writer.append({ type: 'session.note', text: 'after the cut' });
      const again = readJournal(file.bytes);
      expect(again.damage).toBeUndefined();
      expect(again.entries).toHaveLength(content.entries.length + 1);
    }
  });

  it('finds every change of a complete line', async () => {
    const whole = await written(4);
    const lines = text(whole).split('\n').slice(0, -1);
    const edited = [lines[0], lines[1]?.replace('note 1', 'note 9'), lines[2], lines[3]].join('\n');
    expect(readJournal(bytesOf(`${edited}\n`)).damage).toMatchObject({ line: 2, reason: 'brokenChain' });
    const removed = [lines[0], lines[2], lines[3]].join('\n');
    expect(readJournal(bytesOf(`${removed}\n`)).damage).toMatchObject({ line: 2, reason: 'brokenChain' });
    const swapped = [lines[0], lines[2], lines[1]].join('\n');
    expect(readJournal(bytesOf(`${swapped}\n`)).damage).toMatchObject({ line: 2, reason: 'brokenChain' });
    for (let k = 0; k < whole.length; k += 1) {
      if (whole[k] === 0x0a) continue;
      const flipped = whole.slice();
      flipped[k] = (flipped[k] as number) ^ 1;
      expect(readJournal(flipped).damage, `byte ${k}`).toBeDefined();
    }
  });

  it('names a newer format instead of guessing', async () => {
    const file = new MemoryFile();
    const writer = createJournalWriter(file, {
      clock: new ManualClock(),
      path: 'x',
      from: { entries: 0, hash: chainStart, bytes: 0 },
    });
    await writer.append({ ...openingRecord, format: 7 } as never);
    expect(readJournal(file.bytes).damage).toMatchObject({ reason: 'newerFormat', detail: '7' });
  });

  it('ends with the last whole entry when the disk is full, and goes on when there is room again', async () => {
    const { file, writer } = memoryJournal(new ManualClock());
    await writer.append(openingRecord);
    const before = file.bytes.length;
    file.room = 40;
    await expect(writer.append({ type: 'session.note', text: 'x'.repeat(100) })).rejects.toMatchObject({
      code: 'store.diskFull',
    });
    expect(file.bytes).toHaveLength(before);
    file.room = 1e6;
    await writer.append({ type: 'session.note', text: 'later' });
    expect(readJournal(file.bytes)).toMatchObject({ droppedBytes: 0, entries: [{ n: 0 }, { n: 1 }] });
  });

  it('brings durable entries to the disk at once, the others in groups', async () => {
    const { file, writer } = memoryJournal(new ManualClock());
    await writer.append(openingRecord);
    expect(file.syncs).toBe(0);
    await writer.append({ type: 'session.closed' }, { durable: true });
    expect(file.syncs).toBe(1);
    for (let n = 0; n < 64; n += 1) await writer.append({ type: 'session.note', text: '' });
    expect(file.syncs).toBe(2);
  });
});
