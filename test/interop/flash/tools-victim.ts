// An app that flashes and is killed: what it knows of the flash stands in a file, as the app's own journal does.
import { writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { systemClock } from '../../../src/main/bench/index.ts';
import { f4, imageOf, jobFor, toolsOf } from './tools-rig.ts';

const [id = 'openocd', stlinkPort = '', pyocdPort = '', serial = '', stateFile = '', bytes = ''] =
  process.argv.slice(2);
const tool = id === 'pyocd' ? 'pyocd' : 'openocd';
const clock = systemClock();
const { signal } = new AbortController();
const tools = toolsOf(clock, (pid) => process.stdout.write(`${pid}\n`));
const found = await tools[tool].find(undefined, signal);
const probe = { serial, stlinkPort: Number(stlinkPort), pyocdPort: Number(pyocdPort) };
await tools[tool].flash(found, jobFor(f4, imageOf(Number(bytes)), probe, tool), {
  clock,
  signal,
  scratch: dirname(stateFile),
  onLog: () => undefined,
  onProgress: () => undefined,
  onState: async (state) => writeFileSync(stateFile, state),
});
