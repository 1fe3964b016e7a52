import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { cli, scratch } from '../../support/cli.ts';

it('the command line speaks the language of the settings, and English where they cannot be read', async () => {
  const home = scratch();
  const config = join(home, 'home', 'config');
  mkdirSync(config, { recursive: true });
  const list = async (settings: string): Promise<string> => {
    writeFileSync(join(config, 'settings.json'), settings);
    return (await cli(['firmware', 'boards'], home)).out;
  };
  expect(await list('{"version":1,"language":"de"}')).toContain('(lief noch nie auf dem Board)');
  expect(await list('{"version":1}')).toContain('(never run on the board)');
  expect(await list('{"version":')).toContain('(never run on the board)');
});
