import { VirtualDut, type DutFeed, type DutStep, type VirtualDutSettings } from './virtual-dut.ts';

/** The virtual DUT as its owner drives it: in line (an answer at once) or in a worker (a promise). */
export interface DutEngine {
  boot(cycle: number): DutStep | Promise<DutStep>;
  step(feed?: DutFeed): DutStep | Promise<DutStep>;
  /** Drops the DUT, also in the middle of a step. */
  close(): void;
}

/** Makes a freshly powered DUT. */
export type PowerUp = (settings: VirtualDutSettings) => DutEngine | Promise<DutEngine>;

/** Runs in the caller's thread: for tests and the command line, where nothing else has to stay responsive. */
export function inlineEngine(module: WebAssembly.Module): PowerUp {
  return (settings) => {
    const dut = new VirtualDut(module, settings);
    return {
      boot: (cycle) => dut.boot(cycle),
      step: (feed) => dut.step(feed),
      close: () => undefined,
    };
  };
}
