import type { EnergyView } from '../../../src/main/report/energy-view.ts';
import type { SessionView } from '../../../src/main/report/view.ts';
import { budget, correctedView, energyFigures, energySetup, energyView, traceColumns } from './energy.ts';
import {
  accuracyRun,
  anomalyWorkload,
  energyRun,
  failedFindings,
  judgement,
  madeUpWorkload,
  performanceRun,
  personWorkload,
  realBench,
  session,
} from './session.ts';

function gapColumns(): ReturnType<typeof traceColumns> {
  const columns = traceColumns();
  for (const values of [columns.minW, columns.meanW, columns.maxW]) values.fill(NaN, 800, 840);
  return columns;
}

const long = `${'A'.repeat(60)}-very-long-name-with-everything-in-it-${'B'.repeat(60)}`;
const manyClasses = Array.from({ length: 100 }, (_, i) => `class number ${i}`);

/** Five ranges, everything declared, and texts as long as they may be. */
function longEnergy(): EnergyView {
  const view = correctedView();
  const certificate = view.certificates[0];
  if (!certificate || !view.figures?.corrected) throw new Error('no certificate');
  const words = 'a text that goes on and on about where a figure comes from and who said so, with no end in sight, ';
  const rows = [0, 1, 2, 3, 4].flatMap((range) =>
    budget().rows.map((one) => ({
      ...one,
      id: `${one.id.replace(/\.\d$/, '')}.${range}`,
      share: one.share / 5,
      origin: { kind: 'assumption' as const, source: words.repeat(4).slice(0, 400) },
    })),
  );
  const many = budget({
    rows,
    assumptions: rows.map((one) => one.id),
    remarks: ['assumptions', 'outlier', 'drift', 'typical', 'leakDominates', 'singleWindow'],
    certificates: Array.from({ length: 6 }, (_, i) => `${certificate.id}-${i}`),
    effectiveDegreesOfFreedom: 6.81,
    coverageFactor: 2.3846,
  });
  const scope = Array.from({ length: 30 }, (_, i) => `${i}: ${words.repeat(2)}`.slice(0, 200));
  return {
    ...view,
    setup: energySetup({
      ...view.setup,
      monitor: { ...energySetup().monitor, model: long, serial: long, firmware: long, sampleRateHz: 100_000 },
      supply: { ...energySetup().supply, board: long },
      scope: { measured: scope, notMeasured: scope.slice(0, 20), declaredBy: long.slice(0, 120) },
    }),
    figures: { ...view.figures, budget: many, corrected: { medianEnergyUJPerInf: 180, budget: many } },
    certificates: [
      {
        ...certificate,
        id: long.slice(0, 120),
        operator: long.slice(0, 120),
        references: Array.from({ length: 24 }, (_, i) => ({
          kind: 'resistor' as const,
          id: `${i}-${long}`,
          ohm: 10 ** (i % 7),
          tolRel: 1e-4,
          tcrPerK: 5e-6,
          ratingW: 0.6,
          due: null,
        })),
        readings: Array.from({ length: 40 }, (_, i) => ({
          load: `${i}-${long}`,
          vV: 2.9,
          iRefA: 1e-6 * i,
          uIndepA: 1e-9,
          xA: 1.02e-6 * i,
          sdA: 1e-8,
          n: 500_000,
          range: i % 5,
          rangeShare: 1,
          tS: 5,
        })),
        ranges: [0, 1, 2, 3, 4].map((range) => ({
          range,
          name: long,
          spanA: [1e-7, 0.5] as [number, number],
          offsetA: -1.2e-9,
          slope: 0.98,
          cov: [8e-18, -1.0779e-15, 7.0667e-8] as [number, number, number],
          chi2: 12.4,
          nu: 18,
          offsetFitted: range > 0,
          commonRel: { dmm: 2.887e-4, tcr: 7.22e-5 },
          residuals: Array.from({ length: 20 }, (_, i) => Math.sin(i * (range + 1)) * 3.4),
        })),
        remarks: ['chi2', 'failed.residual'],
      },
    ],
  };
}

/** Made-up sessions of every kind that a report has to cope with. */
export const variants: Readonly<Record<string, () => SessionView>> = {
  good: () => session(),
  bad: () =>
    session({
      simulated: false,
      bench: realBench(),
      note: 'The board was mounted on the small heat sink. Second try after the first was stopped by hand.',
      certificates: [
        {
          id: 'made-up',
          procedure: 'made-up procedure',
          sha256: 'f'.repeat(64),
          issuedAt: '2026-01-02T03:04:05.000Z',
          expiresAt: '2027-01-02T03:04:05.000Z',
        },
      ],
      runs: [
        performanceRun({
          throughputs: [16.7, 16.4, 16.6, 16.8, 16.5],
          changes: { judgement: judgement({ verdict: 'invalid', findings: failedFindings() }) },
        }),
        accuracyRun({
          workload: personWorkload(),
          inputs: 1000,
          accuracy: 0.62,
          changes: {
            judgement: judgement({
              verdict: 'remarks',
              qualityTarget: 'missed',
              findings: failedFindings().slice(1, 3),
            }),
          },
        }),
      ],
    }),
  anomaly: () => session({ runs: [accuracyRun({ workload: anomalyWorkload(), inputs: 288 })] }),
  unfinished: () =>
    session({
      runs: [
        performanceRun({
          throughputs: [16.7, 16.71],
          changes: { status: 'interrupted', judgement: null, figures: {} },
        }),
        accuracyRun({
          inputs: 40,
          changes: {
            status: 'failed',
            judgement: null,
            inputsTotal: 240,
            resumes: 2,
            fault: { code: 'internal.unexpected', facts: { message: 'made-up fault' } },
          },
        }),
        performanceRun({
          throughputs: [],
          changes: { runId: 'r3', status: 'cancelled', judgement: null, figures: {}, dut: null, artefacts: {} },
        }),
      ],
    }),
  long: () =>
    session({
      sessionId: `session-${'x'.repeat(90)}`,
      operator: long,
      dutUnit: { serial: 'S'.repeat(120), assetTag: 'T'.repeat(120) },
      runs: [
        performanceRun({
          changes: {
            windows: performanceRun().windows.map((window) => ({ ...window, file: `${long}.bin` })),
            dut: { name: 'dut', vendor: long, profile: long, model: 'madeup12', timestampMode: 'unknown' },
          },
        }),
        accuracyRun({
          workload: madeUpWorkload({ title: long, classes: manyClasses.slice(0, 12).map((name) => name + long) }),
        }),
      ],
    }),
  manyClasses: () =>
    session({
      runs: [
        accuracyRun({
          workload: madeUpWorkload({ classes: manyClasses, classCount: 100, outputCount: 100 }),
          inputs: 1000,
          accuracy: 0.6,
        }),
      ],
    }),
  perfect: () =>
    session({
      dutUnit: {},
      runs: [accuracyRun({ accuracy: 1, changes: { workload: madeUpWorkload({ qualityTarget: null }) } })],
    }),
  foreignClock: () =>
    session({ bench: { ...session().bench, clockComparable: false }, dutUnit: { assetTag: 'LAB-17' } }),
  manyRuns: () =>
    session({
      runs: Array.from({ length: 14 }, (_, i) => performanceRun({ seed: i, changes: { runId: `r${i + 1}` } })),
    }),
  energy: () => session({ runs: [performanceRun(), energyRun()] }),
  energyCorrected: () =>
    session({
      simulated: false,
      bench: realBench(),
      runs: [
        energyRun({
          energy: {
            ...correctedView(),
            setup: energySetup({
              ...correctedView().setup,
              path: 'direct',
              plane: 'dut',
              monitor: { ...energySetup().monitor, acceptance: 'exploration', simulated: false, model: 'PPK2' },
              scope: { measured: [], notMeasured: [], declaredBy: '' },
            }),
          },
        }),
      ],
    }),
  energyLong: () => session({ runs: [energyRun({ energy: longEnergy() })] }),
  energyInvalid: () =>
    session({
      runs: [
        energyRun({
          energy: energyView({
            columns: gapColumns(),
            figures: energyFigures({
              medianEnergyUJPerInf: null,
              alwaysOn: null,
              budget: budget({
                status: 'invalid',
                reasons: ['E-LOSS', 'E-EDGE'],
                rows: [],
                expandedUncertainty: null,
                interval95: null,
                k95: null,
                coverageFactor: null,
              }),
            }),
          }),
          changes: { judgement: judgement({ verdict: 'invalid', findings: failedFindings().slice(0, 1) }) },
        }),
        energyRun({
          energy: energyView({ trace: null, figures: null, columns: null, startZoom: null, inputs: [] }),
          changes: { runId: 'r4', status: 'failed', judgement: null },
        }),
      ],
    }),
  empty: () => session({ runs: [], dutUnit: { serial: 'UNIT-0042' } }),
};
