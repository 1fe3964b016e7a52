import type { Command } from 'commander';
import { listSerialPorts } from '../transport/index.ts';
import type { SerialPortInfo } from '../transport/index.ts';
import type { CliContext } from './context.ts';

/** `joulebench devices`: what could be a DUT. */
export function registerDevices(program: Command, context: CliContext): void {
  const { io, text } = context;
  program
    .command('devices')
    .description(text.t('cli.command.devices'))
    .option('--json', text.t('cli.option.json'))
    .action(async (options: { json?: boolean }) => {
      const ports = await listSerialPorts(context.platform);
      if (options.json) {
        io.out(`${JSON.stringify({ ports })}\n`);
        return;
      }
      if (ports.length === 0) io.out(`${text.t('cli.devices.none')}\n`);
      for (const port of ports)
        io.out(`${text.t('cli.devices.line', { path: port.path, description: describe(port) })}\n`);
    });
}

function describe({ manufacturer, serial, usb, location }: SerialPortInfo): string {
  const ids = usb ? `${usb.vendorId}:${usb.productId}` : undefined;
  return [ids, manufacturer, serial, location].filter((part) => part !== undefined && part !== '').join('  ');
}
