import { join } from 'node:path';
import type { Command } from 'commander';
import type { Pace } from '../bench/index.ts';
import { prepareModelFor } from './model.ts';
import type { CliContext } from './context.ts';
import { parseInteger, parsePace } from './options.ts';
import { openVirtualBench, readCostTable, readVirtualFirmware, serveVirtualDut } from '../virtual/index.ts';

/** `joulebench virtual --tcp PORT`: the virtual DUT for foreign programs. */
export function registerVirtual(program: Command, context: CliContext): void {
  const { io, text } = context;
  const t = (key: string): string => text.t(`cli.option.${key}`);
  program
    .command('virtual')
    .description(text.t('cli.command.virtual'))
    .requiredOption('--tcp <port>', t('port'), parseInteger(0, 65_535))
    .option('--model <file>', t('model'))
    .option('--workload <id>', t('workload'), 'demo01')
    .option('--pace <pace>', t('pace'), parsePace, 'max')
    .option('--baud <rate>', t('baud'), parseInteger(110, 12_000_000))
    .option('--boot-on-first-byte', t('bootOnFirstByte'))
    .action(
      async (options: {
        tcp: number;
        model?: string;
        workload: string;
        pace: Pace;
        baud?: number;
        bootOnFirstByte?: boolean;
      }) => {
        const host = await context.host('virtual');
        const model = await prepareModelFor(host, options.workload, options.model);
        const bench = await openVirtualBench({
          image: model.image,
          model: model.name,
          firmware: await readVirtualFirmware(join(context.resourcesDir, 'firmware', 'virtual')),
          costTable: await readCostTable(join(context.resourcesDir, 'firmware', 'cost', 'cortex-m4.json')),
          useWorker: false,
          pace: options.pace,
          onOpen: options.bootOnFirstByte ? 'bootOnFirstByte' : 'reset',
          ...(options.baud === undefined ? {} : { baud: options.baud }),
        });
        const server = await serveVirtualDut(bench, { port: options.tcp });
        io.out(`${text.t('cli.virtual.listening', { port: server.port })}\n`);
        await new Promise<void>((resolve) => {
          if (context.signal.aborted) resolve();
          context.signal.addEventListener('abort', () => resolve(), { once: true });
        });
        await server.close();
        await bench.close();
      },
    );
}
