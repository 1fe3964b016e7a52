import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import * as answers from '../../../src/shared/domain/cli-json.ts';
import { cli, scratch } from '../../support/cli.ts';

/** A published trace as small as one can be: three marks, 4 s at 1 kHz. */
function published(folder: string): { energy: Buffer; timestamps: string } {
  const energy = Buffer.alloc(5 + 4 * 4096);
  energy.writeUInt8(0xf1, 0);
  energy.writeFloatLE(1000, 1);
  for (let k = 0; k < 4096; k += 1) energy.writeFloatLE(60 + (k % 7), 5 + 4 * k);
  const timestamps = '[\n\t0.5,\n\t1.25,\n\t3.75\n]';
  writeFileSync(join(folder, 'trace1-energy.bin'), energy);
  writeFileSync(join(folder, 'trace1-timestamps.json'), timestamps);
  return { energy, timestamps };
}

describe('joulebench trace', () => {
  it('imports a published trace, sums it up and writes it again as it was', async () => {
    const home = scratch();
    const { energy, timestamps } = published(home);
    const trace = join(home, 'one.jbt');
    const imported = await cli(
      ['trace', 'import', join(home, 'trace1-energy.bin'), '--out', trace, '--voltage', '3', '--json'],
      home,
    );
    expect(imported.err).toBe('');
    expect(answers.traceImportAnswerSchema.parse(JSON.parse(imported.out))).toMatchObject({
      format: 'eembc',
      trace,
      samples: 4096,
      edges: 3,
      warnings: [],
    });

    const stats = await cli(['trace', 'stats', trace, '--window', '1', '--json'], home);
    const window = answers.traceStatsAnswerSchema.parse(JSON.parse(stats.out));
    expect(window).toMatchObject({ fromS: 1.25, toS: 3.75, count: 2500, simulated: false });
    const expected = Array.from({ length: 2500 }, (_, k) => 60 + ((k + 1250) % 7)).reduce((a, b) => a + b) * 1e-6;
    expect(window.energyJ).toBeCloseTo(expected, 12);
    expect(window.chargeC).toBeCloseTo(expected / 3, 12);

    const info = await cli(['trace', 'info', trace, '--check'], home);
    expect(info.code).toBe(0);
    expect(info.out).toContain('Every block can be read.');

    const out = await cli(
      ['trace', 'export', trace, '--format', 'eembc', '--number', '2', '--out', home, '--json'],
      home,
    );
    const { files } = answers.traceExportAnswerSchema.parse(JSON.parse(out.out));
    expect(readFileSync(files[0] ?? '').equals(energy)).toBe(true);
    expect(readFileSync(files[1] ?? '', 'utf8')).toBe(timestamps);
  });

  it('says in words and by its exit code what cannot be done', async () => {
    const home = scratch();
    const file = join(home, 'no.jbt');
    writeFileSync(file, 'time,current\n');
    const { code, err, out } = await cli(['trace', 'info', file], home);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain('is no trace of Joulebench');
  });
});
