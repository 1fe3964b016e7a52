import type { Socket } from 'node:net';
import { TransferFault } from '../dap.ts';
import type { Dap } from '../dap.ts';
import type { Bridge } from '../faults.ts';
import type { Target } from '../target/target.ts';

/** Status numbers of the protocol. */
const status = { general: 1, disconnected: 2, probe: 3, transfer: 10, timeout: 11, fault: 12 } as const;
const protocolVersion = 1;

/** What a request is answered with when it cannot be done. */
class Refusal extends Error {
  readonly status: number;

  constructor(code: number, text: string) {
    super(text);
    this.status = code;
  }
}

export interface PyocdServerOptions {
  dap: Dap;
  target: Target;
  bridge: Bridge;
  serial: string;
  turn: <T>(action: () => Promise<T>) => Promise<T>;
  /** The probe has been pulled out. */
  gone: () => boolean;
}

type Handler = (args: readonly unknown[]) => unknown;

/** One client of pyOCD's remote probe protocol: a line of JSON for a request, one for its reply. */
export function servePyocd(socket: Socket, options: PyocdServerOptions): void {
  const { bridge } = options;
  const handlers = handlersOf(options);
  let text = '';
  let work: Promise<unknown> = Promise.resolve();
  bridge.note('pyOCD client connected');
  socket.setEncoding('utf8');
  socket.on('close', () => bridge.note('pyOCD client gone'));
  socket.on('data', (chunk: string) => {
    const lines = (text + chunk).split('\n');
    text = lines.pop() ?? '';
    for (const line of lines) {
      work = work.then(async () => {
        const reply = await options.turn(() => answer(line, handlers, options.gone));
        if (!socket.destroyed) socket.write(`${JSON.stringify(reply)}\n`);
      });
    }
  });
}

async function answer(
  line: string,
  handlers: Readonly<Record<string, Handler>>,
  gone: () => boolean,
): Promise<Record<string, unknown>> {
  let id: unknown = 0;
  try {
    const request: unknown = JSON.parse(line);
    if (typeof request !== 'object' || request === null) throw new Refusal(status.general, 'not a request');
    id = 'id' in request ? request.id : 0;
    const name = 'request' in request ? String(request.request) : '';
    const args: readonly unknown[] =
      'arguments' in request && Array.isArray(request.arguments) ? request.arguments : [];
    if (gone()) throw new Refusal(status.disconnected, 'the probe was pulled out');
    const handler = Object.hasOwn(handlers, name) ? handlers[name] : undefined;
    if (!handler) throw new Refusal(status.general, `request ${name} is not known here`);
    const result = await handler(args);
    return { id, status: 0, ...(result === undefined ? {} : { result }) };
  } catch (error) {
    return { id, ...refusalOf(error) };
  }
}

function refusalOf(error: unknown): { status: number; error: string } {
  if (error instanceof Refusal) return { status: error.status, error: error.message };
  if (error instanceof TransferFault) {
    switch (error.kind) {
      case 'noAck':
        return { status: status.transfer, error: 'No ACK' };
      case 'wait':
        return { status: status.timeout, error: 'WAIT response' };
      default:
        return { status: status.fault, error: 'FAULT response' };
    }
  }
  return { status: status.general, error: error instanceof Error ? error.message : String(error) };
}

function handlersOf({ dap, target, bridge, serial }: PyocdServerOptions): Readonly<Record<string, Handler>> {
  const { faults } = bridge;
  let protocol: string | null = null;
  let held = false;
  const properties: Readonly<Record<string, () => unknown>> = {
    capabilities: () => ['SWJ_SEQUENCE', 'MANAGED_DPBANKSEL', 'MANAGED_AP_SELECTION'],
    supported_wire_protocols: () => ['DEFAULT', 'SWD'],
    wire_protocol: () => protocol,
    vendor_name: () => 'Joulebench',
    product_name: () => 'virtual probe',
    unique_id: () => faults.serialMismatch ?? serial,
  };
  const nothing = (): void => undefined;
  /** The address of an AP's register: APSEL in bits 31:24. */
  const apOf = (address: unknown): [number, number] => [number(address) >>> 24, number(address) & 0xfc];
  return {
    hello: ([version]) => {
      if (faults.protocolRefused || version !== protocolVersion) {
        throw new Refusal(status.general, `client requested unsupported protocol version ${String(version)}`);
      }
    },
    open: () => {
      if (faults.noProbe) throw new Refusal(status.disconnected, 'no probe is connected');
      if (faults.probeBusy) throw new Refusal(status.probe, 'the probe is used by another program');
    },
    close: nothing,
    lock: nothing,
    unlock: nothing,
    flush: nothing,
    set_clock: nothing,
    swj_sequence: nothing,
    readprop: ([name]) => {
      const property = properties[String(name)];
      if (!property) throw new Refusal(status.general, `property ${String(name)} is not known here`);
      return property();
    },
    connect: () => void (protocol = 'SWD'),
    disconnect: () => void (protocol = null),
    reset: () => target.reset(),
    assert_reset: async ([asserted]) => {
      held = asserted === true;
      if (held) await target.holdReset();
      else await target.reset();
    },
    is_reset_asserted: () => held,
    has_swo: () => false,
    read_dp: ([address]) => dap.readDp(number(address)),
    write_dp: ([address, value]) => dap.writeDp(number(address), number(value)),
    read_ap: ([address]) => dap.readAp(...apOf(address)),
    write_ap: ([address, value]) => dap.writeAp(...apOf(address), number(value)),
    read_ap_multiple: async ([address, count]) => {
      const values: number[] = [];
      for (let index = 0; index < number(count); index += 1) values.push(await dap.readAp(...apOf(address)));
      return values;
    },
    write_ap_multiple: async ([address, values]) => {
      if (!Array.isArray(values)) throw new Refusal(status.general, 'values are no list');
      for (const value of values) await dap.writeAp(...apOf(address), number(value));
    },
    // No handle: pyOCD then uses its own code for the memory AP, as with a simple probe.
    get_memory_interface_for_ap: nothing,
  };
}

function number(value: unknown): number {
  if (typeof value !== 'number') throw new Refusal(status.general, `${JSON.stringify(value)} is no number`);
  return value;
}
