import { z } from 'zod';
import { fault } from './define.ts';

/** Faults of energy monitors. `instrument` is the label an operator knows: `LPM01A on COM5`. */
export const emonFaults = {
  'emon.noMonitor': fault('usage', z.object({ bench: z.string() })),
  'emon.unknownMonitor': fault('usage', z.object({ monitor: z.string(), known: z.array(z.string()) })),
  'emon.notThisMonitor': fault(
    'instrument',
    z.object({ instrument: z.string(), expected: z.string(), found: z.string() }),
  ),
  'emon.firmwareTooOld': fault(
    'instrument',
    z.object({ instrument: z.string(), found: z.string(), needed: z.string() }),
  ),
  'emon.refused': fault('instrument', z.object({ instrument: z.string(), command: z.string(), reply: z.string() })),
  'emon.silent': fault('instrument', z.object({ instrument: z.string(), command: z.string(), waitedS: z.number() })),
  'emon.streamStalled': fault('instrument', z.object({ instrument: z.string(), silentS: z.number() })),
  'emon.streamLost': fault('instrument', z.object({ instrument: z.string(), reason: z.string() })),
  /** The acquisition ended although nobody asked for it; `said` are the instrument's own last words. */
  'emon.endedItself': fault('instrument', z.object({ instrument: z.string(), said: z.string() })),
  'emon.overcurrent': fault('instrument', z.object({ instrument: z.string() })),
  'emon.badSetting': fault(
    'usage',
    z.object({ instrument: z.string(), setting: z.string(), value: z.string(), allowed: z.string() }),
  ),
  'emon.busy': fault('usage', z.object({ instrument: z.string(), state: z.string() })),
  'emon.voltageAboveLimit': fault(
    'usage',
    z.object({ instrument: z.string(), board: z.string(), voltageV: z.number(), maxV: z.number() }),
  ),
  'emon.voltageBelowLimit': fault(
    'usage',
    z.object({ instrument: z.string(), board: z.string(), voltageV: z.number(), minV: z.number() }),
  ),
  /** The supply reads higher than the board bears, although it was set lower; it was switched off. */
  'emon.supplyTooHigh': fault(
    'instrument',
    z.object({ instrument: z.string(), board: z.string(), readV: z.number(), setV: z.number(), maxV: z.number() }),
  ),
  /** The process that would switch the supply off after a crash of this one cannot be started. */
  'emon.noSupplyWatch': fault('internal', z.object({ instrument: z.string(), reason: z.string() })),
  'emon.changeWhilePowered': fault('usage', z.object({ instrument: z.string(), fromV: z.number(), toV: z.number() })),
  'emon.voltageNeeded': fault('usage', z.object({ instrument: z.string() })),
  'emon.edgesMissing': fault(
    'instrument',
    z.object({ instrument: z.string(), expected: z.number(), found: z.number(), shortestPulseS: z.number() }),
  ),
  'emon.badFile': fault('data', z.object({ path: z.string(), format: z.string(), reason: z.string() })),
} as const;
