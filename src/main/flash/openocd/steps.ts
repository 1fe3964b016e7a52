import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { erasingSilenceS } from '../process/index.ts';
import { addressText, chunksOf, erasePieces, firstDifference, isRam, refuseChip, refuseVoltage } from '../tools.ts';
import type { FlashContext, FlashJob } from '../types.ts';
import type { CommandResult, OpenocdSession } from './session.ts';
import { openocdFault, targetVoltage } from './words.ts';
import type { WordsAbout } from './words.ts';

/** What the probe and the chip said of themselves. */
export interface Identity {
  chipId: number | null;
  targetV: number | null;
}

type About = Omit<WordsAbout, 'address'>;

/** The steps of a flashing in one running OpenOCD. */
export class OpenocdSteps {
  readonly #session: OpenocdSession;
  readonly #job: Pick<FlashJob, 'board' | 'probe'>;
  readonly #context: FlashContext;
  readonly #about: About;

  constructor(session: OpenocdSession, job: Pick<FlashJob, 'board' | 'probe'>, context: FlashContext, about: About) {
    this.#session = session;
    this.#job = job;
    this.#context = context;
    this.#about = about;
  }

  /** Connects, halts and asks the chip and the probe who they are; refuses what does not fit. Nothing is changed but that the core stands. */
  async identify({ unlocking }: { unlocking: string | undefined }): Promise<Identity> {
    const { flash } = this.#job.board;
    const init = await this.#session.command('init', erasingSilenceS);
    const targetV = targetVoltage(init.lines) ?? null;
    refuseVoltage(this.#job.board, targetV);
    const locked = openocdFault(init.lines, { ...this.#about, address: '' }).code === 'flash.deviceLocked';
    // A chip that is not locked is asked who it is first: then nothing of a wrong board is erased.
    if (unlocking !== undefined && locked) {
      await this.#context.onState('partial', 0);
      await this.#must(unlocking, '', erasingSilenceS);
    } else if (init.code !== 0) {
      throw openocdFault(init.lines, { ...this.#about, address: '' });
    }
    for (const command of flash.openocd?.prepare ?? []) await this.#must(command, '');
    this.#context.onProgress({ phase: 'identifying' });
    // A chip that could not be examined ends in 0 there; what was printed then explains why it cannot be halted now.
    const halted = await this.#session.command('reset halt');
    if (halted.code !== 0) throw openocdFault([...init.lines, ...halted.lines], { ...this.#about, address: '' });
    const chipId = flash.chipId ? await this.#read32(flash.chipId.address) : null;
    try {
      if (chipId !== null) refuseChip(this.#job.board, chipId);
    } catch (error) {
      // A stranger's board goes on with what it did.
      await this.#session.command('reset run');
      throw error;
    }
    return { chipId, targetV };
  }

  /** Erases the plan's sectors in pieces; the state goes to the disk before the first. */
  async erase(ranges: FlashJob['plan']['erase']): Promise<void> {
    await this.#context.onState('partial', 0);
    const pieces = erasePieces(ranges, this.#job.board.flash.memory);
    const totalBytes = pieces.reduce((sum, { bytes }) => sum + bytes, 0);
    let doneBytes = 0;
    this.#context.onProgress({ phase: 'erasing', doneBytes, totalBytes });
    for (const { address, bytes } of pieces) {
      const at = addressText(address);
      await this.#must(`flash erase_address pad ${at} ${bytes}`, at, erasingSilenceS, /erased address/);
      doneBytes += bytes;
      this.#context.onProgress({ phase: 'erasing', doneBytes, totalBytes });
    }
  }

  async program(segments: FlashJob['plan']['program'], totalBytes: number): Promise<void> {
    let doneBytes = 0;
    this.#context.onProgress({ phase: 'programming', doneBytes, totalBytes });
    for (const { address, bytes } of chunksOf(segments)) {
      const at = addressText(address);
      await this.#withFile('chunk.bin', bytes, async () => {
        const ram = isRam(address, this.#job.board.flash.memory);
        const done = ram
          ? await this.#must(`load_image chunk.bin ${at} bin`, at)
          : await this.#must(`flash write_image chunk.bin ${at} bin`, at);
        // An address without flash is skipped with a warning and a code of 0.
        const written = Number(/(?:wrote|downloaded) (\d+) bytes/.exec(done.text)?.[1] ?? -1);
        if (written < bytes.length) throw openocdFault(done.lines, { ...this.#about, address: at });
      });
      doneBytes += bytes.length;
      this.#context.onProgress({ phase: 'programming', doneBytes, totalBytes });
    }
  }

  /** Reads everything back and compares it here, byte by byte; then lets OpenOCD compare too. Tells each piece that is confirmed. */
  async verify(segments: FlashJob['plan']['program'], totalBytes: number): Promise<number> {
    let confirmed = 0;
    this.#context.onProgress({ phase: 'verifying', doneBytes: 0, totalBytes });
    for (const { address, bytes } of chunksOf(segments)) {
      const at = addressText(address);
      const path = join(this.#context.scratch, 'back.bin');
      await rm(path, { force: true });
      const dumped = await this.#must(`dump_image back.bin ${at} ${bytes.length}`, at);
      const found = await readFile(path).catch(() => new Uint8Array());
      if (found.length !== bytes.length) throw openocdFault(dumped.lines, { ...this.#about, address: at });
      const mismatch = firstDifference(this.#job.board, address, bytes, found);
      if (mismatch) throw mismatch;
      await this.#withFile('chunk.bin', bytes, () =>
        this.#must(`verify_image chunk.bin ${at} bin`, at, undefined, /verified \d+ bytes/),
      );
      confirmed += bytes.length;
      await this.#context.onState(confirmed === totalBytes ? 'verified' : 'partial', confirmed);
      this.#context.onProgress({ phase: 'verifying', doneBytes: confirmed, totalBytes });
    }
    return confirmed;
  }

  async run(): Promise<void> {
    this.#context.onProgress({ phase: 'resetting' });
    await this.#must('reset run', '');
  }

  /**
   * One command that has to go well, and whose reply has to say `proof` where an error hides behind a code of 0. Only the reply proves anything:
   * the echo of the command before may stand among the lines.
   */
  async #must(command: string, address: string, limitS?: number, proof?: RegExp): Promise<CommandResult> {
    const result = await this.#session.command(command, limitS);
    if (result.code !== 0 || (proof && !proof.test(result.text)))
      throw openocdFault(result.lines, { ...this.#about, address });
    return result;
  }

  async #read32(address: number): Promise<number> {
    const { lines, text } = await this.#must(`read_memory ${addressText(address)} 32 1`, addressText(address));
    const value = /^0x[0-9a-f]{1,8}$/i.exec(text)?.[0];
    if (value === undefined) throw openocdFault(lines, { ...this.#about, address: addressText(address) });
    return Number(value);
  }

  async #withFile(name: string, bytes: Uint8Array, work: () => Promise<unknown>): Promise<void> {
    await writeFile(join(this.#context.scratch, name), bytes);
    await work();
  }
}

/** The command that unlocks a target, by erasing everything on it; undefined where none is known. */
export function unlockCommand(target: string): string | undefined {
  if (/(?:^|\/)nrf52/.test(target)) return 'nrf52_recover';
  return undefined;
}
