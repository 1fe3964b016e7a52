import { expect, it } from 'vitest';
import { adoptDesk, freshEnergyDraft } from '../../../../../src/renderer/views/run/energy-draft.ts';
import type { Desk, DeskDevice } from '../../../../../src/shared/domain/bench-desk.ts';
import { attached } from '../../support/recorded.ts';

const [first, second, third] = attached as [DeskDevice, DeskDevice, DeskDevice];
const desk = (change: Partial<Desk> = {}): Desk => ({
  platform: 'linux',
  kind: 'real',
  name: 'Lab 2',
  board: 'nucleo-l4r5zi',
  devices: [
    { ...first, role: 'dut' },
    { ...second, role: 'monitor', use: 'ppk2-ampere' },
    { ...third, role: 'ioManager' },
  ],
  benchId: 'serial:/dev/ttyACM0',
  losses: [],
  looked: true,
  ...change,
});

it('the form of an energy run takes monitor, IO manager and board of the bench', () => {
  const draft = freshEnergyDraft();
  adoptDesk(draft, desk(), undefined);
  expect(draft).toMatchObject({
    monitor: 'ppk2-ampere',
    monitorPort: '/dev/ttyACM1',
    viaIoManager: true,
    ioManagerPort: '/dev/ttyUSB0',
    board: 'nucleo-l4r5zi',
  });
});

it('follows an instrument to another port, and leaves alone what somebody typed', () => {
  const draft = freshEnergyDraft();
  adoptDesk(draft, desk(), undefined);
  const before = desk();
  const moved = desk({
    devices: before.devices.map((one) => ({ ...one, port: `${one.port}9` })),
    board: 'nrf52840-dk',
  });
  draft.ioManagerPort = 'tcp:127.0.0.1:7000';
  draft.viaIoManager = false;
  adoptDesk(draft, moved, before);
  expect(draft).toMatchObject({
    monitorPort: '/dev/ttyACM19',
    ioManagerPort: 'tcp:127.0.0.1:7000',
    viaIoManager: false,
    board: 'nrf52840-dk',
  });
  draft.board = 'other';
  adoptDesk(draft, desk({ devices: [] }), moved);
  expect(draft).toMatchObject({ monitorPort: '/dev/ttyACM19', board: 'other' });
});
