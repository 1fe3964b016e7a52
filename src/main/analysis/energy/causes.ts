import type { Budget, Correction, EnergySetup } from '../../../shared/domain/energy.ts';
import { calibratedCauses, sameMeter } from '../uncertainty/calibrated.ts';
import type { CertificateState } from '../uncertainty/calibrated.ts';
import { standardCause } from '../uncertainty/cause.ts';
import type { Cause } from '../uncertainty/cause.ts';
import { clockCause, specificationCauses, supplyCauses, traceCauses } from '../uncertainty/effects.ts';
import type { SupplyView } from '../uncertainty/effects.ts';
import type { Portion } from '../uncertainty/portion.ts';
import { leadEstimate } from './corrected.ts';

/** With which certificates a budget is made; null for the specification's budget of the uncorrected figure. */
export interface Certified {
  correction: Correction;
  state: CertificateState;
}

/** What the budget of the windows is made of; the always-on case goes on with it. */
export interface WindowsBudget {
  portion: Portion | null;
  causes: Cause[];
  budget: Budget;
}

/**
 * All causes of a portion but its scatter. `clockSensitivity`: how the figure answers to the monitor's clock; an energy in full, a
 * mean power not at all (uncertainty, section 3.8).
 */
export function causesOf(
  portion: Portion,
  setup: EnergySetup,
  certified: Certified | null,
  clockSensitivity: number,
): Cause[] {
  const { specification } = setup;
  const instrument = certified
    ? calibratedCauses(portion, specification, certified.correction, certified.state)
    : specificationCauses(portion, specification);
  return [
    ...instrument,
    ...supplyCauses(portion, specification, supplyView(portion, setup, certified)),
    ...traceCauses(portion, specification),
    clockOf(setup, certified, clockSensitivity),
  ];
}

function clockOf(setup: EnergySetup, certified: Certified | null, sensitivity: number): Cause {
  const clock = certified?.correction.clock;
  if (!clock) return clockCause(sensitivity, setup.specification.clock);
  const origin = { kind: 'certificate', source: clock.certificateId } as const;
  return standardCause('clock', clock.uRel, 'relative', sensitivity, origin, { common: 'windows' });
}

function supplyView(portion: Portion, setup: EnergySetup, certified: Certified | null): SupplyView {
  const supply = certified?.correction.supply ?? null;
  const { leadOhm } = setup.specification;
  return {
    plane: setup.plane,
    readAtDut: supply !== null,
    voltage: supply ? measuredVoltage(portion, certified as Certified, supply) : null,
    leadOhm: certified ? { ...leadOhm, half: leadEstimate(setup).halfOhm } : leadOhm,
  };
}

/**
 * Voltage read at the DUT. Where the same multimeter gave the reference current, its gain is already counted twice in `cal.dmm`
 * (uncertainty, section 4.2): only the rest of the reading's uncertainty stays here.
 */
function measuredVoltage(
  portion: Portion,
  { correction }: Certified,
  supply: NonNullable<Correction['supply']>,
): Cause {
  const dmm = Math.max(0, ...correction.ranges.map((range) => range.commonRel.dmm));
  const shared = sameMeter(correction) ? dmm : 0;
  const uRel = Math.sqrt(Math.max(0, supply.uRel ** 2 - shared ** 2));
  const origin = { kind: 'certificate', source: supply.certificateId } as const;
  const options = { distribution: 'rectangular', common: 'duts' } as const;
  return standardCause('voltage', uRel, 'relative', portion.y, origin, options);
}
