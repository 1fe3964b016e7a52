import { describe, expect, it } from 'vitest';
import { loadReportFonts, renderReport } from '../../../src/main/report/pdf/index.ts';
import type { SessionView } from '../../../src/main/report/view.ts';
import type { FlashRecord } from '../../../src/shared/domain/flash.ts';
import { flashStateSchema } from '../../../src/shared/domain/flash.ts';
import { createText } from '../../../src/shared/text/index.ts';
import { expectSoundReport, flatText } from '../../support/report/check-report.ts';
import { readPdf } from '../../support/report/pdf-reader.ts';
import { session } from '../../support/report/session.ts';

const fonts = loadReportFonts();

function record(changes: Partial<FlashRecord> = {}): FlashRecord {
  return {
    board: 'nucleo-l4r5zi',
    probeSerial: '0670FF303431434E43105A17',
    tool: { id: 'openocd', version: '0.12.0', path: '/usr/bin/openocd' },
    image: { name: 'kws.elf', format: 'elf', sha256: 'd'.repeat(64), bytes: 123_456 },
    confirmedSha256: 'e'.repeat(64),
    confirmedBytes: 123_460,
    chipId: 0x1000_6470,
    targetV: 3.27,
    state: 'verified',
    startedAt: '2026-05-12T14:01:00.000Z',
    endedAt: '2026-05-12T14:01:12.000Z',
    simulated: false,
    ...changes,
  };
}

function flashed(...flashes: FlashRecord[]): SessionView {
  const view = session();
  return { ...view, runs: view.runs.map((run, index) => ({ ...run, flash: flashes[index] ?? flashes[0] })) };
}

async function textOf(view: SessionView): Promise<string> {
  const pdf = readPdf(await renderReport(view, { text: createText(), paper: 'A4', fonts }));
  return flatText(pdf).replaceAll(/\s+/g, ' ');
}

describe('what was flashed, in the report', () => {
  it('stands in the appendix once, with every fact', async () => {
    const view = flashed(record());
    const text = await textOf(view);
    expect(text.split('Flashed onto nucleo-l4r5zi')).toHaveLength(2);
    for (const words of [
      'kws.elf, 123,456 bytes',
      'd'.repeat(64),
      'All 123,460 bytes were read back and compared.',
      'e'.repeat(64),
      'OpenOCD 0.12.0',
      '0670FF303431434E43105A17',
      '0x10006470',
      '3.27 V',
    ])
      expect(text).toContain(words);
    expect(text).not.toContain('SIMULATED: kws.elf');
    await expectSoundReport(view, fonts);
  });

  it.each(flashStateSchema.options)('tells %s, and what nobody read', async (state) => {
    const unread = { probeSerial: '', confirmedSha256: null, confirmedBytes: 0, chipId: null, targetV: null };
    const view = flashed(
      record({ ...unread, state, simulated: true, tool: { id: 'pyocd', version: '0.46.0', path: 'p' } }),
    );
    const text = await textOf(view);
    expect(text).toContain('SIMULATED: kws.elf');
    expect(text).toContain('pyOCD 0.46.0');
    expect(text).not.toContain('Confirmed SHA-256');
    await expectSoundReport(view, fonts);
  });

  it('stands there twice where two images were flashed, and not at all where none was', async () => {
    const two = await textOf(flashed(record(), record({ image: { ...record().image, sha256: 'f'.repeat(64) } })));
    expect(two.split('Flashed onto nucleo-l4r5zi')).toHaveLength(3);
    expect(await textOf(session())).not.toContain('Flashed onto');
  });
});
