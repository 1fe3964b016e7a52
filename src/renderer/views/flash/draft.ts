import { reactive } from 'vue';
import type { CallInput } from '../../../shared/contract/index.ts';
import type { FlashBoard, FlashToolState } from '../../../shared/domain/flash-page.ts';
import type { FlashToolId, Probe } from '../../../shared/domain/flash.ts';

/** What is chosen for the next flashing. */
export interface FlashDraft {
  board: string;
  kind: 'workload' | 'file';
  workload: string;
  modelFile: string;
  imageFile: string;
  /** As it was typed. */
  base: string;
  /** Serial of the chosen probe; empty until one was chosen. */
  probe: string;
  /** Instead: `remote:STLINKPORT:PYOCDPORT`. */
  remote: string;
  benchId: string;
  /** Empty: the first that is ready. */
  tool: FlashToolId | '';
}

export function freshFlashDraft(): FlashDraft {
  return reactive({
    board: '',
    kind: 'workload',
    workload: '',
    modelFile: '',
    imageFile: '',
    base: '',
    probe: '',
    remote: '',
    benchId: '',
    tool: '',
  });
}

export type ProbePlace = 'onThis' | 'onOther' | 'onNone';

export function probePlace({ boards }: Probe, board: string): ProbePlace {
  if (boards.includes(board)) return 'onThis';
  return boards.length > 0 ? 'onOther' : 'onNone';
}

/** The probe that is used without being chosen: the one on the board itself, else the only one that is on no board. Never one of several. */
export function onlyProbe(probes: readonly Probe[], board: string): Probe | undefined {
  const placed = (place: ProbePlace): Probe[] => probes.filter((probe) => probePlace(probe, board) === place);
  const candidates = placed('onThis').length > 0 ? placed('onThis') : placed('onNone');
  return candidates.length === 1 ? candidates[0] : undefined;
}

/** The probe that this computer remembers for its bench, where it is attached and not on another board than the one that is meant. */
export function benchProbe(probes: readonly Probe[], remembered: string | undefined, board: string): Probe | undefined {
  const found = probes.find(({ serial }) => serial !== '' && serial === remembered);
  return found && probePlace(found, board) !== 'onOther' ? found : undefined;
}

/**
 * The chosen probe as the host wants it named; undefined: nothing is chosen yet. `remembered`: serial of the bench's probe, which
 * stands in for a choice that nobody made.
 */
export function chosenProbe(draft: FlashDraft, probes: readonly Probe[], remembered?: string): string | undefined {
  const remote = draft.remote.trim();
  if (remote !== '') return isRemote(remote) ? remote : undefined;
  const chosen =
    probes.find(({ serial }) => serial !== '' && serial === draft.probe) ??
    benchProbe(probes, remembered, draft.board) ??
    onlyProbe(probes, draft.board);
  return chosen && chosen.serial !== '' ? chosen.serial : undefined;
}

/** Whether a probe is only taken from memory while others are attached as well: it has to be confirmed before anything is erased. */
export function needsConfirming(draft: FlashDraft, probes: readonly Probe[], remembered: string | undefined): boolean {
  const chosen = chosenProbe(draft, probes, remembered);
  if (chosen === undefined || isRemote(chosen) || chosen === draft.probe || probes.length < 2) return false;
  return chosen !== onlyProbe(probes, draft.board)?.serial;
}

export function isRemote(text: string): boolean {
  return /^remote:\d{1,5}:\d{1,5}$/.test(text.trim());
}

export function isBench(text: string): boolean {
  return /^(tcp:[^:\s]+:\d{1,5}|serial:\S+)$/.test(text.trim());
}

/** `0x08000000` or decimal; undefined for an empty field, NaN for what is no address. */
export function addressOf(text: string): number | undefined {
  const trimmed = text.trim();
  if (trimmed === '') return undefined;
  const address = /^(0x[0-9a-f]{1,8}|\d{1,10})$/i.test(trimmed) ? Number(trimmed) : Number.NaN;
  return address <= 0xffffffff ? address : Number.NaN;
}

/** What is to be laid out; undefined while it is not said completely. */
export function layoutInput(
  draft: FlashDraft,
  board: FlashBoard | undefined,
  needsModel: boolean,
): CallInput<'flash.layout'> | undefined {
  if (!board?.flashable) return undefined;
  if (draft.kind === 'file') {
    const imageFile = draft.imageFile.trim();
    const baseAddress = addressOf(draft.base);
    if (imageFile === '' || Number.isNaN(baseAddress)) return undefined;
    return { board: board.id, imageFile, ...(baseAddress === undefined ? {} : { baseAddress }) };
  }
  const workload = chosenWorkload(draft, board);
  const modelFile = draft.modelFile.trim();
  if (workload === undefined || (needsModel && modelFile === '')) return undefined;
  return { board: board.id, workload, ...(needsModel ? { modelFile } : {}) };
}

export function chosenWorkload({ workload }: Pick<FlashDraft, 'workload'>, board: FlashBoard): string | undefined {
  return board.workloads.includes(workload) ? workload : board.workloads[0];
}

/** Whether the chosen tool, or any where none is chosen, can flash the board. */
export function toolReady(tool: FlashDraft['tool'], tools: readonly FlashToolState[]): boolean {
  return tools.some(({ id, fault }) => fault === null && (tool === '' || id === tool));
}

/** A board's name without what stands in brackets behind it. */
export function shortName(title: string): string {
  return title.replace(/\s*\(.*$/, '').trim() || title;
}
