import type { en } from '../en/index.ts';
import type { Messages, Translated } from '../words.ts';
import { desktopWords } from './desktop.ts';
import { doctorWords } from './doctor.ts';
import { dutWords } from './dut.ts';
import { emonWords } from './emon.ts';
import { energyWords } from './energy.ts';
import { firmwareWords } from './firmware.ts';
import { probeWords } from './probes.ts';
import { recipeWords } from './recipe.ts';
import { signingWords } from './signing.ts';
import { termWords } from './terms.ts';

/** Every word in German; English stands in for what is missing. */
export const de: Partial<Translated<typeof en>> = {
  desktop: desktopWords,
  doctor: doctorWords,
  dut: dutWords,
  emon: emonWords,
  energy: energyWords,
  firmware: firmwareWords,
  probe: probeWords,
  recipe: recipeWords,
  signing: signingWords,
  term: termWords,
};

export const deMessages = de as unknown as Messages;
