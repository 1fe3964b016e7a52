import { z } from 'zod';
import { fault } from './define.ts';

export const runnerFaults = {
  'runner.differentInputs': fault('usage', z.object({ runId: z.string() })),
  'runner.differentModel': fault('usage', z.object({ runId: z.string() })),
  'runner.modelNeeded': fault('usage', z.object({ workload: z.string() })),
  'runner.datasetNeeded': fault('usage', z.object({ workload: z.string() })),
  'runner.modeUnknown': fault('usage', z.object({ mode: z.string(), known: z.array(z.string()) })),
  'runner.modelUnreadable': fault('usage', z.object({ path: z.string(), reason: z.string() })),
  'runner.simulatedDut': fault('usage', z.object({ port: z.string(), vendor: z.string() })),
  'runner.differentBench': fault('usage', z.object({ sessionId: z.string() })),
  'runner.differentMonitor': fault('usage', z.object({ runId: z.string(), before: z.string(), now: z.string() })),
  'runner.noRetry': fault('usage', z.object({ runId: z.string(), window: z.number() })),
  /** It stood paused with the supply on, and nobody was there. */
  'runner.unattended': fault('usage', z.object({ waitedS: z.number() })),
  'runner.notUnderWay': fault('usage', z.object({ sessionId: z.string() })),
} as const;
