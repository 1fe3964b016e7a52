import type { Probe } from '../../../shared/domain/flash.ts';
import { Fault } from '../../../shared/fault/index.ts';
import { systemSerialDriver } from '../../transport/index.ts';
import type { ListedPort } from '../../transport/index.ts';
import { usbByPorts } from './by-ports.ts';
import { probesAmong } from './merge.ts';
import type { BoardWithProbes } from './merge.ts';
import { usbBySysfs } from './sysfs.ts';

export interface ListProbesOptions {
  platform: NodeJS.Platform;
  /** The catalogue, to say which boards carry a probe. */
  boards: readonly BoardWithProbes[];
  /** Linux: where the kernel shows its devices. */
  sysFolder?: string | undefined;
  /** The system's list of serial ports. */
  listPorts?: (() => Promise<ListedPort[]>) | undefined;
}

/**
 * The debug probes of this computer, each with the serial ports of the same board. No tool is asked and no device is opened: a probe that is in
 * use is listed too. @throws Fault `transport.listFailed`.
 */
export async function listProbes(options: ListProbesOptions): Promise<Probe[]> {
  const { platform, boards, sysFolder = '/sys' } = options;
  const devices = platform === 'linux' ? await usbBySysfs(sysFolder) : undefined;
  return probesAmong(devices ?? usbByPorts(await ports(options), platform), boards);
}

async function ports({ listPorts = () => systemSerialDriver.list() }: ListProbesOptions): Promise<ListedPort[]> {
  try {
    return await listPorts();
  } catch (error) {
    throw new Fault('transport.listFailed', { reason: (error as Error).message }, { cause: error });
  }
}
