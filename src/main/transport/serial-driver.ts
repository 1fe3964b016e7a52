import type { ListedPort } from './listed-port.ts';
import { listBySysfs } from './sysfs.ts';

/** An open port as the system gives it. Errors are the system's own; `openSerial` makes faults of them. */
export interface SerialHandle {
  write(bytes: Uint8Array): Promise<void>;
  /** Sets both control lines, and asks the USB bridge for low latency where the system knows it. */
  setLines(lines: { dtr: boolean; rts: boolean }): Promise<void>;
  close(): Promise<void>;
}

export interface SerialEvents {
  onData(chunk: Uint8Array): void;
  /** The device is gone or the driver gave up. */
  onEnd(error: Error): void;
}

/** The hardware behind `openSerial`, so that tests can put another one there. */
export interface SerialDriver {
  open(path: string, baud: number, events: SerialEvents): Promise<SerialHandle>;
  list(): Promise<ListedPort[]>;
}

/**
 * The serial ports of this computer, by the package `serialport`. It is loaded on first use, so that a computer without a
 * native part for it can still run everything that needs no port.
 */
export const systemSerialDriver: SerialDriver = {
  async list() {
    const { SerialPort } = await import('serialport');
    try {
      return await SerialPort.list();
    } catch (error) {
      // On Linux the package asks the program udevadm, which small systems do not have.
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return listBySysfs();
      throw error;
    }
  },
  async open(path, baud, events) {
    const { SerialPort } = await import('serialport');
    return new Promise((resolve, reject) => {
      const port = new SerialPort({ path, baudRate: baud, autoOpen: false });
      let closing = false;
      // Without a listener an `error` event would end the process.
      port.on('error', (error) => {
        if (!closing) events.onEnd(error);
      });
      port.on('close', (error: Error | null | undefined) => {
        if (!closing) events.onEnd(error ?? new Error('closed'));
      });
      port.on('data', (chunk: Buffer) => events.onData(chunk));
      port.open((error) => {
        if (error) reject(error);
        else resolve(handle());
      });

      function handle(): SerialHandle {
        return {
          write: (bytes) =>
            new Promise((done, fail) => {
              port.write(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length), undefined, (error) =>
                error ? fail(error) : done(),
              );
            }),
          setLines: (lines) =>
            new Promise((done, fail) => {
              const settings = { ...lines, lowLatency: true };
              port.set(settings, (error) => (error ? fail(error) : done()));
            }),
          close: () =>
            new Promise((done) => {
              closing = true;
              if (port.isOpen) port.close(() => done());
              else done();
            }),
        };
      }
    });
  },
};
