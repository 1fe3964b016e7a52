import type { termWords as en } from '../en/terms.ts';
import type { Translated } from '../words.ts';

/** The field's terms in German. */
export const termWords: Translated<typeof en> = {
  mode: { performance: 'Durchsatz', accuracy: 'Genauigkeit', energy: 'Energie' },
  verdict: { valid: 'gültig', remarks: 'gültig mit Anmerkungen', invalid: 'ungültig' },
  qualityTarget: { met: 'erreicht', missed: 'verfehlt', notApplicable: 'nicht anwendbar' },
  inputSet: {
    official: 'offizieller Eingabesatz',
    subset: 'Teil des offiziellen Eingabesatzes',
    own: 'eigener Eingabesatz',
  },
  simulated: 'SIMULATED',
  virtualBench: 'Virtueller Messplatz',
  virtualDut: 'virtuelles DUT',
  virtualMonitor: 'virtuelles LPM01A',
  virtualIoManager: 'virtueller IO-Manager',
};
