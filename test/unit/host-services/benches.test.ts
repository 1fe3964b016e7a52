import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { Benches } from '../../../src/main/host-services/benches.ts';
import { Operations } from '../../../src/main/host-services/operations.ts';
import { benchStateSchema } from '../../../src/shared/domain/bench-state.ts';
import { emptyDesk } from '../../support/test-desk.ts';
import { testHost } from '../../support/test-host.ts';

const address = 'tcp:127.0.0.1:7000';
let home: string;
let benches: Benches;

beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), 'jb-benches-'));
  const host = await testHost(home);
  benches = new Benches({
    desk: emptyDesk(host),
    locks: host.locks,
    operations: new Operations(host.clock),
    platform: 'linux',
    pace: 'max',
    words: { virtual: 'Virtual bench', dut: 'DUT', monitor: 'Monitor', ioManager: 'IO manager' },
    locale: () => 'en',
    virtualFirmware: () => Promise.resolve(undefined),
  });
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

it('an address becomes a bench when it is opened, and is listed from then on', async () => {
  expect(benches.list().map(({ id }) => id)).not.toContain(address);
  const state = await benches.open(address);
  expect(benchStateSchema.parse(state)).toEqual(state);
  expect(state).toMatchObject({ id: address, open: true, simulated: false, instruments: [{ state: 'ready' }] });
  expect(benches.list()).toContainEqual({ id: address, name: address, simulated: false, open: true });
  await expect(benches.open('nonsense')).rejects.toMatchObject({ code: 'bench.unknown' });
});

it('says of an emulated board that it is one, until a real one is there', async () => {
  const emulated = { simulated: true, instruments: [{ identity: { simulated: true } }] };
  expect(await benches.open(address, { emulated: true })).toMatchObject(emulated);
  expect(benches.topic(address).value).toMatchObject(emulated);
  expect(await benches.open(address)).toMatchObject({
    simulated: false,
    instruments: [{ identity: { simulated: false } }],
  });
  // The virtual bench is what it is.
  expect((await benches.open('virtual')).simulated).toBe(true);
});
