import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'vitest';

/** Linux alone shows the environment of every process, by which those of one test are told from all others. */
export const noProcReason = existsSync('/proc/self/environ') ? undefined : 'only Linux shows whose process is whose';

interface Running {
  pid: number;
  kind: 'app' | 'guard' | 'tool';
}

/** Every process that was started, by whomever, for a test: the home of the app is in its environment. */
export function running(home: string): Running[] {
  const mark = `JOULEBENCH_HOME=${join(home, 'home')}`;
  return readdirSync('/proc').flatMap((name): Running[] => {
    if (!/^\d+$/.test(name)) return [];
    try {
      if (!readFileSync(`/proc/${name}/environ`, 'utf8').split('\0').includes(mark)) return [];
      const line = readFileSync(`/proc/${name}/cmdline`, 'utf8');
      if (line === '') return [];
      const kind = line.includes('--tool-guard=') ? 'guard' : line.includes('bin.mjs') ? 'app' : 'tool';
      return [{ pid: Number(name), kind }];
    } catch {
      // It ended in between.
      return [];
    }
  });
}

/** Waits until nobody is left; who still is after a while is named. */
export async function expectNobodyLeft(home: string): Promise<void> {
  const nobody: Running[] = [];
  let left = running(home);
  for (let tries = 0; left.length > 0 && tries < 300; tries += 1) {
    await pause(50);
    left = running(home);
  }
  expect(left).toEqual(nobody);
}
