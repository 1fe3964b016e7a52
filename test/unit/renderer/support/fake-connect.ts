import { Fault } from '../../../../src/shared/fault/index.ts';
import { FakeHost } from './fake-host.ts';
import { heldBench, liveOperation, performanceRun } from './recorded.ts';

/**
 * Stands in for `src/renderer/client/connect.ts` when the page is looked at without a host
 * (`vite --config test/support/renderer/vite.config.ts`). `?scene=` chooses what the host says, `&theme=` the theme.
 */
export function connectHost(): FakeHost {
  const query = new URLSearchParams(location.search);
  const host = new FakeHost();
  const theme = query.get('theme');
  if (theme === 'light' || theme === 'dark') host.settings = { ...host.settings, theme };
  scenes[query.get('scene') ?? 'live']?.(host);
  return host;
}

const scenes: Record<string, (host: FakeHost) => void> = {
  live: (host) => void setInterval(() => host.advance(), 120),
  open: (host) => host.openBench(),
  performance: (host) => host.runAt(3),
  accuracy: (host) => host.runAt(120),
  starting: (host) => host.runAt(0),
  done: (host) => host.runAt(5 + 240),
  paused: (host) => {
    host.runAt(60);
    if (host.live) host.setLive({ ...host.live, operation: { ...host.live.operation, state: 'paused' } });
  },
  failed: (host) => {
    host.runAt(2, {
      runs: [performanceRun(2, { status: 'failed' })],
      operation: {
        ...liveOperation(2).operation,
        state: 'failed',
        fault: new Fault('internal.unexpected', { message: 'the line went dead' }).toRecord(),
      },
    });
  },
  held: (host) => {
    host.benches = [heldBench(), ...host.benches];
  },
  lost: (host) => {
    host.runAt(100);
    setTimeout(
      () => host.setConnection({ state: 'lost', attempt: 3, fault: new Fault('api.connectionLost', {}) }),
      300,
    );
  },
  missing: (host) => host.setConnection({ state: 'unavailable', fault: new Fault('app.bridgeMissing', {}) }),
  empty: (host) => {
    host.answers = { 'session.list': () => ({ rows: [], total: 0, all: 0, pending: 0 }), 'devices.list': () => [] };
  },
  refused: (host) => {
    host.openBench();
    host.answers = {
      'run.start': () => {
        throw new Fault('api.connectionLost', {});
      },
    };
  },
};
