import { systemKeys } from '../../../src/shared/domain/system-description.ts';

/** A made-up description with every key. */
export function madeDescription(changes: Record<string, string> = {}): Record<string, string> {
  return {
    ...Object.fromEntries(systemKeys.map((key) => [key, ''])),
    Submitter: 'Org',
    Division: 'closed',
    Status: 'available',
    'Board Name': 'NUCLEO',
    'SoC Name': 'STM32',
    'Processor(s) Name': 'Cortex-M4',
    'Processor(s) Frequencies': '120 MHz',
    'Inference Framework': 'TFLM',
    'Quantization Method': 'int8',
    'General Compiler(s)': 'x',
    ...changes,
  };
}
