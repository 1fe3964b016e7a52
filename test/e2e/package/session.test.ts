import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runSettingsSchema } from '../../../src/shared/domain/run.ts';
import { energyRequestSchema } from '../../../src/shared/domain/energy-request.ts';
import { noPtyReason } from '../../rig/dut/index.ts';
import { scratch } from '../../support/cli.ts';
import { noDataReason } from '../../support/data.ts';
import { openLab, operator, writeInputs } from './bench.ts';

describe.skipIf(noDataReason ?? noPtyReason)('a package of a session', () => {
  it('x', async () => {
    const home = scratch();
    const host = await openLab(home);
    const t0 = Date.now();
    const { operation, bench } = await host.startRun({
      workload: 'kws01',
      modes: ['performance', 'accuracy', 'energy'],
      bench: 'tcp:127.0.0.1:1',
      operator,
      dutUnit: { serial: 'SN 7' },
      division: 'closed',
      datasetFolder: writeInputs(join(home, 'kws01')),
      energy: energyRequestSchema.parse({
        monitor: 'lpm01a:x',
        board: 'nucleo-l4r5zi',
        voltageV: 3,
        scope: { measured: ['SoC'], notMeasured: ['probe'], declaredBy: operator },
      }),
      settings: runSettingsSchema.parse({ verifyLoads: 'off', chunkBytes: 38, restS: 1 }),
      sessionsFolder: join(home, 'sessions'),
      useWorker: false,
    });
    operation.onChange?.(() => undefined);
    const { status, record } = await operation.done;
    console.log(status, Date.now() - t0, operation.folder);
    for (const run of record.runs) console.log(run.runId, run.opened.mode, run.status, JSON.stringify(run.judged?.findings?.filter((f) => f.outcome === 'failed')), JSON.stringify(run.problem ?? null));
    await bench.close();
  }, 120_000);
});
