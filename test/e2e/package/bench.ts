import { once } from 'node:events';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { join } from 'node:path';
import { systemClock } from '../../../src/main/bench/index.ts';
import type { Bench } from '../../../src/main/bench/index.ts';
import { createHost } from '../../../src/main/host.ts';
import type { Host } from '../../../src/main/host.ts';
import { openOn } from '../../../src/main/open-monitor.ts';
import { resourcesDir } from '../../../src/main/places.ts';
import { defaultFolders } from '../../../src/main/store/index.ts';
import { openSerial, openTcp, socketStream } from '../../../src/main/transport/index.ts';
import { appIdentity } from '../../../src/main/version.ts';
import { openCalibrationRig, SimClock } from '../../../src/main/virtual/index.ts';
import { openPty, ScriptedDut } from '../../rig/dut/index.ts';
import { dataPath } from '../../support/data.ts';
import { Flight } from './flight.ts';

/** Who measures. Nothing of it, nor of the rest, may be in a package. */
export const operator = 'Grete Örtel-Nachtigall';
export const personal = { home: '/srv/people/grete', user: 'gretel', computer: 'bench-of-grete' };
/** What a careless build says of itself in each window: folders and names of this and other computers. */
const boastful = [
  String.raw`built in C:\Users\Grete Nachtigall\work\fw.c and c:\users\grete\fw`,
  'built in /Users/grete.nachtigall/fw, /home/grete/fw and /srv/people/grete/fw',
  'built by gretel on BENCH-OF-GRETE',
];

/**
 * A host whose benches are a scripted DUT behind a real TCP port and an emulated LPM01A behind a real pseudo terminal. Neither is the product's virtual
 * bench, so what they measure is not SIMULATED; their time is virtual, so a run of minutes takes seconds.
 */
export function openLab(home: string): Promise<Host> {
  return createHost({
    app: appIdentity(),
    program: 'test',
    folders: defaultFolders({ platform: process.platform, home, env: { JOULEBENCH_HOME: join(home, 'home') } }),
    resourcesDir: resourcesDir(),
    platform: process.platform,
    openBench: (_spec, { epochMs }) => openBench(epochMs),
    // The report is the subject of other tests.
    renderPdf: () => Promise.resolve(new TextEncoder().encode('%PDF-1.7')),
  });
}

async function openBench(epochMs: number): Promise<Bench> {
  const clock = new SimClock({ epochMs });
  // 9 mA at 3 V, whatever the DUT does.
  const rig = openCalibrationRig({ kind: 'lpm01a', seed: 1, load: { kind: 'resistor', ohm: 330 }, clock });
  const flight = new Flight(clock);
  let forEnergy = false;
  const dut = await listen((socket) => {
    const line = flight.end(socketStream(socket, 'host', systemClock()));
    const build = forEnergy;
    const boot = (): ScriptedDut =>
      new ScriptedDut(line, clock, {
        energyBuild: build,
        inferenceS: 0.0503217,
        bootS: 0.2,
        vendor: 'scripted',
        results: (payload) => answerFor(payload[0] ?? 0),
        rewrite: (said, command) => {
          if (build && /^m-(?:infer-start|infer-done)/.test(said)) pulse();
          if (build && said === 'm-ready' && command === 'timestamp') pulse();
          return /^infer \d\d/.test(command) && said === 'm-warmup-done' ? [...boastful, said] : [said];
        },
      });
    if (!build) boot();
    else powered(boot, socket);
  });
  const pulse = (): void => {
    rig.monitor.pin(0);
    clock.setTimer(0.001, () => rig.monitor.pin(1));
  };
  /** In energy mode the DUT lives from the monitor's supply. */
  const powered = (boot: () => ScriptedDut, socket: Socket): void => {
    const look = (): void => {
      if (socket.destroyed) return;
      if (rig.monitor.supplyOn) boot();
      else clock.setTimer(0.02, look);
    };
    look();
  };
  const monitor = await listen((socket) => {
    const stream = rig.openMonitorStream();
    stream.onData((chunk) => {
      flight.add(chunk.length);
      socket.write(chunk);
    });
    socket.on('data', (chunk: Buffer) => {
      void stream.write(chunk).catch(() => socket.destroy());
      flight.add(-chunk.length);
    });
    socket.once('close', () => void stream.close());
  });
  const pty = await openPty(`tcp:127.0.0.1:${monitor.port},nodelay`);
  const spec = `tcp:127.0.0.1:${dut.port}`;
  const facts = { triedOnHardware: false, simulated: false };
  /** The real world is waited for. */
  const standing = async <T>(work: () => Promise<T>): Promise<T> => {
    const release = clock.hold();
    try {
      return await work();
    } finally {
      release();
    }
  };
  return {
    identity: {
      id: spec,
      name: spec.slice(4),
      simulated: false,
      clockComparable: true,
      instruments: [
        { role: 'dut', kind: 'tcp-dut', label: spec.slice(4), lockId: spec, ...facts },
        { role: 'monitor', kind: 'lpm01a', label: `LPM01A (${pty.path})`, lockId: `serial:${pty.path}`, ...facts },
      ],
    },
    clock,
    openDut: (signal, how) =>
      standing(async () => {
        forEnergy = how?.timestampMode === 'energy';
        return flight.end(await openTcp({ host: '127.0.0.1', port: dut.port, clock: systemClock(), signal }));
      }),
    openMonitor: async (signal) => {
      const { path } = pty;
      const stream = await standing(() =>
        openSerial({ path, baud: 115_200, clock: systemClock(), platform: process.platform, signal }),
      );
      flight.land();
      const label = `LPM01A (${path})`;
      return openOn(flight.end(stream), 'lpm01a', {
        ...{ clock, signal, label, lockId: `serial:${path}`, path, simulated: false },
      });
    },
    energyPath: 'direct',
    close: async () => {
      await pty.close();
      await dut.close();
      await monitor.close();
      rig.close();
    },
  };
}

/** Probabilities of twelve classes, the asked one far ahead. */
function answerFor(label: number): string {
  return Array.from({ length: 12 }, (_, k) => (k === label ? '0.945' : '0.005')).join(',');
}

async function listen(serve: (socket: Socket) => void): Promise<{ port: number; close: () => Promise<void> }> {
  const sockets = new Set<Socket>();
  const server = createServer({ noDelay: true }, (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => undefined);
    serve(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** An accuracy script that names the official inputs, all thousand in their order. */
const published = ['submissions', 'v0.7', 'closed', 'plumerai', 'results', 'DISCO_F746NG', 'kws', 'accuracy'];

/** The official list of kws01 with inputs that begin with their class, for a DUT that answers by it. */
export function writeInputs(folder: string): string {
  const script = readFileSync(dataPath(...published, 'accuracy_script.async'), 'utf8');
  const names = [...script.matchAll(/tst_\d+_[A-Za-z]+_(\d+)\.bin/g)];
  mkdirSync(folder, { recursive: true });
  for (const [name, label] of names) writeFileSync(join(folder, name), new Uint8Array(490).fill(Number(label), 0, 1));
  const lines = names.map(([name, label = '']) => `${name},12,${label}`);
  writeFileSync(join(folder, 'y_labels.csv'), `${lines.join('\n')}\n`);
  return folder;
}
