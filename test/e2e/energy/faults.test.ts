import { beforeAll, describe, expect, it } from 'vitest';
import { createTrace } from '../../../src/main/trace/index.ts';
import { diskFiles } from '../../../src/main/trace/trace-files.ts';
import { kept, keptTrace, openLab, resume, start } from './bench.ts';
import { elsewhere, expectAsTold, expectOutcome, isPpk2, rowOf, rows, weigh } from './fault-case.ts';
import type { Edges, Ended } from './fault-case.ts';
import { cases } from './fault-cases.ts';

let edges: Edges = [];

beforeAll(async () => {
  const lab = await openLab();
  const { operation } = await start(lab);
  const { status, record } = await operation.done;
  expect(status).toBe('completed');
  expect(weigh(record.runs[0]?.judged?.judgement.findings ?? []).verdict).toBe('valid');
  edges = lab.bench.timestampEdgesS();
  expect(edges).toHaveLength(14);
});

describe('a fault of an energy run', () => {
  it('has a case for each outcome that the table names', () => {
    const named = rows
      .filter((row) => !elsewhere.includes(row.fault))
      .flatMap((row) => row.outcomes.map((_, k) => `${row.fault} ${k}`));
    expect(new Set(cases.map(({ fault, outcome = 0 }) => `${fault} ${outcome}`))).toEqual(new Set(named));
  });

  it.each(cases.filter((made) => !isPpk2(made)).map((made) => [made.fault, made.variant ?? '', made] as const))(
    '%s %s ends as the table says',
    (_fault, _variant, made) => expectAsTold(made, edges),
  );
});

describe('a full disk', () => {
  it('ends as the table says', async () => {
    const row = rowOf('disk full');
    let room = Infinity;
    const lab = await openLab({
      createRecorder: (path, header) =>
        createTrace(path, header, {
          files: {
            ...diskFiles,
            async create(target) {
              const file = await diskFiles.create(target);
              return {
                ...file,
                async append(bytes) {
                  if (bytes.length > room) throw Object.assign(new Error('no space left'), { code: 'ENOSPC' });
                  room -= bytes.length;
                  await file.append(bytes);
                },
                sync: () => file.sync(),
                close: () => file.close(),
              };
            },
          },
        }),
    });
    room = 80_000;
    const { operation } = await start(lab);
    const result = await operation.done;
    const ended: Ended = { result, folder: operation.folder, journal: await kept(operation.folder), lab };
    expectOutcome(row.outcome.slice(1, -1), ended, 0);
    expect(result.fault?.facts).toMatchObject({ reason: 'ENOSPC' });
    const trace = await keptTrace(operation.folder);
    expect([trace.problems, trace.closed]).toEqual([0, false]);
    expect(trace.samples).toBeGreaterThan(10_000);
    expect(lab.bench.monitor?.supplyOn).toBe(false);
    room = Infinity;
    const again = await (await resume(lab, operation.folder)).operation.done;
    expect(again.status).toBe('completed');
    expect((await keptTrace(operation.folder)).samples).toBe(trace.samples);
  });
});
