import { describe, expect, it } from 'vitest';
import { openSerial } from '../../../src/main/transport/index.ts';
import type { OpenSerialOptions, SerialDriver, SerialEvents, SerialStream } from '../../../src/main/transport/index.ts';
import { ManualClock } from '../../support/manual-clock.ts';

interface FakePort {
  driver: SerialDriver;
  written: string[];
  lines: { dtr: boolean; rts: boolean }[];
  closed: number;
  events: SerialEvents;
  failWrite?: Error;
  failLines?: Error;
}

function fakePort(open?: () => Promise<void>): FakePort {
  const port: FakePort = {
    written: [],
    lines: [],
    closed: 0,
    events: { onData: () => undefined, onEnd: () => undefined },
    driver: {
      list: () => Promise.resolve([]),
      async open(_path, _baud, events) {
        port.events = events;
        await open?.();
        return {
          async write(bytes) {
            await Promise.resolve();
            if (port.failWrite) throw port.failWrite;
            port.written.push(Buffer.from(bytes).toString());
          },
          setLines: (lines) =>
            port.failLines ? Promise.reject(port.failLines) : Promise.resolve(void port.lines.push(lines)),
          close: () => Promise.resolve(void (port.closed += 1)),
        };
      },
    },
  };
  return port;
}

const openWith = (port: FakePort, options: Partial<OpenSerialOptions> = {}): Promise<SerialStream> =>
  openSerial({
    path: '/dev/ttyACM0',
    baud: 115_200,
    clock: new ManualClock(),
    platform: 'darwin',
    driver: port.driver,
    hints: {},
    ...options,
  });

describe('an open port', () => {
  it('gives large writes to the driver in small awaited pieces, in order', async () => {
    const port = fakePort();
    const stream = await openWith(port);
    const big = 'x'.repeat(200);
    await Promise.all([
      stream.write(Buffer.from(big)),
      stream.write(Buffer.from('name%')),
      stream.write(Buffer.from('y%')),
    ]);
    expect(port.written).toEqual(['x'.repeat(80), 'x'.repeat(80), 'x'.repeat(40), 'name%', 'y%']);
    expect([stream.label, stream.baud]).toEqual(['/dev/ttyACM0', 115_200]);
  });

  it('keeps what came before the first subscriber', async () => {
    const port = fakePort();
    const stream = await openWith(port);
    port.events.onData(Buffer.from('m-init-done\r\n'));
    const heard: string[] = [];
    stream.onData((chunk) => heard.push(Buffer.from(chunk).toString()));
    port.events.onData(Buffer.from('m-ready\r\n'));
    expect(heard.join('')).toBe('m-init-done\r\nm-ready\r\n');
  });

  it('ends with transport.unplugged when the device vanishes, once', async () => {
    const port = fakePort();
    const stream = await openWith(port);
    const reasons: unknown[] = [];
    stream.onClose((reason) => reasons.push(reason));
    port.events.onEnd(new Error('EIO: i/o error, read'));
    port.events.onEnd(new Error('closed'));
    expect(reasons).toEqual([
      expect.objectContaining({ code: 'transport.unplugged', facts: { port: '/dev/ttyACM0' } }),
    ]);
    await expect(stream.write(Buffer.from('x'))).rejects.toMatchObject({ code: 'transport.unplugged' });
    await stream.close();
    expect(port.closed).toBe(1);
  });

  it('says unplugged rather than write failed when the write fails first', async () => {
    const port = fakePort();
    const stream = await openWith(port);
    port.failWrite = new Error('EIO: i/o error, write');
    const write = stream.write(Buffer.from('x'));
    setImmediate(() => port.events.onEnd(port.failWrite as Error));
    await expect(write).rejects.toMatchObject({ code: 'transport.unplugged' });
  });

  it('says write failed when the device is still there', async () => {
    const port = fakePort();
    const stream = await openWith(port);
    port.failWrite = new Error('Unknown error code 121');
    await expect(stream.write(Buffer.from('x'))).rejects.toMatchObject({ code: 'transport.writeFailed' });
    delete port.failWrite;
    await stream.write(Buffer.from('later'));
    expect(port.written).toEqual(['later']);
  });

  it('closes once, and refuses writes afterwards', async () => {
    const port = fakePort();
    const stream = await openWith(port);
    const reasons: unknown[] = [];
    stream.onClose((reason) => reasons.push(reason));
    await Promise.all([stream.close(), stream.close()]);
    expect(port.closed).toBe(1);
    expect(reasons).toEqual([undefined]);
    await expect(stream.write(Buffer.from('x'))).rejects.toMatchObject({ code: 'transport.closed' });
    await expect(stream.setLines({ dtr: true, rts: true })).rejects.toMatchObject({ code: 'transport.closed' });
  });

  it('stops a write in pieces when aborted', async () => {
    const port = fakePort();
    const stream = await openWith(port);
    const controller = new AbortController();
    const write = stream.write(Buffer.alloc(400, 0x61), controller.signal);
    controller.abort(new Error('enough'));
    await expect(write).rejects.toThrow('enough');
    expect(port.written.length).toBeLessThan(5);
  });
});

describe('control lines', () => {
  it('are left alone unless asked for', async () => {
    const port = fakePort();
    await openWith(port);
    expect(port.lines).toEqual([]);
  });

  it('are set after opening; the other one stays on', async () => {
    const port = fakePort();
    const stream = await openWith(port, { dtr: false });
    await stream.setLines({ dtr: true, rts: false });
    expect(port.lines).toEqual([
      { dtr: false, rts: true },
      { dtr: true, rts: false },
    ]);
  });

  it('that a port does not have are a fault when asked for, and nothing otherwise', async () => {
    const port = fakePort();
    port.failLines = new Error('Error: Inappropriate ioctl for device, cannot set');
    await expect(openWith(port, { rts: false })).rejects.toMatchObject({ code: 'transport.linesUnsupported' });
    expect(port.closed).toBe(1);
    const other = fakePort();
    other.failLines = port.failLines;
    await expect(openWith(other, { platform: 'linux' })).resolves.toMatchObject({ label: '/dev/ttyACM0' });
  });
});

describe('opening', () => {
  it('that hangs ends at the deadline, and a port that opens later is closed again', async () => {
    let letGo = (): void => undefined;
    const port = fakePort(() => new Promise((resolve) => (letGo = resolve)));
    const clock = new ManualClock();
    const opening = openWith(port, { clock, deadlineS: 3 });
    const outcome = opening.catch((error: unknown) => error);
    await clock.advance(3);
    expect(await outcome).toMatchObject({ code: 'transport.openTimeout', facts: { deadlineS: 3 } });
    letGo();
    await clock.advance(0);
    expect(port.closed).toBe(1);
    expect(clock.pending).toBe(0);
  });

  it('can be aborted', async () => {
    const port = fakePort(() => new Promise(() => undefined));
    const controller = new AbortController();
    const opening = openWith(port, { signal: controller.signal });
    controller.abort(new Error('changed my mind'));
    await expect(opening).rejects.toThrow('changed my mind');
  });

  const holder = {
    holder: () => Promise.resolve({ program: 'minicom', pid: 4711 }),
    group: () => Promise.resolve('dialout'),
  };
  const failing = { holder: () => Promise.reject(new Error('no')), group: () => Promise.reject(new Error('no')) };
  it.each([
    ['linux', 'Error Resource temporarily unavailable Cannot lock port', holder, 'transport.busyHeld'],
    ['linux', 'Error: Device or resource busy, cannot open /dev/ttyACM0', {}, 'transport.busy'],
    ['linux', 'Error: Device or resource busy, cannot open /dev/ttyACM0', failing, 'transport.busy'],
    ['linux', 'Error: Permission denied, cannot open /dev/ttyACM0', holder, 'transport.permissionGroup'],
    ['linux', 'Error: Permission denied, cannot open /dev/ttyACM0', failing, 'transport.permission'],
    ['linux', 'Error: No such file or directory, cannot open /dev/ttyACM0', holder, 'transport.notFound'],
    ['linux', 'Error: No such device or address, cannot open /dev/ttyACM0', holder, 'transport.notFound'],
    ['linux', 'Error: Invalid argument setting custom baud rate of 12345', {}, 'transport.baudUnsupported'],
    ['linux', 'Error: Inappropriate ioctl for device setting custom baud rate of 115200', {}, 'transport.openFailed'],
    ['linux', 'Error: Input/output error, cannot open /dev/ttyS7', {}, 'transport.openFailed'],
    ['darwin', 'Error: Resource busy, cannot open /dev/cu.usbmodem1', holder, 'transport.busyHeld'],
    ['darwin', 'Error: Permission denied, cannot open /dev/cu.usbmodem1', holder, 'transport.permission'],
    ['darwin', 'Error baud rate of 2000000 is not supported on your platform', {}, 'transport.baudUnsupported'],
    ['win32', 'Opening COM7: Access denied', {}, 'transport.busy'],
    ['win32', 'Opening COM7: File not found', {}, 'transport.notFound'],
    ['win32', 'Open (SetCommState): Unknown error code 87', {}, 'transport.baudUnsupported'],
    ['win32', 'Opening COM7: Unknown error code 31', {}, 'transport.openFailed'],
  ] as const)('on %s "%s" becomes its fault', async (platform, message, hints, code) => {
    const port = fakePort(() => Promise.reject(new Error(message)));
    await expect(openWith(port, { platform, hints })).rejects.toMatchObject({ code, cause: { message } });
  });
});
