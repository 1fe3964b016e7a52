import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ToolLog } from '../../../src/main/flash/tool-log.ts';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'jb-tool-log-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('the log of a tool', () => {
  it('is written in order, in a folder that it makes, and takes nothing more once it is closed', async () => {
    const log = new ToolLog(join(folder, 'logs', 'a.log'));
    const lines = Array.from({ length: 2000 }, (_, index) => `line ${index}`);
    for (const line of lines) {
      log.add(line);
      if (line.endsWith('00')) await new Promise(setImmediate);
    }
    expect(await log.close()).toBe(log.path);
    log.add('too late');
    expect(readFileSync(log.path, 'utf8')).toBe(`${lines.join('\n')}\n`);
  });

  it('without a line is no file, unless there must be one', async () => {
    expect(await new ToolLog(join(folder, 'a.log')).close()).toBeUndefined();
    expect(readdirSync(folder)).toEqual([]);
    expect(await new ToolLog(join(folder, 'b.log')).close({ must: true })).toBe(join(folder, 'b.log'));
    expect(readFileSync(join(folder, 'b.log'), 'utf8')).toBe('');
  });

  it('that cannot be written says so at the end, not in the middle of a flashing', async () => {
    writeFileSync(join(folder, 'file'), '');
    const log = new ToolLog(join(folder, 'file', 'a.log'));
    log.add('one');
    await new Promise(setImmediate);
    log.add('two');
    await expect(log.close()).rejects.toThrow(expect.objectContaining({ code: expect.stringMatching(/^store\./) }));
  });

  it('keeps no more than 100,000 lines of a tool that repeats itself', async () => {
    const log = new ToolLog(join(folder, 'a.log'));
    for (let index = 0; index < 100_500; index += 1) log.add('x');
    await log.close();
    expect(readFileSync(log.path, 'utf8')).toHaveLength(200_000);
  });
});
