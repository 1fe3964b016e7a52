import type { Command } from 'commander';
import { definedOnly } from '../../shared/object/index.ts';
import { readBoards } from '../bench/index.ts';
import { likelyMonitor } from '../emon/index.ts';
import { listProbes } from '../flash/index.ts';
import { listSerialPorts } from '../transport/index.ts';
import type { SerialPortInfo } from '../transport/index.ts';
import type { CliContext } from './context.ts';

/** `joulebench devices`: what could be a DUT, or with `--probes` what could flash one. */
export function registerDevices(program: Command, context: CliContext): void {
  const { io, text } = context;
  program
    .command('devices')
    .description(text.t('cli.command.devices'))
    .option('--json', text.t('cli.option.json'))
    .option('--probes', text.t('probe.option'))
    .action(async (options: { json?: boolean; probes?: boolean }) => {
      if (options.probes) {
        await printProbes(context, options.json ?? false);
        return;
      }
      const ports = await listSerialPorts(context.platform);
      if (options.json) {
        const named = ports.map((port) => definedOnly({ ...port, monitor: likelyMonitor(port.usb)?.kind }));
        io.out(`${JSON.stringify({ ports: named })}\n`);
        return;
      }
      if (ports.length === 0) io.out(`${text.t('cli.devices.none')}\n`);
      for (const port of ports)
        io.out(`${text.t('cli.devices.line', { path: port.path, description: describe(port, context) })}\n`);
    });
}

function describe({ path, manufacturer, serial, usb, location }: SerialPortInfo, { text }: CliContext): string {
  const monitor = likelyMonitor(usb);
  const hint = monitor && text.t('cli.devices.monitor', { model: monitor.model, spec: `${monitor.kind}:${path}` });
  const ids = usb ? `${usb.vendorId}:${usb.productId}` : undefined;
  return [ids, manufacturer, serial, location, hint].filter((part) => part !== undefined && part !== '').join('  ');
}

async function printProbes({ io, text, platform, resourcesDir }: CliContext, json: boolean): Promise<void> {
  const probes = await listProbes({ platform, boards: await readBoards(resourcesDir) });
  if (json) {
    io.out(`${JSON.stringify({ probes })}\n`);
    return;
  }
  if (probes.length === 0) io.out(`${text.t(platform === 'linux' ? 'probe.none' : 'probe.noneWithoutPort')}\n`);
  for (const { serial, product, usb, ports, boards } of probes) {
    const ids = usb ? `${usb.vendorId}:${usb.productId}` : '';
    const parts = [
      text.t('probe.line', { serial: serial === '' ? text.t('probe.noSerial') : serial, product, usb: ids }),
      ...(ports.length > 0 ? [text.t('probe.ports', { ports })] : []),
      ...(boards.length > 0 ? [text.t('probe.boards', { boards })] : []),
    ];
    io.out(`${parts.join('  ')}\n`);
  }
}
