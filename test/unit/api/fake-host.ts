import type { HostActivity, HostApi } from '../../../src/main/api/host-api.ts';
import { fakeHandlers } from '../contract/fake-handlers.ts';
import type { FakeParts } from '../contract/fake-handlers.ts';

export interface FakeHost extends HostApi {
  /** What happened, in order: `shutdown 5`, `suspend`, `finishWindow`, log events. */
  readonly events: string[];
  /** Changes what `busy()` says and tells the listeners. */
  setRunning(running: boolean): void;
}

export interface FakeHostOptions extends FakeParts {
  reports?: Record<string, string>;
  made?: Record<string, { path: string; mediaType: string; name: string }>;
  /** Resolves when the test lets the shutdown end. */
  shutdown?: (deadlineS: number) => Promise<void>;
  finishWindow?: (signal: AbortSignal) => Promise<void>;
}

export function fakeHost(options: FakeHostOptions = {}): FakeHost {
  const events: string[] = [];
  const listeners = new Set<(activity: HostActivity) => void>();
  let activity: HostActivity = { running: false, titles: [] };
  const reports = new Map(Object.entries(options.reports ?? {}));
  return {
    events,
    handlers: fakeHandlers(options),
    log: (level, event) => void events.push(`${level} ${event}`),
    busy: () => activity,
    onActivity(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    reportPath: (id) => Promise.resolve(reports.get(id)),
    madeFile: (id) => options.made?.[id],
    sessionFolder: (id) => Promise.resolve(reports.has(id) ? `/sessions/${id}` : undefined),
    async finishWindow(signal) {
      events.push('finishWindow');
      await options.finishWindow?.(signal);
    },
    suspend: () => Promise.resolve(void events.push('suspend')),
    resume: () => Promise.resolve(void events.push('resume')),
    async shutdown(deadlineS) {
      events.push(`shutdown ${deadlineS}`);
      await options.shutdown?.(deadlineS);
    },
    setRunning(running) {
      activity = { running, titles: running ? ['Keyword spotting'] : [] };
      for (const listener of listeners) listener(activity);
    },
  };
}
