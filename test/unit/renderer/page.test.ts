// @vitest-environment happy-dom
import { pages } from '../../../src/shared/domain/pages.ts';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Fault } from '../../../src/shared/fault/index.ts';
import { FakeHost } from './support/fake-host.ts';
import { openPage } from './support/page.ts';
import type { TestPage } from './support/page.ts';
import { heldBench, inputsTotal, liveOperation, operationId, performanceRun, sessionId } from './support/recorded.ts';

// happy-dom has no canvas; what the charts are given is tested with their options.
const drawn = vi.hoisted(() => ({ setOption: vi.fn(), dispose: vi.fn(), resize: vi.fn() }));
vi.mock('../../../src/renderer/charts/echarts.ts', () => ({ createChart: () => drawn }));

let page: TestPage;

/** Complaints of Vue, Reka UI and the page itself. */
let complaints: string[];

beforeEach(() => {
  vi.clearAllMocks();
  // The page asks whether the stored report is there.
  vi.stubGlobal('fetch', () => Promise.resolve({ ok: true }));
  complaints = [];
  const listen = (...parts: unknown[]): void => {
    complaints.push(parts.map(String).join(' '));
  };
  vi.spyOn(console, 'warn').mockImplementation(listen);
  vi.spyOn(console, 'error').mockImplementation(listen);
});

afterEach(() => {
  page.close();
  vi.unstubAllGlobals();
  vi.useRealTimers();
  expect(complaints).toEqual([]);
});

const calls = (name: string): unknown[] =>
  page.host.calls.filter((call) => call.name === name).map((call) => call.input);

describe('a newcomer', () => {
  it('gets from an empty bench to the report by clicks on controls that say what they do', async () => {
    page = await openPage('/');
    expect(page.text()).toContain('What will you work with?');
    await page.click('Open the virtual bench');
    expect(page.text()).toContain('SIMULATED');
    await page.click('Go to the demo run');
    await page.click(/^Start all three runs/);
    expect(calls('run.start')).toMatchObject([
      {
        benchId: 'virtual',
        workload: 'demo01',
        modes: ['performance', 'accuracy', 'energy'],
        energy: { monitor: 'lpm01a', ioManager: null },
      },
    ]);

    page.host.advance(3);
    await page.settle();
    expect(page.text()).toContain('Throughput per window');
    page.host.advance(100);
    await page.settle();
    expect(page.text()).toContain('Confusion matrix');
    page.host.advance(inputsTotal);
    await page.settle();
    expect(page.text()).toContain('The measurement is valid, with remarks.');
    expect(page.text()).toContain('215 of 240 inputs right');

    await page.click('Open the report');
    const preview = document.querySelector('iframe');
    expect(preview?.getAttribute('src')).toContain(`/session/${sessionId}/report.pdf`);
    expect(page.text()).toContain('Sign-off');
  });

  it('never sees a key instead of words', async () => {
    const host = new FakeHost();
    host.runAt(120);
    for (const path of ['/bench', '/run', '/calibrate', '/sessions', `/sessions/${sessionId}`, '/settings']) {
      page = await openPage(path, host);
      const named = [...document.querySelectorAll('[aria-label], [title]')].flatMap((one) => [
        one.getAttribute('aria-label') ?? '',
        one.getAttribute('title') ?? '',
      ]);
      expect([page.text(), ...named].join('\n')).not.toMatch(/\b(ui|term|doctor)\.[a-z]+(\.\w+)*\b/);
      if (path !== '/settings') page.close();
    }
  });
});

describe('a run under way', () => {
  it('is found and followed by a page that comes later', async () => {
    const host = new FakeHost();
    host.runAt(50);
    page = await openPage('/bench', host);
    expect(page.text()).toContain('Accuracy: measuring');
    expect(page.control('Stop')).toBeTruthy();
    await page.click(/^Run/);
    expect(page.text()).toContain('Last input');
  });

  it('started in another window is followed here', async () => {
    page = await openPage('/run');
    page.host.runAt(2);
    await page.settle();
    expect(page.text()).toContain('Performance: measuring');
    expect(operationId).toBe(page.host.live?.operation.id);
  });

  it('asks before it stops, and keeps running on the safe answer', async () => {
    const host = new FakeHost();
    host.runAt(50);
    page = await openPage('/run', host);
    await page.press('.', { ctrlKey: true });
    expect(page.text()).toContain('Stop this run?');
    await page.click('Keep running');
    expect(calls('operation.cancel')).toEqual([]);
    await page.click('Stop');
    const buttons = [...document.querySelectorAll<HTMLElement>('[role=alertdialog] button')];
    buttons.at(-1)?.click();
    await page.settle();
    expect(calls('operation.cancel')).toEqual([{ operationId }]);
    expect(page.text()).toContain('stopped. What was measured is kept.');
  });

  it('is paused and resumed', async () => {
    const host = new FakeHost();
    host.runAt(50);
    page = await openPage('/run', host);
    await page.click('Pause');
    expect(page.text()).toContain('paused. Nothing is lost');
    await page.click('Resume');
    expect(calls('operation.pause')).toHaveLength(1);
    expect(calls('operation.resume')).toHaveLength(1);
  });

  it('says what went wrong, what to try, and offers to go on', async () => {
    const host = new FakeHost();
    host.runAt(2, {
      runs: [performanceRun(2, { status: 'failed' })],
      operation: {
        ...liveOperation(2).operation,
        state: 'failed',
        fault: new Fault('internal.unexpected', { message: 'the line went dead' }).toRecord(),
      },
    });
    page = await openPage('/run', host);
    expect(page.text()).toContain('the line went dead');
    expect(page.text()).toContain('Likely causes');
    expect(page.control('Copy for support')).toBeTruthy();
    await page.click('Resume this run');
    expect(calls('session.resume')).toEqual([{ sessionId }]);
  });

  it('may be looked at step by step while it goes on', async () => {
    const host = new FakeHost();
    host.runAt(50);
    page = await openPage('/run', host);
    await page.click(/^Performance/);
    expect(page.text()).toContain('Throughput per window');
    page.host.advance();
    await page.settle();
    expect(page.text()).toContain('Throughput per window');
    await page.click('Follow: Accuracy');
    expect(page.text()).toContain('Confusion matrix');
  });

  it('disposes of its charts', async () => {
    const host = new FakeHost();
    host.runAt(3);
    page = await openPage('/run', host);
    expect(drawn.setOption).toHaveBeenCalled();
    await page.click('Sessions');
    expect(drawn.dispose).toHaveBeenCalledTimes(2);
  });

  it('says so when the host has been silent for long', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance'] });
    const host = new FakeHost();
    host.runAt(50);
    page = await openPage('/bench', host);
    vi.advanceTimersByTime(13_000);
    await page.settle();
    expect(page.text()).toMatch(/silent for 1\d/);
  });
});

describe('the bench', () => {
  it('names who holds an instrument, and starts nothing on it', async () => {
    const host = new FakeHost();
    host.benches = [heldBench(), ...host.benches];
    page = await openPage('/bench', host);
    expect(page.text()).toContain('joulebench run (process 4242 on bench-pc)');
    await page.click(/^Run/);
    expect(page.text()).toContain('The DUT is held by joulebench run');
  });

  it('shows the doctor and its one sentence', async () => {
    const host = new FakeHost();
    host.answers['doctor.run'] = ({ port }) => ({
      port,
      askedBaud: 115_200,
      steps: [{ kind: 'listen', baud: 115_200, outcome: 'silent', startS: 0, endS: 2, bytes: 0, text: '' }],
      diagnosis: { code: 'silent', facts: { port } },
      identity: null,
    });
    host.setDesk({ kind: 'real' });
    page = await openPage('/bench', host);
    await page.click('Examine /dev/ttyACM0 with the connection doctor');
    expect(page.text()).toContain('Nothing comes from /dev/ttyACM0 at any rate');
    expect(page.text()).toContain('nothing came');
  });

  it('shows a fault of an action until it is put away', async () => {
    const host = new FakeHost();
    host.answers['bench.open'] = () =>
      Promise.reject(new Fault('api.deadline', { procedure: 'bench.open', deadlineS: 30 }));
    page = await openPage('/bench', host);
    await page.click('Open the virtual bench');
    expect(document.querySelector('[role=alert]')?.textContent).toContain('Raw detail');
    await page.click('Dismiss');
    expect(document.querySelector('[role=alert]')).toBeNull();
  });
});

describe('the connection', () => {
  it('that is lost leaves the last state on the screen and says so', async () => {
    const host = new FakeHost();
    host.runAt(50);
    page = await openPage('/run', host);
    host.setConnection({ state: 'lost', attempt: 2, fault: new Fault('api.connectionLost', {}) });
    await page.settle();
    expect(page.text()).toContain('The connection to the host is lost');
    expect(page.text()).toContain('Confusion matrix');
    await page.click('Connect now');
    expect(page.text()).not.toContain('The connection to the host is lost');
  });

  it('that cannot be had is explained instead of an empty page', async () => {
    const host = new FakeHost();
    host.setConnection({ state: 'unavailable', fault: new Fault('app.bridgeMissing', {}) });
    page = await openPage('/run', host);
    expect(page.text()).toContain('What to try');
    expect(document.querySelector('nav')).toBeNull();
  });
});

describe('sessions', () => {
  it('are searched, verified and resumed', async () => {
    page = await openPage('/sessions');
    expect(page.text()).toContain('3 sessions');
    await page.click(`Verify session ${sessionId}`);
    expect(page.text()).toContain('Verified: every figure follows from the raw records.');
    await page.click('Close');
    const search = document.querySelector<HTMLInputElement>('input[type=search]');
    if (!search) throw new Error('no search');
    search.value = 'okafor';
    search.dispatchEvent(new Event('input'));
    await vi.waitFor(() => expect(page.text()).toContain('1 of 3 sessions'));
    expect(page.text()).not.toContain('NUCLEO-0017');
    search.value = 'nucleo';
    search.dispatchEvent(new Event('input'));
    await vi.waitFor(() => expect(page.text()).toContain('NUCLEO-0017'));
    await page.click('Resume');
    expect(calls('session.resume')).toEqual([{ sessionId: '2026-11-23T15-40-41Z-kws01-41c2' }]);
    expect(page.text()).toContain('Confusion matrix');
  });
});

describe('settings', () => {
  it('are kept at once, and the theme is put on', async () => {
    page = await openPage('/settings');
    document.querySelector<HTMLInputElement>('input[value=dark]')?.click();
    await page.settle();
    expect(calls('settings.set')).toEqual([{ theme: 'dark' }]);
    expect(document.documentElement.dataset['theme']).toBe('dark');
    expect(page.text()).toContain('Saved');
  });
});

describe('commands', () => {
  it('are listed under ? and run from the palette', async () => {
    page = await openPage('/bench');
    await page.press('?');
    expect(page.text()).toContain('Keyboard shortcuts');
    await page.click('Close');
    await page.press('k', { ctrlKey: true });
    const option = [...document.querySelectorAll<HTMLElement>('[role=option]')].find((one) =>
      one.textContent.includes('Open the virtual bench'),
    );
    option?.click();
    await page.settle();
    expect(calls('bench.open')).toEqual([{ benchId: 'virtual' }]);
  });

  it('leave a plain character to the field that is typed in', async () => {
    page = await openPage('/settings');
    const field = document.querySelector<HTMLInputElement>('input[type=text]');
    field?.dispatchEvent(new KeyboardEvent('keydown', { key: '?', bubbles: true }));
    await page.settle();
    expect(page.text()).not.toContain('Keyboard shortcuts');
  });

  it('go to pages by Alt and a digit', async () => {
    page = await openPage('/bench');
    const digit = (pages.indexOf('settings') + 1) % 10;
    await page.press(`${digit}`, { code: `Digit${digit}`, altKey: true });
    expect(page.text()).toContain('Paper of reports');
  });
});

describe('the desktop', () => {
  it('is asked for its dialogs, and its question before quitting is answered here', async () => {
    const confirmQuit = vi.fn(() => Promise.resolve({ ok: true as const, value: null }));
    const pickFolder = vi.fn(() => Promise.resolve({ ok: true as const, value: '/data/sessions' }));
    const refuse = () =>
      Promise.resolve({ ok: false as const, fault: { code: 'app.senderRefused', facts: { channel: 'x' } } });
    page = await openPage('/settings', new FakeHost(), {
      version: '1',
      platform: 'linux',
      connect: () => undefined,
      pathForFile: () => '',
      desktop: {
        confirmQuit,
        pickFolder,
        pickFile: refuse,
        saveAs: refuse,
        reveal: refuse,
        openReport: refuse,
        openLogs: refuse,
        installUpdate: refuse,
      },
    });
    await page.click('Choose …');
    expect(calls('settings.set')).toEqual([{ sessionsFolder: '/data/sessions' }]);

    const tell = (message: object): void =>
      void window.dispatchEvent(
        new MessageEvent('message', { data: { joulebench: message }, origin: location.origin, source: window }),
      );
    tell({ askQuit: { id: 7, titles: ['Keyword demo'] } });
    await page.settle();
    expect(page.text()).toContain('A run is under way: Keyword demo');
    await page.click('Finish this window, then quit');
    expect(confirmQuit.mock.calls).toEqual([
      [7, 'asking'],
      [7, 'finish'],
    ]);
    tell({ command: 'view.shortcuts' });
    await page.settle();
    expect(page.text()).toContain('Keyboard shortcuts');
  });
});

describe('operator mode', () => {
  it('leads from a closed page to the run and says why, until it is left', async () => {
    const host = new FakeHost();
    host.settings = { ...host.settings, mode: 'operator' };
    // The address of a page that was kept: the settings arrive after it is open.
    page = await openPage('/batch/recipes/new', host);
    expect(page.text()).toContain('That page is closed in operator mode.');
    const { $router: router } = page.app.config.globalProperties;
    expect(router.currentRoute.value.path).toBe('/run');
    for (const path of pages.filter((one) => !['bench', 'run', 'sessions', 'help'].includes(one))) {
      await router.push(`/${path}`);
      expect(router.currentRoute.value.path).toBe('/run');
    }
    await router.push(`/sessions/${sessionId}`);
    expect(router.currentRoute.value.path).toBe(`/sessions/${sessionId}`);
    expect(page.text()).not.toContain('Compare');
    await page.click('Leave operator mode');
    [...document.querySelectorAll<HTMLElement>('[role=alertdialog] button')].at(-1)?.click();
    await page.settle();
    await router.push('/flash');
    expect(router.currentRoute.value.path).toBe('/flash');
  });
});
