import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { buildImage, systemTools } from '../../../src/main/firmware/index.ts';
import { foldSession } from '../../../src/main/session/index.ts';
import { readSession } from '../../../src/main/store/index.ts';
import { flashAnswerSchema } from '../../../src/shared/domain/cli-json.ts';
import { runAnswerSchema } from '../../../src/shared/domain/run-json.ts';
import { cli, onlySession } from '../../support/cli.ts';
import { compileReference, firmwareDir, noQemuReason, referenceModels } from '../../support/firmware-count.ts';
import { flatText } from '../../support/report/check-report.ts';
import { readPdf } from '../../support/report/pdf-reader.ts';
import { FlashBench, noToolReason } from './bench.ts';

const qemu = { machine: 'netduinoplus2', uart: 'tcp' } as const;

function measured({ probe, home }: FlashBench): string[] {
  const uart = `tcp:127.0.0.1:${probe.uart?.port ?? 0}`;
  return ['--mode', 'accuracy', '--bench', uart, '--simulated', '--out', join(home, 'sessions')];
}

describe.each(['openocd', 'pyocd'] as const)('a board flashed with %s', (tool) => {
  const reason = noQemuReason ?? noToolReason[tool];
  if (reason) console.info(`from flash to report with ${tool}: ${reason}`);

  it.skipIf(reason)('boots, is measured, and the report says what was flashed', async () => {
    await FlashBench.with(
      async (bench) => {
        const { probe, home } = bench;
        const ran = await cli(bench.args(tool, ['--workload', 'demo01', ...measured(bench), '--json']), home);
        expect([ran.code, ran.err]).toEqual([0, expect.stringContaining('is in the flash')]);
        expect(runAnswerSchema.parse(JSON.parse(ran.out))).toMatchObject({
          simulated: true,
          runs: [{ mode: 'accuracy', correct: 218 }],
        });
        expect(await bench.state()).toMatchObject({ board: 'netduinoplus2', state: 'verified' });

        const session = onlySession(join(home, 'sessions'));
        const [run] = foldSession((await readSession(session)).entries)?.runs ?? [];
        const flash = run?.opened.flash;
        expect(flash).toMatchObject({
          board: 'netduinoplus2',
          tool: { id: tool },
          image: { name: 'netduinoplus2-demo01.elf', format: 'elf' },
          chipId: 0x1007_6413,
          targetV: tool === 'openocd' ? 3.3 : null,
          state: 'verified',
          simulated: true,
        });
        const log = readFileSync(join(session, 'flash.log'), 'utf8');
        // What was confirmed is what the flash holds, and what the machine booted with.
        const pieces = [...log.matchAll(/(?:dump_image back\.bin|savemem) (0x[0-9a-f]{8}) (\d+)/g)].map((match) => ({
          start: Number(match[1]) - probe.flashAddress,
          bytes: Number(match[2]),
        }));
        const sha256 = (content: Uint8Array): string => {
          const hash = createHash('sha256');
          for (const { start, bytes } of pieces) hash.update(content.subarray(start, start + bytes));
          return hash.digest('hex');
        };
        expect(pieces.reduce((sum, { bytes }) => sum + bytes, 0)).toBe(flash?.confirmedBytes);
        expect(sha256(probe.flash())).toBe(flash?.confirmedSha256);
        expect(sha256(probe.bootedWith()?.flash ?? Buffer.alloc(0))).toBe(flash?.confirmedSha256);
        expect(run?.opened.artefacts.firmware?.sha256).toBe(flash?.image.sha256);

        expect(log).toContain(tool === 'openocd' ? '> flash write_image' : '> pyocd load');
        expect(readFileSync(join(session, 'manifest.json'), 'utf8')).toContain('flash.log');
        const verified = await cli(['verify', session, '--json'], home);
        expect(JSON.parse(verified.out)).toMatchObject({ holds: true, problems: [] });

        const report = readdirSync(session).find((name) => name.endsWith('.pdf')) ?? '';
        const text = flatText(readPdf(readFileSync(join(session, report)))).replaceAll(/\s+/g, ' ');
        for (const words of [
          'Flashed onto netduinoplus2',
          'SIMULATED: netduinoplus2-demo01.elf',
          flash?.image.sha256 ?? '-',
          flash?.confirmedSha256 ?? '-',
          tool === 'openocd' ? 'OpenOCD 0.' : 'pyOCD 0.',
          '0x10076413',
          tool === 'openocd' ? '3.30 V' : 'voltage not read (pyOCD)',
        ])
          expect(text).toContain(words);
      },
      { qemu },
    );
  });
});

describe.skipIf(noQemuReason ?? noToolReason.openocd)('an image of another workload', () => {
  it('is flashed, and the run is refused by the name that the DUT gives', async () => {
    await FlashBench.with(
      async (bench) => {
        const { home } = bench;
        const other = join(home, 'other.elf');
        writeFileSync(other, await otherImage());
        const args = ['--image', other, '--workload', 'demo01', ...measured(bench), '--json'];
        const ran = await cli(bench.args('openocd', args), home);
        expect(ran.code).toBe(3);
        expect(ran.out).toContain('dut.wrongModel');
        expect(await bench.state()).toMatchObject({ state: 'verified', image: { name: 'other.elf' } });
        const session = foldSession((await readSession(onlySession(join(home, 'sessions')))).entries);
        expect(session?.runs[0]).toMatchObject({
          opened: { flash: { image: { name: 'other.elf' }, state: 'verified' } },
          closed: { fault: { code: 'dut.wrongModel' } },
        });
        expect(session?.runs[0]?.judged).toBeUndefined();
      },
      { qemu },
    );
  });
});

/** The demo model's firmware that calls itself the one of another workload. */
async function otherImage(): Promise<Uint8Array> {
  const [demo] = referenceModels();
  if (!demo) throw new Error('no demo model');
  const model = compileReference({ ...demo, workloadId: 'kws01' });
  const runOps = (): Int8Array[] => model.plan.ops.map((_, index) => Int8Array.of(index));
  const image = await buildImage({ firmwareDir, board: 'netduinoplus2', model, runOps, run: systemTools(process.env) });
  const elf = image.files.find(({ name }) => name === 'image.elf');
  if (!elf) throw new Error('no image');
  return elf.bytes;
}

describe.skipIf(noToolReason.openocd)('a damaged record of the last flashing', () => {
  it('is told as what it is, and gone once the board is flashed again', async () => {
    await FlashBench.with(async (bench) => {
      const image = bench.image(3096);
      await bench.flash('openocd', image);
      const [name = ''] = readdirSync(bench.stateFolder).filter((one) => one.endsWith('.json'));
      const path = join(bench.stateFolder, name);
      writeFileSync(path, readFileSync(path).subarray(0, 40));
      const ran = await bench.flash('openocd', image);
      const { stlinkPort, pyocdPort } = bench.probe;
      expect([ran.code, ran.err]).toEqual([0, expect.stringContaining('is not known, for the record')]);
      expect(ran.err).toContain(`behind probe remote:${stlinkPort}:${pyocdPort}`);
      expect(await bench.expectTruth()).toMatchObject({ state: 'verified' });
    });
  });
});

describe.each(['openocd', 'pyocd'] as const)('joulebench flash with %s and an image alone', (tool) => {
  it.skipIf(noToolReason[tool])('answers with the record and the place of the log', async () => {
    await FlashBench.with(async (bench) => {
      const image = bench.image(3096);
      const ran = await bench.flash(tool, image, ['--json']);
      expect(ran.code).toBe(0);
      const { record, log } = flashAnswerSchema.parse(JSON.parse(ran.out));
      expect(record).toMatchObject({
        image: { sha256: image.sha256, bytes: 3096, format: 'bin' },
        confirmedSha256: image.sha256,
        confirmedBytes: 3096,
        state: 'verified',
        simulated: true,
      });
      expect(readFileSync(log, 'utf8').length).toBeGreaterThan(100);
      expect(ran.err).toContain(log);
      expect(await bench.expectTruth()).toMatchObject({ state: 'verified' });
    });
  });
});
