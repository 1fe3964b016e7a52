import { describe, expect, it, vi } from 'vitest';
import { watchCrashes } from '../../../src/main/desktop/crashes.ts';
import { createLifeCycle } from '../../../src/main/desktop/life-cycle.ts';
import type { LifeCycle } from '../../../src/main/desktop/life-cycle.ts';
import { createQuitQuestion } from '../../../src/main/desktop/quit-question.ts';
import type { QuitDecision } from '../../../src/main/desktop/quit-question.ts';
import { createText } from '../../../src/shared/text/index.ts';
import { standInElectron } from '../../support/electron/index.ts';
import type { StandIn } from '../../support/electron/index.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { fakeHost } from '../api/fake-host.ts';
import type { FakeHost, FakeHostOptions } from '../api/fake-host.ts';

interface SetUp {
  electron: StandIn;
  host: FakeHost;
  lifeCycle: LifeCycle;
  /** Titles that were asked about. */
  asked: (readonly string[])[];
  remembered: string[];
}

function setUp(decision: QuitDecision | Promise<QuitDecision> = 'stay', options: FakeHostOptions = {}): SetUp {
  const electron = standInElectron();
  electron.app.makeReady();
  const host = fakeHost(options);
  const asked: (readonly string[])[] = [];
  const remembered: string[] = [];
  const window = new electron.parts.BrowserWindow({});
  const question = {
    ask: (titles: readonly string[]) => {
      asked.push(titles);
      return Promise.resolve(decision);
    },
    answer: () => undefined,
  };
  const lifeCycle = createLifeCycle({
    electron: electron.parts,
    host,
    question,
    window: () => window,
    remember: () => Promise.resolve(void remembered.push('window')),
  });
  lifeCycle.watch(window);
  return { electron, host, lifeCycle, asked, remembered };
}

const ended = (electron: StandIn): Promise<void> => vi.waitFor(() => expect(electron.app.ended).toBe(true));
const aWhile = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 10));

describe('quitting', () => {
  it.each([
    ['the menu', (electron: StandIn) => electron.app.quit()],
    ['the window’s button', (electron: StandIn) => electron.window().close()],
  ])('by %s shuts the host down first, without a question when nothing runs', async (_how, quit) => {
    const { electron, host, asked, remembered } = setUp();
    quit(electron);
    expect(electron.app.ended).toBe(false);
    await ended(electron);
    expect(host.events).toEqual(['shutdown 5']);
    expect([asked, remembered]).toEqual([[], ['window']]);
    expect(electron.app.windows.size).toBe(0);
  });

  it('while something runs asks once, and stays when told to', async () => {
    const { electron, host, asked } = setUp('stay');
    host.setRunning(true);
    electron.window().close();
    electron.app.quit();
    await aWhile();
    expect(asked).toEqual([['Keyword spotting']]);
    expect([electron.app.ended, electron.window().isDestroyed(), host.events]).toEqual([false, false, []]);
    electron.app.quit();
    await aWhile();
    expect(asked).toHaveLength(2);
  });

  it('stops now when told to', async () => {
    const { electron, host } = setUp('stop');
    host.setRunning(true);
    electron.app.quit();
    await ended(electron);
    expect(host.events).toEqual(['shutdown 5']);
  });

  it('lets the window under way come to its end when told to', async () => {
    let finish = (): void => undefined;
    const { electron, host } = setUp('finish', { finishWindow: () => new Promise((resolve) => (finish = resolve)) });
    host.setRunning(true);
    electron.app.quit();
    await vi.waitFor(() => expect(host.events).toEqual(['finishWindow']));
    expect(electron.app.ended).toBe(false);
    finish();
    await ended(electron);
    expect(host.events).toEqual(['finishWindow', 'shutdown 5']);
  });

  it('quits although the window could not be finished, or the shutdown failed', async () => {
    const { electron, host } = setUp('finish', {
      finishWindow: () => Promise.reject(new Error('unplugged')),
      shutdown: () => Promise.reject(new Error('no disk')),
    });
    host.setRunning(true);
    electron.app.quit();
    await ended(electron);
    expect(host.events).toEqual([
      'finishWindow',
      'warn desktop.finishFault',
      'shutdown 5',
      'error desktop.shutdownFault',
    ]);
  });

  it('at a signal asks nothing, and does not wait for the end of a window', async () => {
    let signal: AbortSignal | undefined;
    const { electron, host, lifeCycle, asked } = setUp('finish', {
      finishWindow: (given) =>
        new Promise((_resolve, reject) =>
          (signal = given).addEventListener('abort', () => reject(new Error('aborted'))),
        ),
    });
    host.setRunning(true);
    electron.app.quit();
    await vi.waitFor(() => expect(signal).toBeDefined());
    await lifeCycle.leave();
    expect(signal?.aborted).toBe(true);
    expect(electron.app.ended).toBe(true);
    expect(asked).toHaveLength(1);
    expect(host.events.filter((event) => event.startsWith('shutdown'))).toHaveLength(1);
  });

  it('shuts down once, however often it is asked', async () => {
    const { electron, host, lifeCycle } = setUp();
    electron.app.quit();
    electron.window().close();
    void lifeCycle.leave();
    electron.app.quit();
    await ended(electron);
    expect(host.events).toEqual(['shutdown 5']);
  });
});

describe('the system', () => {
  it('going down is held up until the instruments are safe, without a question', async () => {
    const { electron, host, asked } = setUp();
    host.setRunning(true);
    expect(electron.powerMonitor.shutDown()).toBe(true);
    await ended(electron);
    expect([host.events, asked]).toEqual([['shutdown 5'], []]);
  });

  it('going down on Windows is held up while something runs', async () => {
    const { electron, host } = setUp();
    let prevented = 0;
    const event = { preventDefault: () => (prevented += 1), reasons: ['shutdown'] };
    host.setRunning(true);
    electron.window().emit('query-session-end', event);
    electron.window().emit('session-end', event);
    await ended(electron);
    expect([prevented, host.events]).toEqual([1, ['shutdown 5']]);
  });

  it('going to sleep and waking up reach the host', () => {
    const { electron, host } = setUp();
    electron.powerMonitor.emit('suspend');
    electron.powerMonitor.emit('resume');
    expect(host.events).toEqual(['suspend', 'resume']);
  });

  it('is kept awake while something runs, and no longer', () => {
    const { electron, host } = setUp();
    host.setRunning(true);
    host.setRunning(true);
    expect([...electron.powerSaveBlocker.active.values()]).toEqual(['prevent-app-suspension']);
    host.setRunning(false);
    host.setRunning(false);
    expect(electron.powerSaveBlocker.active.size).toBe(0);
  });
});

describe('the question before quitting', () => {
  const open = (): {
    electron: StandIn;
    clock: ManualClock;
    question: ReturnType<typeof createQuitQuestion>;
    sent: unknown[];
  } => {
    const electron = standInElectron();
    electron.app.makeReady();
    const window = new electron.parts.BrowserWindow({});
    const clock = new ManualClock();
    const sent: unknown[] = [];
    electron.window().webContents.send = (channel, message) => void sent.push([channel, message]);
    const question = createQuitQuestion({
      dialog: electron.parts.dialog,
      window: () => window,
      clock,
      t: createText().t,
    });
    return { electron, clock, question, sent };
  };

  it('goes to the page, which may take its time once it has taken it', async () => {
    const { electron, clock, question, sent } = open();
    const decision = question.ask(['Run']);
    expect(sent).toEqual([['jb:page', { askQuit: { id: 1, titles: ['Run'] } }]]);
    question.answer(1, 'asking');
    await clock.advance(1000);
    question.answer(99, 'stop');
    question.answer(1, 'finish');
    expect(await decision).toBe('finish');
    question.answer(1, 'stop');
    expect(electron.dialog.asked).toEqual([]);
  });

  it('goes to the system’s dialog when the page does not take it', async () => {
    const { electron, clock, question } = open();
    electron.dialog.answers = [{ response: 2 }];
    const decision = question.ask(['Run A', 'Run B']);
    await clock.advance(2);
    expect(await decision).toBe('stop');
    const [asked] = electron.dialog.asked;
    expect(asked).toMatchObject({ kind: 'message', withWindow: true, options: { defaultId: 0, cancelId: 0 } });
    expect(asked?.options['message']).toContain('Run A, Run B');
    expect(asked?.options['buttons']).toHaveLength(3);
  });

  it('goes to the system’s dialog at once when the page has crashed, and an escape means stay', async () => {
    const { electron, question, sent } = open();
    electron.window().webContents.crashed = true;
    expect(await question.ask(['Run'])).toBe('stay');
    expect([sent, electron.dialog.asked.length]).toEqual([[], 1]);
  });
});

describe('crashes', () => {
  const open = (): { electron: StandIn; clock: ManualClock; log: string[]; loads: () => number } => {
    const electron = standInElectron();
    electron.app.makeReady();
    const window = new electron.parts.BrowserWindow({});
    const clock = new ManualClock();
    const log: string[] = [];
    let loads = 0;
    electron.window().webContents.on('did-start-navigation', () => (loads += 1));
    watchCrashes({
      electron: electron.parts,
      window: () => window,
      clock,
      log: (_level, event) => log.push(event),
      t: createText().t,
    });
    return { electron, clock, log, loads: () => loads };
  };

  it('load the page again once, the second within a minute asks', async () => {
    const { electron, clock, log, loads } = open();
    electron.window().webContents.crash('crashed');
    expect(loads()).toBe(1);
    await clock.advance(30);
    electron.window().webContents.crash('oom');
    await aWhile();
    expect(electron.dialog.asked).toHaveLength(1);
    expect(loads()).toBe(2);
    await clock.advance(61);
    electron.window().webContents.crash('killed');
    expect(electron.dialog.asked).toHaveLength(1);
    expect(log).toEqual(['desktop.pageGone', 'desktop.pageGone', 'desktop.pageGone']);
  });

  it('quit when told to', async () => {
    const { electron } = open();
    electron.dialog.answers = [{ response: 1 }];
    electron.window().webContents.crash('crashed');
    electron.window().webContents.crash('crashed');
    await vi.waitFor(() => expect(electron.app.ended).toBe(true));
  });

  it('are not what a page that ended by itself is', () => {
    const { electron, log, loads } = open();
    electron.window().webContents.crash('clean-exit');
    expect([loads(), log]).toEqual([0, []]);
  });

  it('of other processes are written down', () => {
    const { electron, log } = open();
    electron.app.emit('child-process-gone', {}, { type: 'GPU', reason: 'crashed', exitCode: 1 });
    expect(log).toEqual(['desktop.childGone']);
  });
});
