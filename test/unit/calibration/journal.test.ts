import { appendFileSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openCalibrationJournal, readCalibrationJournal } from '../../../src/main/calibration/engine/journal.ts';
import type { CalibrationEvent } from '../../../src/main/calibration/engine/state.ts';
import { opening } from './wizard.ts';

const at = '2026-11-24T10:00:00.000Z';
const events: CalibrationEvent[] = [
  { type: 'opened', format: 1, opening: opening('monitor-zero') },
  { type: 'answered', place: 'wiring', values: { confirmed: true } },
  { type: 'passed', place: 'temperatureStart' },
];

async function written(): Promise<string> {
  const path = join(mkdtempSync(join(tmpdir(), 'jb-cal-')), 'a.jsonl');
  const journal = await openCalibrationJournal(path);
  for (const event of events) await journal.append(event, at);
  await journal.close();
  return path;
}

describe('the journal of a calibration', () => {
  it('reads back what was appended', async () => {
    expect(await readCalibrationJournal(await written())).toEqual(events);
  });

  it('loses nothing but a record cut short, at any byte, and can be continued', async () => {
    const path = await written();
    const bytes = readFileSync(path);
    const ends = [...bytes.keys()].filter((k) => bytes[k] === 0x0a).map((k) => k + 1);
    for (let cut = ends[0] ?? 0; cut <= bytes.length; cut += 7) {
      writeFileSync(path, bytes.subarray(0, cut));
      expect(await readCalibrationJournal(path)).toEqual(events.slice(0, ends.filter((end) => end <= cut).length));
    }
    writeFileSync(path, bytes.subarray(0, (ends[1] ?? 0) + 5));
    const journal = await openCalibrationJournal(path);
    await journal.append({ type: 'reopened' }, at);
    await journal.close();
    expect(await readCalibrationJournal(path)).toEqual([...events.slice(0, 2), { type: 'reopened' }]);
  });

  it('of a newer version, changed or missing is refused', async () => {
    const path = await written();
    const text = readFileSync(path, 'utf8');
    writeFileSync(path, text.replace('"format":1', '"format":2'));
    await expect(readCalibrationJournal(path)).rejects.toMatchObject({ code: 'store.newerVersion' });
    writeFileSync(path, text);
    appendFileSync(path, '{"event":{"type":"unheard"}}\n');
    await expect(readCalibrationJournal(path)).rejects.toMatchObject({ code: 'store.damaged', facts: { line: 4 } });
    await expect(readCalibrationJournal(`${path}.no`)).rejects.toMatchObject({ code: 'store.notFound' });
  });
});
