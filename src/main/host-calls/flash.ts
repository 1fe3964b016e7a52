import type { HostContext, SomeCalls } from './context.ts';

/** Probes, boards and putting images onto them. */
export function flashCalls(context: HostContext) {
  const { flashings, ensureFree } = context;
  return {
    'probe.list': () => flashings.probes(),
    'flash.boards': async () => ({ boards: await flashings.boards(), left: await flashings.unfinished() }),
    'flash.tools': ({ board }, { signal }) => flashings.tools(board, signal),
    'flash.layout': (choice, { signal }) => flashings.preview(choice, signal),
    'flash.start': async (input) => {
      const benches = await flashings.benchesOf(input);
      benches.forEach(ensureFree);
      return flashings.start(input, benches);
    },
  } satisfies SomeCalls;
}
