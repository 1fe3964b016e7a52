import { defineStore } from 'pinia';
import { computed, ref, shallowRef } from 'vue';
import type { CallInput, CallOutput } from '../../shared/contract/index.ts';
import type { AnswerValues, Certificate, Problem, WizardState } from '../../shared/domain/calibration.ts';
import type { Fault } from '../../shared/fault/index.ts';
import { useClient } from '../client/index.ts';

export type ProcedureSummary = CallOutput<'calibration.list'>[number];

const underWay = new Set(['running', 'paused', 'cancelling']);

/** The calibration procedures, and the one that is under way or has just ended. Any number of pages follow the same one. */
export const useCalibrationStore = defineStore('calibration', () => {
  const client = useClient();
  const procedures = shallowRef<readonly ProcedureSummary[]>([]);
  const wizard = shallowRef<WizardState>();
  const fault = shallowRef<Fault>();
  const followedId = ref<string>();
  let unfollow: (() => void) | undefined;

  const running = computed(() => wizard.value !== undefined && underWay.has(wizard.value.operation.state));

  async function load(): Promise<void> {
    procedures.value = await client.call('calibration.list', {});
    if (followedId.value !== undefined) return;
    const all = await client.call('operation.list', {});
    const found = all.find((operation) => operation.kind === 'calibration' && underWay.has(operation.state));
    if (found) follow(found.id);
  }

  function follow(id: string): void {
    if (followedId.value === id) return;
    leave();
    followedId.value = id;
    unfollow = client.follow(
      'calibration',
      { operationId: id },
      { value: (value) => (wizard.value = value), fault: (reason) => (fault.value = reason) },
    );
  }

  async function start(input: CallInput<'calibration.start'>): Promise<void> {
    follow((await client.call('calibration.start', input)).id);
  }

  /** Answers the open question; gives what is wrong with the answer. The host then asks again, under a new number. */
  async function answer(question: number, values: AnswerValues): Promise<readonly Problem[]> {
    if (followedId.value === undefined) return [];
    return (await client.call('calibration.answer', { operationId: followedId.value, question, values })).problems;
  }

  /** Switches the supply off and ends the procedure without a certificate. */
  async function cancel(): Promise<void> {
    if (followedId.value !== undefined) await client.call('operation.cancel', { operationId: followedId.value });
  }

  /** Puts a finished procedure aside. */
  function leave(): void {
    unfollow?.();
    unfollow = undefined;
    followedId.value = undefined;
    wizard.value = undefined;
    fault.value = undefined;
  }

  const certificate = (certificateId: string): Promise<Certificate> =>
    client.call('certificate.get', { certificateId });

  return { procedures, wizard, fault, followedId, running, load, follow, start, answer, cancel, leave, certificate };
});
