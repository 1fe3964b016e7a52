import { EventEmitter } from 'node:events';
import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { BatchCollector } from '../../../src/main/trace/batch.ts';
import { serveRecorder } from '../../../src/main/trace/serve-recorder.ts';
import type { RecorderReport } from '../../../src/main/trace/recorder-messages.ts';
import type { TraceEvent } from '../../../src/main/trace/index.ts';
import { decodeHeader, headerBytes, preambleBytes } from '../../../src/main/trace/layout.ts';
import { header, MemoryDisk, noise, readBytes } from './trace-kit.ts';

const mark = (name: string, sampleIndex: number): TraceEvent => ({ kind: 'mark', name, sampleIndex, hostS: 0 });

describe('a batch', () => {
  it('joins runs until an event or a saturated sample comes between', () => {
    const collector = new BatchCollector(header.channels);
    for (const saturated of [0, 0, 2, 0]) collector.add({ values: noise(10), saturated });
    collector.addEvent(mark('a', 40));
    collector.add({ values: noise(5), saturated: 0 });
    const { batch, transfer } = collector.take();
    expect(batch.runs).toEqual([
      { length: 20, saturated: 0 },
      { length: 10, saturated: 2 },
      { length: 10, saturated: 0 },
      { length: 5, saturated: 0 },
    ]);
    expect(batch.events).toEqual([{ at: 40, event: mark('a', 40) }]);
    expect(transfer).toHaveLength(1);
    expect(collector.empty).toBe(true);
  });

  it('is written so that an event stands before the samples that follow it', async () => {
    const port = new EventEmitter() as EventEmitter & { postMessage: (report: RecorderReport) => void };
    const reports: RecorderReport[] = [];
    port.postMessage = (report) => reports.push(report);
    const disk = new MemoryDisk();
    serveRecorder(port as never, disk);
    const collector = new BatchCollector(header.channels);
    collector.add({ values: noise(600), saturated: 0 });
    collector.addEvent(mark('between', 600));
    collector.add({ values: noise(2000), saturated: 0 });
    port.emit('message', { kind: 'open', path: 'x.jbt', header });
    port.emit('message', collector.take().batch);
    port.emit('message', { kind: 'close' });
    while (!reports.some((report) => report.kind === 'answer' && report.closed)) await turn();
    const { bytes } = disk;
    const order: (number | string)[] = [];
    for (let at = preambleBytes; at < bytes.length;) {
      const block = decodeHeader(bytes, at);
      if (!block) break;
      if (block.type === 2) order.push(block.first);
      if (block.type === 3) order.push('event');
      at += headerBytes + block.payloadBytes;
    }
    expect(order).toEqual([0, 'event', 512, 1024, 1536, 2048, 2560]);
    expect(await (await readBytes(bytes)).events()).toEqual([mark('between', 600)]);
    expect(reports.at(-1)).toMatchObject({ kind: 'answer', closed: { samples: 2600 } });
  });
});
