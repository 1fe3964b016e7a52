import type { SessionView } from '../../../src/main/report/view.ts';
import { accuracyRun, performanceRun } from './runs.ts';

export { failedFindings, finding, judgement } from './findings.ts';
export { accuracyRun, energyRun, performanceRun } from './runs.ts';
export type { MadeUpRun } from './runs.ts';
export { anomalyWorkload, madeUpWorkload, personWorkload } from './workloads.ts';

/** Made-up sessions for the tests of the writers: no figure in here was ever measured. */

const hash = (digit: string): string => digit.repeat(64);

export function session(changes: Partial<SessionView> = {}): SessionView {
  return {
    sessionId: '20260512-140311-7f3a',
    createdAt: '2026-05-12T14:03:11.000Z',
    app: { name: 'Joulebench', version: '0.1.0' },
    operator: 'Test operator',
    dutUnit: { serial: 'UNIT-0042', assetTag: 'LAB-17' },
    note: '',
    division: 'closed',
    bench: {
      id: 'virtual',
      name: 'Virtual bench',
      simulated: true,
      clockComparable: true,
      instruments: [
        {
          role: 'dut',
          kind: 'virtual-dut',
          label: 'Virtual DUT',
          lockId: 'virtual-dut',
          firmware: { name: 'joulebench-reference', version: '0.1.0', sha256: hash('c') },
          triedOnHardware: false,
          simulated: true,
        },
      ],
      simulation: { cpuHz: 80e6, cyclesPerInstruction: 1.35, costSource: 'estimated', baud: 115200, ppm: 12 },
    },
    simulated: true,
    integrity: { journalRecords: 812, journalHash: hash('9') },
    runs: [performanceRun(), accuracyRun()],
    ...changes,
  };
}

export function realBench(): SessionView['bench'] {
  return {
    id: 'real',
    name: 'Lab 2',
    simulated: false,
    clockComparable: true,
    instruments: [
      {
        role: 'dut',
        kind: 'serial-dut',
        label: 'Serial port 3',
        lockId: 'usb-1234',
        usb: { vendorId: '0483', productId: '374b', serial: '0667FF383333554157243840' },
        triedOnHardware: true,
        simulated: false,
      },
    ],
  };
}
