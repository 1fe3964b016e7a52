import type { Messages } from '../words.ts';

/** The field's terms, shared by screens, command line and report. */
export const termWords = {
  mode: { performance: 'Performance', accuracy: 'Accuracy', energy: 'Energy' },
  verdict: { valid: 'valid', remarks: 'valid with remarks', invalid: 'invalid' },
  qualityTarget: { met: 'met', missed: 'missed', notApplicable: 'not applicable' },
  inputSet: { official: 'official input set', subset: 'subset of the official input set', own: 'own input set' },
  simulated: 'SIMULATED',
  virtualBench: 'Virtual bench',
  virtualDut: 'virtual DUT',
  virtualMonitor: 'virtual LPM01A',
  virtualIoManager: 'virtual IO manager',
} as const satisfies Messages;
