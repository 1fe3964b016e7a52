import { kernelIds, type PlanDescription } from '../../model/index.ts';
import type { ActivityEntry } from '../activity-log.ts';
import { activityKind } from '../virtual-dut.ts';

export type OperatorClass = 'convolution' | 'depthwise' | 'fullyConnected' | 'other';

/** Current of each state in A, base included; `classA` adds to `activeA` by the class of the operator at work. */
export interface CurrentModel {
  bootA: number;
  idleA: number;
  receiveA: number;
  commandA: number;
  activeA: number;
  transmitA: number;
  sleepA: number;
  classA: Readonly<Record<OperatorClass, number>>;
}

/** Plausible for an 80 MHz Cortex-M4, not figures of a real part (virtual-bench 4.1). */
export const defaultCurrents: CurrentModel = {
  bootA: 6e-3,
  idleA: 1.2e-3,
  receiveA: 2e-3,
  commandA: 9.8e-3,
  activeA: 9.8e-3,
  transmitA: 2e-3,
  sleepA: 4.1e-6,
  classA: { convolution: 0, depthwise: 0, fullyConnected: 0, other: 0 },
};

const classOfKernel = new Map<number, OperatorClass>([
  [kernelIds.convS8, 'convolution'],
  [kernelIds.convPackedS8, 'convolution'],
  [kernelIds.depthwiseConvS8, 'depthwise'],
  [kernelIds.depthwisePackedS8, 'depthwise'],
  [kernelIds.fullyConnectedS8, 'fullyConnected'],
  [kernelIds.fullyConnectedPackedS8, 'fullyConnected'],
]);

/** Class of each operator of a plan, in order. */
export function operatorClasses(plan: PlanDescription): OperatorClass[] {
  return plan.ops.map(({ kernel }) => classOfKernel.get(kernel) ?? 'other');
}

/** What the DUT draws, as a state machine over its activity: give it the entries in order, it says the current after each. */
export class DutCurrent {
  readonly #model: CurrentModel;
  readonly #classes: readonly OperatorClass[];
  #phase: 'off' | 'boot' | 'idle' | 'active' | 'sleep' = 'off';
  #work: 'command' | OperatorClass = 'other';
  #transmitting = false;
  #receiving = false;

  constructor(model: CurrentModel, classes: readonly OperatorClass[]) {
    this.#model = model;
    this.#classes = classes;
  }

  apply({ kind, argument }: ActivityEntry): number {
    if (kind === activityKind.power || kind === activityKind.restart) this.#restart(argument === 0 ? 'off' : 'boot');
    if (kind === activityKind.receiving) this.#receiving = argument === 1;
    if (kind === activityKind.transmit) this.#transmitting = argument > 0;
    if (kind === activityKind.state) {
      this.#phase = argument === 1 ? 'active' : argument === 2 ? 'sleep' : 'idle';
      // Between waking and the end of parsing; what follows a command belongs to none of the operators until one begins.
      this.#work = 'command';
    }
    if (kind === activityKind.command || kind === activityKind.operator) this.#work = 'other';
    if (kind === activityKind.inputBegin) this.#work = 'other';
    if (kind === activityKind.operatorBegin) this.#work = this.#classes[argument] ?? 'other';
    return this.currentA;
  }

  /** In A. */
  get currentA(): number {
    const model = this.#model;
    if (this.#phase === 'off') return 0;
    if (this.#phase === 'boot') return model.bootA;
    if (this.#phase === 'active') {
      if (this.#transmitting) return model.transmitA;
      return this.#work === 'command' ? model.commandA : model.activeA + model.classA[this.#work];
    }
    if (this.#receiving) return model.receiveA;
    return this.#phase === 'idle' ? model.idleA : model.sleepA;
  }

  #restart(phase: 'off' | 'boot'): void {
    this.#phase = phase;
    this.#work = 'other';
    this.#transmitting = false;
    if (phase === 'off') this.#receiving = false;
  }
}
