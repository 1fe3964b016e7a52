import { mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** A folder that looks as Linux shows its USB devices and serial ports. Its names hold colons: not for Windows. */
export class FakeSysfs {
  readonly folder: string;

  private constructor(folder: string) {
    this.folder = folder;
  }

  static async in(folder: string): Promise<FakeSysfs> {
    await mkdir(join(folder, 'bus/usb/devices'), { recursive: true });
    await mkdir(join(folder, 'class/tty/tty0'), { recursive: true });
    return new FakeSysfs(folder);
  }

  /** A device at a place such as `1-2/1-2.1`. @returns its folder. */
  async plugIn(place: string, attributes: Record<string, string>): Promise<string> {
    const folder = join(this.folder, 'devices/pci0000:00/usb1', place);
    await mkdir(folder, { recursive: true });
    for (const [name, value] of Object.entries(attributes)) await writeFile(join(folder, name), `${value}\n`);
    await symlink(folder, join(this.folder, 'bus/usb/devices', place.split('/').at(-1) ?? ''));
    return folder;
  }

  /** The serial port `name` at an interface of a device. */
  async port(device: string, interfaceName: string, name: string): Promise<void> {
    const folder = join(device, interfaceName);
    await mkdir(join(folder, 'tty', name), { recursive: true });
    await symlink(folder, join(folder, 'tty', name, 'device'));
    await symlink(join(folder, 'tty', name), join(this.folder, 'class/tty', name));
    await symlink(folder, join(this.folder, 'bus/usb/devices', interfaceName));
  }

  /** Takes a device away, with its ports. */
  async unplug(place: string, ports: readonly string[]): Promise<void> {
    await rm(join(this.folder, 'devices/pci0000:00/usb1', place), { recursive: true });
    await rm(join(this.folder, 'bus/usb/devices', place.split('/').at(-1) ?? ''));
    for (const name of ports) await rm(join(this.folder, 'class/tty', name));
  }
}
