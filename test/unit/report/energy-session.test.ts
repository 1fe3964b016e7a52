import { describe, expect, it } from 'vitest';
import { sessionView } from '../../../src/main/report/index.ts';
import { loadReportFonts } from '../../../src/main/report/pdf/index.ts';
import { writeRunFiles } from '../../../src/main/report/files/index.ts';
import { foldSession } from '../../../src/main/session/index.ts';
import type { JournalEntry, JournalRecord, Outcome, Step } from '../../../src/shared/domain/journal.ts';
import { energySetup, gainCertificate, traceColumns, traceSummary, zoomColumns } from '../../support/report/energy.ts';
import { energyRun, session } from '../../support/report/session.ts';
import { expectSoundReport } from '../../support/report/check-report.ts';
import { officialValue } from '../../support/report/published.ts';

const made = session();
const shape = energyRun();

/** A journal of an energy run whose sleep the DUT does not know; without a trace where `trace` is false. */
function journal(trace = true): JournalEntry[] {
  const runId = 'r3';
  const records: JournalRecord[] = [
    {
      type: 'session.opened',
      format: 2,
      sessionId: made.sessionId,
      app: made.app,
      operator: made.operator,
      dutUnit: made.dutUnit,
      bench: made.bench,
      division: made.division,
      certificates: [],
    },
    {
      type: 'run.opened',
      runId,
      workload: shape.workload,
      mode: 'energy',
      settings: shape.settings,
      artefacts: shape.artefacts,
      inputSet: shape.inputSet,
      files: [0, 1, 2, 3, 4, 5].map((i) => [`made_up_${String(i).padStart(6, '0')}.bin`, i]),
      energy: energySetup(),
    },
  ];
  const step = (step: Step, outcome: Outcome): void => {
    records.push({ type: 'run.step', runId, step }, { type: 'run.outcome', runId, outcome });
  };
  step({ kind: 'supply', on: true, attempt: 1 }, { kind: 'supplied', voltageV: 2.998 });
  step(
    { kind: 'supply', on: true, attempt: 2 },
    {
      kind: 'failed',
      fault: { code: 'internal.unexpected', facts: { message: 'made up' } },
      retryable: true,
    },
  );
  step({ kind: 'record', on: true, attempt: 1 }, { kind: 'recording', traceFile: traceSummary().file });
  step({ kind: 'timestamp', attempt: 1 }, { kind: 'stamped', lapUs: null });
  for (const exchange of shape.exchanges) {
    if (exchange.kind !== 'measure') continue;
    const { load, infer, inputIndex, window } = exchange;
    step(
      {
        kind: 'measure',
        purpose: 'window',
        inputIndex,
        iterations: infer.iterations,
        warmups: infer.warmups,
        ...(window === undefined ? {} : { window }),
        attempt: 1,
        verify: false,
        deadlineS: 60,
      },
      { kind: 'measured', load: { ...load }, infer: { ...infer } },
    );
  }
  step({ kind: 'rest', state: 'idle', durationS: 5, attempt: 1 }, { kind: 'rested', startSample: 1, endSample: 5001 });
  step(
    { kind: 'rest', state: 'sleep', durationS: 5, attempt: 1 },
    { kind: 'notSupported', reply: 'e-[Unknown command: sleep]' },
  );
  step({ kind: 'record', on: false, attempt: 1 }, { kind: 'recording', traceFile: null });
  if (trace) records.push({ type: 'run.trace', runId, trace: traceSummary() });
  step({ kind: 'supply', on: false, attempt: 1 }, { kind: 'supplied', voltageV: null });
  records.push({ type: 'run.closed', runId, status: 'completed' });
  return records.map((record, n) => ({ n, at: '2026-05-12T14:03:11.000Z', atS: n, record, hash: 'f'.repeat(64) }));
}

function viewOf(entries: JournalEntry[], extras?: Parameters<typeof sessionView>[1]): ReturnType<typeof sessionView> {
  const folded = foldSession(entries);
  if (!folded) throw new Error('no session');
  return sessionView(folded, extras);
}

describe('the view of an energy run', () => {
  const view = viewOf(journal());
  const run = view.runs[0];

  it('takes setup, trace and figures from the journal', () => {
    expect(run?.energy?.setup).toEqual(energySetup());
    expect(run?.energy?.trace).toEqual(traceSummary());
    expect(run?.energy?.figures?.medianEnergyUJPerInf).toBeCloseTo(182.6, 9);
    expect(run?.energy?.inputs[4]).toEqual({ window: 5, file: 'made_up_000004.bin', label: 4 });
    expect(run?.windows).toEqual([]);
    expect(run?.figures).not.toHaveProperty('energy');
  });

  it('tells supply, recording and rests among the exchanges', () => {
    expect(run?.exchanges.filter(({ kind }) => kind !== 'measure').map(({ atS: _, ...rest }) => rest)).toEqual([
      { kind: 'supply', on: true, voltageV: 2.998 },
      expect.objectContaining({ kind: 'failed', purpose: 'supply', attempt: 2 }),
      { kind: 'record', on: true, file: traceSummary().file },
      { kind: 'timestamp', lapUs: null },
      { kind: 'rest', state: 'idle', durationS: 5, supported: true },
      { kind: 'rest', state: 'sleep', durationS: 5, supported: false },
      { kind: 'record', on: false, file: null },
      { kind: 'supply', on: false, voltageV: null },
    ]);
  });

  it('has columns and certificates where the caller gives them, for the pages alone', async () => {
    const extras = { columns: traceColumns(), startZoom: zoomColumns(), certificates: [gainCertificate()] };
    const full = viewOf(journal(), new Map([['r3', extras]]));
    expect(full.runs[0]?.energy).toMatchObject({ certificates: [{ id: gainCertificate().id }] });
    expect(run?.energy).toMatchObject({ columns: null, startZoom: null, certificates: [] });
    if (!run || !full.runs[0]) throw new Error('no run');
    expect(writeRunFiles(full, full.runs[0])).toEqual(writeRunFiles(view, run));
    await expectSoundReport(full, loadReportFonts());
  });

  it('has no figures without a trace, and its files say so', () => {
    const bare = viewOf(journal(false));
    const one = bare.runs[0];
    if (!one) throw new Error('no run');
    expect(one.energy).toMatchObject({ trace: null, figures: null });
    const results = writeRunFiles(bare, one).find(({ name }) => name === 'results.txt')?.text ?? '';
    expect(officialValue(results, 'energy')).toBeUndefined();
    expect(results).toContain('e-[No energy figure is given: nothing was computed]');
  });
});
