import type { Clock } from '../../shared/clock/index.ts';
import type { BoardFlash, FlashProgress, FlashState, FlashToolId } from '../../shared/domain/flash.ts';

/** Bytes of an image at their addresses, in order of address, without overlap. */
export interface FlashImage {
  name: string;
  format: 'elf' | 'hex' | 'bin';
  segments: readonly { address: number; bytes: Uint8Array }[];
  /** Of the file as it was read. */
  sha256: string;
}

/** What will be done, decided before anything is touched. */
export interface FlashPlan {
  /** Whole sectors, in order of address. */
  erase: readonly { address: number; bytes: number }[];
  /** Padded to the board's write unit. */
  program: readonly { address: number; bytes: Uint8Array }[];
  totalBytes: number;
}

/** Which probe a tool is to use, and how it is reached. */
export interface ProbeChoice {
  serial: string;
  kind: 'stlink' | 'cmsisDap' | 'jlink' | 'other';
  usb: { vendorId: string; productId: string } | null;
  /** Instead of USB: the virtual probe's ports on this computer. */
  remote?: { stlinkPort: number; pyocdPort: number } | undefined;
}

export interface FlashJob {
  board: { id: string; title: string; flash: BoardFlash };
  plan: FlashPlan;
  probe: ProbeChoice;
  /** Erases everything to unlock a locked device; only after the operator has confirmed it. */
  unlock?: boolean | undefined;
}

/** What a tool found and did. `state` is true whatever happened. */
export interface FlashOutcome {
  state: FlashState;
  chipId: number | null;
  targetV: number | null;
  /** Bytes read back and found right. */
  confirmedBytes: number;
}

export interface FlashContext {
  clock: Clock;
  signal: AbortSignal;
  onProgress: (progress: FlashProgress) => void;
  /** Every line that the tool prints or is told, in order. */
  onLog: (line: string) => void;
  /** Called before anything is erased and after each piece that is confirmed: goes to the disk before the next step. */
  onState: (state: FlashState, confirmedBytes: number) => Promise<void>;
  /** Folder for scripts and read-back files; the caller removes it. */
  scratch: string;
}

export interface FoundTool {
  id: FlashToolId;
  path: string;
  /** `0.12.0`, `0.46.0`. */
  version: string;
}

/**
 * A program that flashes. Rejects with faults of area `flash`; a fault that comes after the first erase carries the truth about the flash in
 * what `onState` was told last. An exit code of 0 proves nothing: only bytes that were read back count.
 */
export interface FlashTool {
  readonly id: FlashToolId;
  /** Finds it on PATH or at a configured path and asks its version. @throws Fault `flash.toolMissing`, `flash.toolTooOld`. */
  find(configuredPath: string | undefined, signal: AbortSignal): Promise<FoundTool>;
  /** Why this tool cannot flash this board with this version; undefined when it can. Asked before anything starts. */
  refusal(tool: FoundTool, board: FlashJob['board']): { reason: string; remedy: string } | undefined;
  /** Identify, erase, program, verify, reset. */
  flash(tool: FoundTool, job: FlashJob, context: FlashContext): Promise<FlashOutcome>;
  /** Halts and resets a target that an earlier attempt left in a loader. */
  recover(tool: FoundTool, job: Pick<FlashJob, 'board' | 'probe'>, context: FlashContext): Promise<void>;
}
