import { z } from 'zod';
import { fault } from './define.ts';

const port = z.object({ port: z.string() });
const command = port.extend({ command: z.string() });

export const dutFaults = {
  /** A second command while one is in flight: a defect of the caller. */
  'dut.busy': fault('internal', command),
  'dut.silent': fault('instrument', command.extend({ waitedS: z.number() })),
  /** Nothing but the command itself came back. */
  'dut.echoOnly': fault('instrument', command),
  /** Bytes came that are no text: mostly a wrong baud rate. `baud` is 0 where the medium has none. */
  'dut.garbled': fault('instrument', command.extend({ baud: z.number() })),
  /** Text came that is no message of the protocol. */
  'dut.unknownReply': fault('instrument', command.extend({ text: z.string() })),
  /** The reply began and stopped short of `m-ready`. */
  'dut.noReady': fault('instrument', command.extend({ waitedS: z.number() })),
  'dut.timeout': fault('instrument', command.extend({ deadlineS: z.number() })),
  /** It talks without end. */
  'dut.babbling': fault('instrument', port.extend({ seconds: z.number() })),
  'dut.rebooted': fault('instrument', command),
  /** An `e-[...]` reply. */
  'dut.refused': fault('instrument', command.extend({ reply: z.string() })),
  'dut.incompleteReply': fault('instrument', command.extend({ missing: z.string() })),
  'dut.noName': fault('instrument', port.extend({ said: z.string() })),
  'dut.notADut': fault('instrument', port.extend({ deviceClass: z.string() })),
  'dut.wrongMode': fault('instrument', port.extend({ expected: z.string(), found: z.string() })),
  'dut.wrongModel': fault('instrument', port.extend({ expected: z.string(), found: z.string() })),
  /** `reply` is the DUT's objection, empty when it fell silent. */
  'dut.loadFailed': fault(
    'instrument',
    port.extend({ bytes: z.number(), attempts: z.number(), offset: z.number(), reply: z.string() }),
  ),
  'dut.bufferTooSmall': fault('instrument', port.extend({ bytes: z.number(), maxBytes: z.number() })),
  /** `expected` and `found` are hex digits; `found` is empty when the DUT printed too little. */
  'dut.verifyMismatch': fault(
    'instrument',
    port.extend({ offset: z.number(), expected: z.string(), found: z.string(), attempts: z.number() }),
  ),
  'dut.inputSize': fault('instrument', port.extend({ foundBytes: z.number(), expectedBytes: z.number() })),
  'dut.noTimestamp': fault('instrument', port),
  /** The relay between host and DUT (IO manager, interface board) does not acknowledge. */
  'dut.relaySilent': fault('instrument', command.extend({ waitedS: z.number() })),
  'dut.relayRefused': fault('instrument', command.extend({ reply: z.string() })),
  'dut.badResults': fault('instrument', port.extend({ text: z.string() })),
} as const;
