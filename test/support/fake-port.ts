import type { Clock } from '../../src/shared/clock/index.ts';
import type { DutIdentity, InferReport, LoadReport } from '../../src/shared/domain/dut.ts';
import type { Fault } from '../../src/shared/fault/index.ts';
import type { DutPort } from '../../src/main/dut/index.ts';

/** Answers of a made-up DUT: every inference takes `inferenceS`, and its scores depend on the payload alone. */
export interface FakePortOptions {
  inferenceS?: number;
  classes?: number;
  model?: string;
  vendor?: string;
  /** Throws instead of answering; called before each infer with its running number from 1. */
  failInfer?: (n: number) => Fault | undefined;
}

export const testIdentity: DutIdentity = {
  name: 'dut',
  vendor: 'test',
  profile: 'test firmware',
  model: 'kws01',
  timestampMode: 'performance',
  bootLines: [],
  quirks: [],
};

/** A DUT port without bytes or lines, for tests of what stands above it. */
export function fakePort(
  clock: Clock & { advance?: (s: number) => void },
  options: FakePortOptions = {},
): DutPort & { infers: number } {
  const { inferenceS = 0.02, classes = 4 } = options;
  let loaded: Uint8Array = new Uint8Array();
  let lapUs = 1000;
  const scores = (): number[] => {
    const scored = Array.from({ length: classes }, (_, k) => ((loaded[k] ?? 0) % 97) / 97);
    return scored;
  };
  const port = {
    label: 'fake DUT',
    infers: 0,
    identify: (): Promise<DutIdentity> =>
      Promise.resolve({ ...testIdentity, model: options.model ?? 'kws01', vendor: options.vendor ?? 'test' }),
    load(payload: Uint8Array): Promise<LoadReport> {
      loaded = payload;
      const at = clock.nowS();
      return Promise.resolve({
        bytes: payload.length,
        chunkBytes: 31,
        commands: 2,
        attempts: 1,
        verified: 'off',
        startS: at,
        endS: at,
      });
    },
    infer(iterations: number, warmups: number): Promise<InferReport> {
      port.infers += 1;
      const fault = options.failInfer?.(port.infers);
      if (fault) return Promise.reject(fault);
      const start = lapUs;
      lapUs += Math.round(iterations * inferenceS * 1e6);
      const hostStartS = clock.nowS();
      clock.advance?.(iterations * inferenceS);
      return Promise.resolve({
        iterations,
        warmups,
        lapStartUs: start,
        lapEndUs: lapUs,
        stampCount: 2,
        dutElapsedS: (lapUs - start) / 1e6,
        hostStartS,
        hostEndS: hostStartS + iterations * inferenceS,
        results: scores(),
        lines: [],
        noiseLines: 0,
        warnings: [],
      });
    },
    timestamp: (): Promise<number> => Promise.resolve(lapUs),
    pulse: (): Promise<void> => Promise.resolve(),
    sleep: (): Promise<string | undefined> => Promise.resolve('e-[Unknown command: sleep]'),
    results: (): Promise<number[]> => Promise.resolve(scores()),
    resync: (): Promise<void> => Promise.resolve(),
    close: (): Promise<void> => Promise.resolve(),
  };
  return port;
}
