import { openChip } from './chips.ts';
import { Dap } from './dap.ts';
import { noFaults } from './faults.ts';
import type { Bridge } from './faults.ts';
import { boundaryScan, debugPort } from './jtag/devices.ts';
import { serveBitbang } from './jtag/server.ts';
import { Chain } from './jtag/tap.ts';
import { servePyocd } from './pyocd/server.ts';
import { startQemu } from './qemu/machine.ts';
import { Port, Turns } from './server.ts';
import { StlinkCommands } from './stlink/commands.ts';
import { serveStlink } from './stlink/server.ts';
import { Target } from './target/target.ts';
import type { ProbeFaults, VirtualProbe, VirtualProbeOptions } from './types.ts';

const defaultSerial = '0670FF303431434E43105A17';

/** Opens a probe with a target on it: ports that OpenOCD and pyOCD connect to, and, where asked for, a machine that boots what they program. */
export async function openVirtualProbe(options: VirtualProbeOptions): Promise<VirtualProbe> {
  const startMs = Date.now();
  const log: { atMs: number; what: string }[] = [];
  const faults: ProbeFaults = { ...noFaults, ...options.faults };
  const serial = options.serial ?? defaultSerial;
  const bridge: Bridge = { faults, note: (what) => void log.push({ atMs: Date.now() - startMs, what }) };
  const chip = openChip(options.chip, bridge);
  const machine = options.qemu ? await startQemu(options.qemu.machine, bridge.note) : undefined;
  let countFrom = 0;
  const reached = (limit: number | null): boolean => limit !== null && chip.flash.programmedBytes - countFrom >= limit;
  const cut = (): boolean => reached(faults.unplugAfterBytes) || reached(faults.stallAfterBytes);
  const target = new Target(chip, bridge, machine, () => Date.now() - startMs, cut);
  const dap = new Dap(target, chip, bridge);
  const turns = new Turns();
  const commands = new StlinkCommands(dap, target, bridge);

  /** Resolves when the probe answers again. */
  let unstall: (() => void) | undefined;
  let stalled: Promise<void> | undefined;
  const turn = async <T>(action: () => Promise<T>): Promise<T> => {
    const result = await turns.take(action);
    if (reached(faults.unplugAfterBytes) && !faults.unplugTold) {
      bridge.note(`unplugged after ${chip.flash.programmedBytes} bytes`);
      await shut();
    }
    if (reached(faults.stallAfterBytes)) {
      if (!stalled) bridge.note(`stalls after ${chip.flash.programmedBytes} bytes`);
      stalled ??= new Promise((resolve) => (unstall = resolve));
      await stalled;
    }
    return result;
  };

  const stlink = new Port((socket) => serveStlink(socket, { commands, bridge, serial, turn }));
  const pyocd = new Port((socket) =>
    servePyocd(socket, { dap, target, bridge, serial, turn, gone: () => reached(faults.unplugAfterBytes) }),
  );
  const chain = new Chain([debugPort(dap), ...(options.chip === 'nrf52' ? [] : [boundaryScan()])]);
  const jtag =
    options.jtag === true ? new Port((socket) => serveBitbang(socket, { chain, target, bridge, turn })) : undefined;
  const ports = [stlink, pyocd, ...(jtag ? [jtag] : [])];
  const shut = async (): Promise<void> => {
    await Promise.all(ports.map((port) => port.shut()));
  };
  const settle = async (): Promise<void> => {
    if (!reached(faults.stallAfterBytes)) {
      unstall?.();
      unstall = undefined;
      stalled = undefined;
    }
    if (faults.noServer || (reached(faults.unplugAfterBytes) && !faults.unplugTold)) await shut();
    else for (const port of ports) await port.open();
  };

  for (const port of ports) await port.open(); // the numbers are wanted even when nobody is to listen
  await settle();
  await turns.take(() => target.reset());

  return {
    stlinkPort: stlink.port,
    pyocdPort: pyocd.port,
    ...(jtag ? { jtagPort: jtag.port } : {}),
    serial,
    ...(machine ? { uart: { host: '127.0.0.1', port: machine.uart.hostPort } } : {}),
    log,
    flash: () => chip.flash.bytes.slice(),
    flashAddress: chip.flash.address,
    read: (address, bytes) => turns.take(() => target.readBytes(address, bytes)),
    async inject(changes) {
      Object.assign(faults, changes);
      if ('unplugAfterBytes' in changes || 'stallAfterBytes' in changes) countFrom = chip.flash.programmedBytes;
      for (const [name, value] of Object.entries(changes)) bridge.note(`fault ${name}: ${JSON.stringify(value)}`);
      await settle();
    },
    bootedWith: () => target.boot,
    get programmedBytes() {
      return chip.flash.programmedBytes;
    },
    async close() {
      unstall?.();
      await shut();
      await turns.take(() => target.close());
    },
  };
}
