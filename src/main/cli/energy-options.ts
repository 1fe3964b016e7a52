import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { InvalidArgumentError } from 'commander';
import { z } from 'zod';
import { energyRequestSchema, userAssumptionsSchema } from '../../shared/domain/energy-request.ts';
import type { EnergyRequest } from '../../shared/domain/energy-request.ts';
import { Fault } from '../../shared/fault/index.ts';
import { definedOnly } from '../../shared/object/index.ts';
import { formatQuantity } from '../../shared/units/index.ts';
import { monitorEntry } from '../emon/index.ts';
import { traceRoom } from '../runner/index.ts';
import type { CliContext } from './context.ts';
import { parseChoice, parseNumber } from './options.ts';

/** The options of a command that measures energy. */
export interface EnergyOptions {
  monitor?: string;
  ioManager?: string | true;
  board?: string;
  voltage?: number;
  windowRule?: 'eembc' | 'mlc';
  plane?: 'dut' | 'monitor';
  spikeFilter: boolean;
  certificates?: string[];
  rate?: number;
  battery?: { batteryAh: number; batteryV: number };
  powered?: string[];
  notPowered?: string[];
  assumptions?: string;
  temperature?: number;
}

export function addEnergyOptions(command: Command, context: CliContext): Command {
  const t = (key: string): string => context.text.t(`cli.option.${key}`);
  return command
    .option('--monitor <monitor>', t('monitor'))
    .option('--io-manager [port]', t('ioManager'))
    .option('--board <id>', t('board'))
    .option('--voltage <volts>', t('voltage'), parseNumber(0.5, 6))
    .option('--window-rule <rule>', t('windowRule'), parseChoice('eembc', 'mlc'))
    .option('--plane <plane>', t('plane'), parseChoice('dut', 'monitor'))
    .option('--no-spike-filter', t('spikeFilter'))
    .option('--certificates <ids>', t('certificates'), parseList)
    .option('--rate <inferences>', t('rate'), parseNumber(1e-6, 1e6))
    .option('--battery <mAh/V>', t('battery'), parseBattery)
    .option('--powered <parts>', t('powered'), parseList)
    .option('--not-powered <parts>', t('notPowered'), parseList)
    .option('--assumptions <file>', t('assumptions'))
    .option('--temperature <celsius>', t('temperature'), parseNumber(-60, 150));
}

/** What the options ask for. @throws Fault `emon.badFile` for a file of assumptions that is none. */
export async function energyRequest(options: EnergyOptions, operator: string): Promise<EnergyRequest> {
  const { ioManager, powered, notPowered, rate, battery, assumptions } = options;
  const defaults = energyRequestSchema.parse({});
  return energyRequestSchema.parse(
    definedOnly({
      monitor: options.monitor,
      ioManager: ioManager === true ? 'virtual' : ioManager,
      board: options.board,
      voltageV: options.voltage,
      windowRule: options.windowRule,
      plane: options.plane,
      spikeFilter: options.spikeFilter,
      certificates: options.certificates,
      temperatureC: options.temperature,
      assumptions: assumptions === undefined ? undefined : await readAssumptions(assumptions),
      scope:
        powered === undefined && notPowered === undefined
          ? undefined
          : { measured: powered ?? [], notMeasured: notPowered ?? [], declaredBy: operator || '-' },
      duty: { ...defaults.duty, ...battery, ...(rate === undefined ? {} : { inferencesPerS: rate }) },
    }),
  );
}

async function readAssumptions(path: string): Promise<z.output<typeof userAssumptionsSchema>> {
  const format = 'JSON';
  let content: unknown;
  try {
    content = JSON.parse(await readFile(path, 'utf8'));
  } catch (error) {
    throw new Fault('emon.badFile', { path, format, reason: String(error) }, { cause: error });
  }
  const parsed = userAssumptionsSchema.safeParse(content);
  if (!parsed.success) throw new Fault('emon.badFile', { path, format, reason: z.prettifyError(parsed.error) });
  return parsed.data;
}

function parseList(value: string): string[] {
  return value
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

/** `225mAh/3V` or `225/3`: a battery's charge in mA h and its voltage. */
function parseBattery(value: string): { batteryAh: number; batteryV: number } {
  const match = /^(\d+(?:\.\d+)?)(?:mAh)?\/(\d+(?:\.\d+)?)V?$/i.exec(value.trim());
  const [batteryAh, batteryV] = [Number(match?.[1]) / 1000, Number(match?.[2])];
  if (!(batteryAh > 0) || !(batteryV > 0)) throw new InvalidArgumentError('225mAh/3V.');
  return { batteryAh, batteryV };
}

/** Says what the trace will weigh and what is free. @throws Fault `trace.diskTooSmall` before anything is opened or switched on. */
export async function checkTraceRoom(
  { monitor }: EnergyRequest,
  folder: string,
  { io, text }: Pick<CliContext, 'io' | 'text'>,
): Promise<void> {
  const kind = (monitor ?? 'lpm01a').split(':')[0]?.replace(/-ampere$/, '') ?? '';
  const driver = monitorEntry(kind)?.driver;
  if (!driver) return;
  const { bytesPerS, neededBytes, freeBytes } = await traceRoom(driver, folder);
  if (freeBytes < neededBytes) throw new Fault('trace.diskTooSmall', { path: folder, neededBytes, freeBytes });
  const size = (bytes: number): string => formatQuantity(bytes, 'B', { locale: text.locale, significant: 2 });
  io.err(`${text.t('cli.run.traceRoom', { rate: size(bytesPerS * 60), free: size(freeBytes) })}\n`);
}
