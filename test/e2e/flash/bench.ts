import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { isLost, readFlashState } from '../../../src/main/flash/state-file.ts';
import type { FlashStateFile } from '../../../src/main/flash/state-file.ts';
import type { FlashToolId } from '../../../src/shared/domain/flash.ts';
import { openVirtualProbe } from '../../rig/probe/index.ts';
import type { VirtualProbe, VirtualProbeOptions } from '../../rig/probe/index.ts';
import { cli, scratch } from '../../support/cli.ts';
import type { CliResult } from '../../support/cli.ts';
import * as tools from '../probe/tools.ts';

export const noToolReason: Record<FlashToolId, string | undefined> = {
  openocd: tools.noOpenocdReason,
  pyocd: tools.noPyocdReason,
};

export interface Image {
  path: string;
  bytes: Buffer;
  sha256: string;
}

/** A board on a virtual probe, and a home of its own for the app that flashes it. */
export class FlashBench {
  readonly home = scratch();
  readonly probe: VirtualProbe;
  /** What the flash held before anybody touched it. */
  readonly before: Uint8Array;
  readonly #images = new Map<string, Image>();

  private constructor(probe: VirtualProbe) {
    this.probe = probe;
    this.before = probe.flash();
  }

  static async open(options: Partial<VirtualProbeOptions> = {}): Promise<FlashBench> {
    return new FlashBench(await openVirtualProbe({ chip: 'stm32f4', ...options }));
  }

  static async with<T>(
    action: (bench: FlashBench) => Promise<T>,
    options: Partial<VirtualProbeOptions> = {},
  ): Promise<T> {
    const bench = await FlashBench.open(options);
    try {
      return await action(bench);
    } finally {
      await bench.probe.close();
    }
  }

  /** A made-up image; another `seed`, other bytes. */
  image(bytes: number, seed = 0): Image {
    const content = tools.patternImage(this.probe.flashAddress, bytes).map((byte, at) => (at < 8 ? byte : byte ^ seed));
    const image = {
      path: join(this.home, `image-${bytes}-${seed}.bin`),
      bytes: Buffer.from(content),
      sha256: createHash('sha256').update(content).digest('hex'),
    };
    writeFileSync(image.path, image.bytes);
    this.#images.set(image.sha256, image);
    return image;
  }

  /** Arguments of `joulebench flash` for this board. */
  args(tool: FlashToolId, more: readonly string[], board = 'netduinoplus2'): string[] {
    const probe = `remote:${this.probe.stlinkPort}:${this.probe.pyocdPort}`;
    const path = tool === 'openocd' ? tools.openocdPath : tools.pyocdPath;
    return ['flash', '--board', board, '--probe', probe, '--tool', tool, `--${tool}`, path ?? tool, ...more];
  }

  imageArgs(tool: FlashToolId, image: Image, more: readonly string[] = []): string[] {
    const base = `0x${this.probe.flashAddress.toString(16)}`;
    return this.args(tool, ['--image', image.path, '--base', base, ...more]);
  }

  flash(tool: FlashToolId, image: Image, more: readonly string[] = []): Promise<CliResult> {
    return cli(this.imageArgs(tool, image, more), this.home);
  }

  get stateFolder(): string {
    return join(this.home, 'home', 'config', 'flashed');
  }

  async state(): Promise<FlashStateFile | undefined> {
    const serial = `remote:${this.probe.stlinkPort}:${this.probe.pyocdPort}`;
    const state = await readFlashState(this.stateFolder, serial);
    if (isLost(state)) throw new Error(`the state file is ${state.problem}`);
    return state;
  }

  /** Compares what is told on the disk with what the flash holds. */
  async expectTruth(): Promise<FlashStateFile | undefined> {
    const state = await this.state();
    const now = Buffer.from(this.probe.flash());
    const image = this.#images.get(state?.image.sha256 ?? '');
    switch (state?.state) {
      case undefined:
      case 'untouched':
        expect(now.equals(this.before)).toBe(true);
        break;
      case 'verified':
        expect(image?.bytes.equals(now.subarray(0, image.bytes.length))).toBe(true);
        expect([state.confirmedBytes, state.totalBytes]).toEqual([image?.bytes.length, image?.bytes.length]);
        break;
      case 'partial':
      case 'unknown':
        // What was confirmed stays so; of the rest nothing is claimed.
        expect(image?.bytes.subarray(0, state.confirmedBytes).equals(now.subarray(0, state.confirmedBytes))).toBe(true);
        expect(state.confirmedBytes).toBeLessThan(state.totalBytes);
        break;
    }
    return state;
  }
}
