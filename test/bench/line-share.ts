/**
 * How much of the line the host uses: bytes on the wire in virtual time against the time that loads take. The host's own work takes no virtual time, so
 * what is missing is the DUT's parsing and whatever the client waits for without need. Prints ratios and never judges: `node test/bench/line-share.ts`.
 */
import { join } from 'node:path';
import { readFile } from 'node:fs/promises';
import { continuedClock } from '../../src/main/bench/index.ts';
import { DutClient } from '../../src/main/dut/index.ts';
import { prepareModel } from '../../src/main/runner/index.ts';
import { resourcesDir } from '../../src/main/places.ts';
import { openVirtualBench, readCostTable, readVirtualFirmware } from '../../src/main/virtual/index.ts';

const resources = resourcesDir();
const model = await prepareModel(
  join(resources, 'workloads', 'demo01', 'model.tflite'),
  { id: 'demo01', inputFormat: 'int8' },
  { readModel: (path) => readFile(path), baseName: () => 'demo01' },
);
const firmware = await readVirtualFirmware(join(resources, 'firmware', 'virtual'));
const costTable = await readCostTable(join(resources, 'firmware', 'cost', 'cortex-m4.json'));
const payload = new Uint8Array(490).fill(0x5a);
const loads = 200;
const bitsPerByte = 10;

for (const baud of [115_200, 921_600]) {
  const bench = await openVirtualBench({
    image: model.image,
    model: 'demo01',
    firmware,
    costTable,
    useWorker: false,
    baud,
  });
  const stream = await bench.openDut();
  let bytes = 0;
  stream.onData((chunk) => (bytes += chunk.length));
  const write = stream.write.bind(stream);
  const counted = Object.assign(Object.create(stream) as typeof stream, {
    write: (chunk: Uint8Array, signal?: AbortSignal) => {
      bytes += chunk.length;
      return write(chunk, signal);
    },
    onData: stream.onData.bind(stream),
    onClose: stream.onClose.bind(stream),
    close: stream.close.bind(stream),
  });
  const client = new DutClient({ stream: counted, clock: continuedClock(bench.clock, 0), chunkBytes: 31 });
  await client.identify();
  bytes = 0;
  const startS = bench.clock.nowS();
  for (let load = 0; load < loads; load += 1) await client.load(payload, { verify: false });
  const tookS = bench.clock.nowS() - startS;
  const wireS = (bytes * bitsPerByte) / baud;
  console.log(
    `(3) share of the line in use while loading at ${baud} baud: ${((100 * wireS) / tookS).toFixed(1)} % (aim: at least 95 %)`,
  );
  await client.close();
  await bench.close();
}
