import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { finished, startCli } from '../../support/cli.ts';
import { FlashBench, noToolReason } from './bench.ts';
import { expectNobodyLeft, noProcReason } from './running.ts';

const cases = [
  { tool: 'openocd', when: /looking for the tool/, states: ['untouched'] },
  { tool: 'openocd', when: /reading voltage/, states: ['untouched', 'partial'] },
  { tool: 'openocd', when: /erasing: 0 of/, states: ['partial'] },
  { tool: 'openocd', when: /programming: [1-9]/, states: ['partial'] },
  { tool: 'openocd', when: /reading back: 0 of/, states: ['partial'] },
  { tool: 'pyocd', when: /reading voltage/, states: ['untouched'] },
  { tool: 'pyocd', when: /programming: 0 of/, states: ['partial'] },
  { tool: 'pyocd', when: /reading back: 0 of/, states: ['partial'] },
] as const;

describe.each(['openocd', 'pyocd'] as const)('Ctrl+C once while %s works', (tool) => {
  const reason = noToolReason[tool] ?? noProcReason;
  if (reason) console.info(`cancelling with ${tool}: ${reason}`);

  it.skipIf(reason).each(cases.filter((one) => one.tool === tool))(
    'at $when ends in good order, and the truth is told',
    async ({ when, states }) => {
      await FlashBench.with(async (bench) => {
        const image = bench.image(150_000);
        const app = startCli(bench.imageArgs(tool, image, ['--json']), bench.home);
        const ended = finished(app);
        let said = '';
        app.stderr.on('data', (chunk: Buffer) => {
          const before = when.test(said);
          said += chunk.toString();
          if (!before && when.test(said)) app.kill('SIGINT');
        });
        const { code, out, err } = await ended;
        expect(code).toBe(130);
        expect(JSON.parse(out)).toMatchObject({ error: { code: expect.stringMatching(/cancel/i) } });
        expect(err).not.toContain('is in the flash');
        await expectNobodyLeft(bench.home);
        const state = await bench.expectTruth();
        expect(states).toContain(state?.state);
        expect(err.includes('was left partly programmed')).toBe(state?.state === 'partial');
        // What was done until then is in the log.
        const logs = join(bench.home, 'home', 'logs');
        if (state?.state === 'partial')
          expect(readFileSync(join(logs, readdirSync(logs)[0] ?? ''), 'utf8').length).toBeGreaterThan(0);
        // Nobody else holds the probe.
        const next = await bench.flash(tool, image);
        expect([next.code, (await bench.expectTruth())?.state]).toEqual([0, 'verified']);
      });
    },
  );
});
