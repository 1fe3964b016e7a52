import type { FlashBoard, FlashToolState } from '../../shared/domain/flash-page.ts';
import { Fault, toFault } from '../../shared/fault/index.ts';
import { findBoard, readBoards } from '../bench/index.ts';
import type { Board } from '../bench/index.ts';
import { flashableBoard } from '../flash/index.ts';
import type { FlashTool } from '../flash/index.ts';
import type { Host } from '../host.ts';

/** The boards to choose from, each with the workloads that can be put onto it. */
export async function boardSummaries(host: Host): Promise<FlashBoard[]> {
  const boards = await readBoards(host.options.resourcesDir);
  return boards.map((board) => summary(host, board));
}

/** Which tools are on this computer and know the board. @throws Fault `bench.unknownBoard`, `flash.boardUnknownFlash`. */
export async function toolStates(
  host: Host,
  tools: readonly FlashTool[],
  boardId: string,
  signal: AbortSignal,
): Promise<FlashToolState[]> {
  const board = flashableBoard(await findBoard(host.options.resourcesDir, boardId));
  return Promise.all(
    tools.map(async (tool): Promise<FlashToolState> => {
      try {
        const { id, version, path } = await tool.find(undefined, signal);
        const refusal = tool.refusal({ id, version, path }, board);
        const fault =
          refusal && new Fault('flash.boardNotForTool', { board: board.title, tool: `${id} ${version}`, ...refusal });
        return { id, version, path, fault: fault?.toRecord() ?? null };
      } catch (error) {
        signal.throwIfAborted();
        return { id: tool.id, version: null, path: null, fault: toFault(error).toRecord() };
      }
    }),
  );
}

function summary({ catalogue, embedded }: Host, board: Board): FlashBoard {
  const { id, title, part, core, virtual, tried, supplyV, source, flash } = board;
  // Those that bring their model come first: nothing has to be named for them.
  const ids = [...embedded.map(({ workload }) => workload.id), ...catalogue.workloads.map((workload) => workload.id)];
  const known = [...new Set(ids)].filter((workload) => catalogue.find(workload).runnable);
  const fits = known.filter((workload) => board.workloads === 'all' || board.workloads.includes(workload));
  return {
    id,
    title,
    part: part && `${part.vendor} ${part.name}`,
    core,
    virtual,
    tried,
    supplyV,
    source,
    flashable: flash !== null,
    minTargetV: flash?.minTargetV ?? null,
    chipIdName: flash?.chipId?.name ?? null,
    workloads: fits.filter((workload) => board.firmwarePort !== null || Object.hasOwn(board.images, workload)),
  };
}
