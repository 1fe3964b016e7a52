import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MadeFiles } from '../../../src/main/host-services/made-files.ts';
import { SystemForms } from '../../../src/main/host-services/system-forms.ts';
import { resourcesDir } from '../../../src/main/places.ts';
import { systemDescriptionSchema, systemNameSchema } from '../../../src/shared/domain/system-description.ts';
import { madeDescription } from '../../support/audit/system-description.ts';

let config: string;
let systems: SystemForms;
beforeEach(() => {
  config = mkdtempSync(join(tmpdir(), 'jb-systems-'));
  systems = new SystemForms({
    config,
    resourcesDir: resourcesDir(),
    compiler: () => Promise.resolve('arm-none-eabi-gcc 12.2.1'),
  });
});
afterEach(() => rmSync(config, { recursive: true, force: true }));

const fields = (changes: Record<string, string> = {}) => systemDescriptionSchema.parse(madeDescription(changes));
const kept = (): string[] => readdirSync(join(config, 'systems')).sort();
const text = (value: unknown): string => JSON.stringify(value);

describe('kept system descriptions', () => {
  it('are the files that the command line takes, incomplete ones too', async () => {
    expect(await systems.list()).toEqual({ systems: [], problems: [] });
    await systems.save('Board-1', fields({ 'SoC Name': '' }), null);
    expect(kept()).toEqual(['Board-1.json']);
    expect(JSON.parse(readFileSync(join(config, 'systems/Board-1.json'), 'utf8'))).toEqual(fields({ 'SoC Name': '' }));
    expect((await systems.list()).systems).toEqual([
      { name: 'Board-1', submitter: 'Org', board: 'NUCLEO', division: 'closed', status: 'available', problems: 1 },
    ]);
  });

  it('are never overwritten by another one, whatever its capitals', async () => {
    await systems.save('Board', fields(), null);
    await expect(systems.save('board', fields({ Submitter: 'X' }), null)).rejects.toMatchObject({
      code: 'package.nameTaken',
    });
    await systems.save('Other', fields(), null);
    await expect(systems.save('Board', fields(), 'Other')).rejects.toMatchObject({ code: 'package.nameTaken' });
    expect((await systems.get('Board')).fields.Submitter).toBe('Org');
    expect(kept()).toEqual(['Board.json', 'Other.json']);
  });

  it('are renamed, also to another spelling of the same name', async () => {
    await systems.save('Board', fields(), null);
    await systems.save('Board-2', fields({ Submitter: 'New' }), 'Board');
    expect(kept()).toEqual(['Board-2.json']);
    await systems.save('BOARD-2', fields({ Submitter: 'Newer' }), 'Board-2');
    expect(kept()).toEqual(['BOARD-2.json']);
    expect((await systems.get('BOARD-2')).fields.Submitter).toBe('Newer');
    await expect(systems.save('x', fields(), 'gone')).rejects.toMatchObject({ code: 'package.noSystem' });
    await expect(systems.save('../x', fields(), null)).rejects.toMatchObject({ code: 'package.badName' });
    expect(kept()).toEqual(['BOARD-2.json']);
  });

  it('come back after they were deleted, as they were', async () => {
    mkdirSync(join(config, 'systems'));
    writeFileSync(join(config, 'systems/Broken.json'), '{"Submitter": "Org",');
    const { problems, systems: sound } = await systems.list();
    expect(sound).toEqual([]);
    expect(problems).toMatchObject([{ file: 'Broken.json', fault: { code: 'package.notJson' } }]);
    await systems.remove('Broken');
    expect(await systems.list()).toEqual({ systems: [], problems: [] });
    await systems.restore('Broken');
    expect(readFileSync(join(config, 'systems/Broken.json'), 'utf8')).toBe('{"Submitter": "Org",');
    await systems.remove('Broken');
    await systems.save('Broken', fields(), null);
    await expect(systems.restore('Broken')).rejects.toMatchObject({ code: 'package.nameTaken' });
    expect((await systems.get('Broken')).fields.Submitter).toBe('Org');
  });

  it('are offered as files', async () => {
    await systems.save('Board', fields(), null);
    const files = new MadeFiles();
    const file = await systems.export('Board', files);
    expect(file.name).toBe('Board.json');
    expect(JSON.parse(readFileSync(files.find(file.fileId)?.path ?? '', 'utf8'))).toEqual(fields());
    await files.close();
  });
});

describe('an imported description', () => {
  it('keeps what fits and names what does not', async () => {
    const { 'Operating System ': _os, ...rest } = madeDescription();
    const given = {
      ...rest,
      'operating  system': 'FreeRTOS',
      system_type: 'edge',
      Accelerator: { a: 1 },
      'Other Software': 5,
    };
    const read = await systems.add('My board (rev 2).json', text(given));
    expect(read.name).toBe('My-board-rev-2');
    expect(read.fields).toMatchObject({ 'Operating System ': 'FreeRTOS', 'Other Software': '5', Accelerator: '' });
    expect(read.leftOut).toEqual([
      { key: 'Accelerator', value: '{"a":1}' },
      { key: 'system_type', value: 'edge' },
    ]);
    expect((await systems.get('My-board-rev-2')).fields).toEqual(read.fields);
  });

  it('stands beside another one of its name, and is not doubled', async () => {
    await systems.add('Board.json', text(madeDescription()));
    expect((await systems.add('board.json', text(madeDescription()))).name).toBe('Board');
    expect(kept()).toEqual(['Board.json']);
    expect((await systems.add('Board.json', text(madeDescription({ Submitter: 'B' })))).name).toBe('Board-2');
    expect((await systems.add('Board.json', text(madeDescription({ Submitter: 'C' })))).name).toBe('Board-3');
    expect((await systems.get('Board')).fields.Submitter).toBe('Org');
  });

  it.each([
    ['cut', '{"Submitter": "Org",', 'package.notJson'],
    ['nested deep', `{"a":${'['.repeat(5000)}${']'.repeat(5000)}}`, 'package.notJson'],
    ['empty', '', 'package.notJson'],
    ['a list', '[]', 'package.notADescription'],
    ['a number', '5', 'package.notADescription'],
    ['another object', '{"name": "x", "__proto__": {"Submitter": "x"}}', 'package.notADescription'],
    ['one with a key twice', '{"Submitter": "A", "Status": "rdi", "Submitter": "B"}', 'package.duplicateKeys'],
  ])('that is %s is refused, and nothing is kept', async (_name, content, code) => {
    await expect(systems.add('Board.json', content)).rejects.toMatchObject({ code });
    expect(await systems.list()).toEqual({ systems: [], problems: [] });
  });

  it.each(['con.json', '..json', '.json', '../../etc.json', 'ä.json', `${'x'.repeat(240)}.json`, 'a..json'])(
    'of the file %s gets a name that every platform takes',
    async (file) => {
      const { name } = await systems.add(file, text(madeDescription()));
      expect(systemNameSchema.safeParse(name).success).toBe(true);
      expect(kept()).toEqual([`${name}.json`]);
    },
  );
});

describe('a new description', () => {
  it('has what the board catalogue and the compiler know, and nothing of a virtual board', async () => {
    const { fields: known } = await systems.proposal('nucleo-l4r5zi');
    expect(known).toMatchObject({
      'Board Name': 'NUCLEO-L4R5ZI',
      'SoC Name': 'STMicroelectronics STM32L4R5ZI',
      'Processor(s) Name': 'Arm Cortex-M4F',
      'General Compiler(s)': 'arm-none-eabi-gcc 12.2.1',
      Submitter: '',
    });
    expect(known['Hardware Notes']).toMatch(/^Supplied with 3 V; .*1\.71 V to 3\.6 V/);
    expect(Object.values((await systems.proposal('virtual')).fields).join('')).toBe('');
    expect(Object.values((await systems.proposal(null)).fields).join('')).toBe('');
    await expect(systems.proposal('nobody')).rejects.toMatchObject({ code: 'bench.unknownBoard' });
  });
});
