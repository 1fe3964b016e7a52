import type { CalibrationLoad } from '../../../shared/domain/calibration.ts';
import type { LoadSpec, MonitorLoad } from '../energy/load.ts';
import { seededRandom } from '../random.ts';
import type { SimClock } from '../sim-clock.ts';
import { VirtualDmm, type DmmOptions } from './dmm.ts';

/** What an operator does wrong with one of the loads (uncertainty, section 10.3). */
export type OperatorMistake =
  | 'swappedResistor'
  | 'factor10'
  | 'openLead'
  | 'millivolts'
  /** The contact settles for seconds: whoever reads at once reads something else. */
  | 'missingSettle'
  /** The DUT was left connected beside the resistor. */
  | 'dutConnected'
  /** It gets warm while it is measured. */
  | 'warmResistor';

export interface HandsOptions {
  dmm?: Partial<DmmOptions>;
  /** True values of the resistors: within the tolerance of what is printed, drawn once for each. */
  toleranceRel?: number;
  tempcoPerK?: number;
  seed?: number;
  /** `load` counts connections from 1. */
  mistakes?: readonly { load: number; kind: OperatorMistake }[];
}

/** The neighbour that is fitted instead, and how wrong the contact is at first. */
const swappedBy = 1.5;
const unsettled = { byRel: 0.1, steps: 8, stepS: 0.5 } as const;
const warming = { byK: 60, steps: 20, stepS: 0.5 } as const;
const dutLeftA = 1.2e-3;

/** What a person does at a bench while an instrument is calibrated, on a virtual one: connects loads and reads the meter. */
export class VirtualHands {
  readonly #clock: SimClock;
  readonly #load: MonitorLoad;
  readonly #dmm: VirtualDmm;
  readonly #options: HandsOptions;
  #connections = 0;

  constructor(clock: SimClock, load: MonitorLoad, options: HandsOptions = {}) {
    this.#clock = clock;
    this.#load = load;
    this.#options = options;
    this.#dmm = new VirtualDmm(clock, load, options.dmm);
  }

  /** Takes off what was there and connects a resistor, or nothing for `nominalOhm` null. */
  connect({ nominalOhm }: Pick<CalibrationLoad, 'nominalOhm'>): Promise<void> {
    this.#connections++;
    const mistake = this.#mistake;
    if (nominalOhm === null) {
      this.#fit({ kind: 'open', ...(mistake === 'dutConnected' && { besideA: dutLeftA }) });
      return Promise.resolve();
    }
    this.#connectResistor(nominalOhm, mistake);
    return Promise.resolve();
  }

  /** The DUT instead of a resistor. */
  connectDut(): Promise<void> {
    this.#fit({ kind: 'dut' });
    return Promise.resolve();
  }

  /** In V, as the meter's display has it; as it is typed, for a mistake with the unit. */
  readVoltageV(): Promise<number> {
    const readV = this.#dmm.readVoltage();
    return Promise.resolve(this.#mistake === 'millivolts' ? readV * 1000 : readV);
  }

  /** What a resistor with this print really has, in ohm. */
  trueOhm(nominalOhm: number): number {
    const { toleranceRel = 0, seed = 1 } = this.#options;
    const draw = seededRandom(seed ^ Math.round(nominalOhm * 7919))() / 2 ** 31 - 1;
    return nominalOhm * (1 + toleranceRel * draw);
  }

  get #mistake(): OperatorMistake | undefined {
    return this.#options.mistakes?.find(({ load }) => load === this.#connections)?.kind;
  }

  #connectResistor(nominalOhm: number, mistake: OperatorMistake | undefined): void {
    const trueOhm = this.trueOhm(nominalOhm);
    const { tempcoPerK = 25e-6 } = this.#options;
    const resistor = { kind: 'resistor', ohm: nominalOhm, trueOhm, tempcoPerK } as const;
    switch (mistake) {
      case 'swappedResistor':
        this.#fit({ ...resistor, trueOhm: trueOhm * swappedBy });
        break;
      case 'factor10':
        this.#fit({ ...resistor, trueOhm: trueOhm * 10 });
        break;
      case 'openLead':
        this.#fit({ kind: 'open' });
        break;
      case 'dutConnected':
        this.#fit({ ...resistor, besideA: dutLeftA });
        break;
      case 'missingSettle':
        this.#inSteps(unsettled, (share) => ({ ...resistor, trueOhm: trueOhm / (1 + unsettled.byRel * (1 - share)) }));
        break;
      case 'warmResistor':
        this.#inSteps(warming, (share) => ({ ...resistor, warmerByK: warming.byK * share }));
        break;
      default:
        this.#fit(resistor);
    }
  }

  #fit(spec: LoadSpec): void {
    this.#load.connect(this.#clock.nowNs(), spec);
  }

  /** Changes step by step for as long as this load is the one that is connected. */
  #inSteps({ steps, stepS }: { steps: number; stepS: number }, at: (share: number) => LoadSpec): void {
    const connection = this.#connections;
    const fromNs = this.#clock.nowNs();
    for (let step = 0; step <= steps; step++) {
      const fit = (): void => {
        if (connection === this.#connections) this.#fit(at(step / steps));
      };
      if (step === 0) fit();
      else this.#clock.at(fromNs + Math.round(step * stepS * 1e9), fit);
    }
  }
}
