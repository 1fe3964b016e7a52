import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { diagnosticsText } from '../../../src/main/host-services/diagnostics/index.ts';
import { redactor } from '../../../src/shared/redact/index.ts';
import type { Personal } from '../../../src/shared/redact/index.ts';
import { settingsSchema } from '../../../src/shared/domain/settings.ts';

const linux: Personal = {
  home: '/home/grace',
  user: 'grace',
  computer: 'lab-7.example',
  folders: { sessions: '/data/bench 2/sessions', logs: '/home/grace/.local/state/joulebench/logs' },
  people: ['Grace Hopper', 'Bo', ''],
};

describe('what is personal', () => {
  it.each([
    ['open /home/grace/x.tflite', 'open <home>/x.tflite'],
    ['/data/bench 2/sessions/s1/journal', '<sessions>/s1/journal'],
    ['/home/grace/.local/state/joulebench/logs/a.log', '<logs>/a.log'],
    ['measured by Grace Hopper on lab-7.example', 'measured by <person> on <computer>'],
    ['user GRACE', 'user <user>'],
    ['disgraceful progress', 'disgraceful progress'],
    ['Bo is too short to be told from a word', 'Bo is too short to be told from a word'],
  ])('%s', (text, expected) => {
    expect(redactor(linux)(text)).toBe(expected);
  });

  it('is found in Windows paths, plain, with slashes and as JSON writes them', () => {
    const windows: Personal = {
      home: 'C:\\Users\\Grace.H',
      user: 'Grace.H',
      computer: 'LAB-PC',
      folders: { sessions: 'D:\\Bench\\Sessions' },
      people: [],
    };
    const redact = redactor(windows);
    expect(redact('C:\\Users\\Grace.H\\a.txt')).toBe('<home>\\a.txt');
    expect(redact(JSON.stringify({ path: 'c:\\users\\grace.h\\a.txt' }))).toBe('{"path":"<home>\\\\a.txt"}');
    expect(redact('file:///C:/Users/Grace.H/a.txt')).toBe('file:///<home>/a.txt');
    expect(redact('d:/bench/sessions/s1 on lab-pc')).toBe('<sessions>/s1 on <computer>');
  });
});

describe('a bundle', () => {
  let logs: string;
  beforeEach(async () => {
    logs = await mkdtemp(join(tmpdir(), 'joulebench-test-'));
  });
  afterEach(() => rm(logs, { recursive: true, force: true }));

  const facts = {
    createdAt: '2026-11-24T10:00:00.000Z',
    app: { name: 'Joulebench', version: '1.2.3', carrier: 'browser' },
    runtime: { node: '24' },
    system: { platform: 'linux' },
    settings: settingsSchema.parse({ operator: 'Grace Hopper', sessionsFolder: '/data/bench 2/sessions' }),
    ports: [{ path: '/dev/ttyACM0', usb: { vendorId: '0483', productId: '374b', serial: '066AFF' } }],
    sessions: [
      {
        sessionId: '2026-11-24T09-12-05Z-kws01-grace-9f8e',
        folder: '/data/bench 2/sessions/2026-11-24T09-12-05Z-kws01-grace-9f8e',
        createdAt: '2026-11-24T09:12:05.000Z',
        operator: 'Grace Hopper',
        dutUnit: { serial: 'SECRET-UNIT' },
        simulated: false,
        state: 'closed' as const,
        runs: [{ runId: 'r1', workload: 'kws01', mode: 'accuracy', verdict: 'valid' }],
      },
    ],
    operations: [],
  };

  it('says what support needs and names neither people, units, serial numbers nor their folders', async () => {
    await writeFile(join(logs, 'serve.log'), '{"msg":"opened /home/grace/model.tflite"}\n');
    await writeFile(join(logs, 'notes.txt'), 'private');
    const text = await diagnosticsText(facts, logs, linux);
    expect(text).toContain('Joulebench 1.2.3');
    expect(text).toContain('kws01 accuracy valid');
    expect(text).toContain('0483:374b');
    expect(text).toContain('--- serve.log\n{"msg":"opened <home>/model.tflite"}');
    expect(text).not.toMatch(/grace|SECRET|066AFF|private|bench 2/i);
  });

  it('takes the end of a long log, in whole lines, and stands without any', async () => {
    const line = `${'x'.repeat(99)}\n`;
    await writeFile(join(logs, 'desktop.log'), line.repeat(10_000));
    const [, tail = ''] = (await diagnosticsText(facts, logs, linux)).split('--- desktop.log\n');
    expect(tail.length).toBeGreaterThan(200_000);
    expect(tail.length).toBeLessThan(310_000);
    expect(new Set(tail.trim().split('\n'))).toEqual(new Set(['x'.repeat(99)]));
    expect(await diagnosticsText(facts, join(logs, 'nowhere'), linux)).toContain('"sessionsInAll": 1');
  });
});
