import { systemKeys } from '../../../shared/domain/system-description.ts';
import type { checkSystemDescription } from '../../../shared/domain/system-description.ts';
import type { TextKey } from '../../text/index.ts';

export type SystemKey = (typeof systemKeys)[number];
type FieldKind = 'line' | 'notes' | 'division' | 'status';

interface FormEntry {
  key: SystemKey;
  label: TextKey;
  kind: FieldKind;
}

const labels: Readonly<Record<SystemKey, TextKey>> = {
  Submitter: 'ui.package.field.submitter',
  Division: 'ui.package.field.division',
  Status: 'ui.package.field.status',
  'Board Name': 'ui.package.field.boardName',
  'Board Memory capacity (not including SoC, processor, or accelerator)': 'ui.package.field.boardMemory',
  'Board Memory type': 'ui.package.field.boardMemoryType',
  'Board storage capacity': 'ui.package.field.boardStorage',
  'Board storage type': 'ui.package.field.boardStorageType',
  'SoC Name': 'ui.package.field.socName',
  'SoC Memory capacity (not including processor or accelerator)': 'ui.package.field.socMemory',
  'SoC Memory type': 'ui.package.field.socMemoryType',
  'SoC storage capacity': 'ui.package.field.socStorage',
  'SoC storage type': 'ui.package.field.socStorageType',
  'Processor(s) Name': 'ui.package.field.processor',
  'Processor(s) Frequencies': 'ui.package.field.processorFrequency',
  'Processor memory type and capacity': 'ui.package.field.processorMemory',
  'Processor storage type and capacity': 'ui.package.field.processorStorage',
  Accelerator: 'ui.package.field.accelerator',
  'Accelerator(s) Frequencies': 'ui.package.field.acceleratorFrequency',
  'Accelerator memory type and capacity': 'ui.package.field.acceleratorMemory',
  'Accelerator storage type and capacity': 'ui.package.field.acceleratorStorage',
  'Hardware Notes': 'ui.package.field.hardwareNotes',
  'Inference Framework': 'ui.package.field.framework',
  'Software Libraries': 'ui.package.field.libraries',
  'Operating System ': 'ui.package.field.os',
  'Other Software Stack': 'ui.package.field.stack',
  'Software Notes': 'ui.package.field.softwareNotes',
  'Quantization Method': 'ui.package.field.quantization',
  'Training framework (open division)': 'ui.package.field.training',
  'ML Model Compiler(s)': 'ui.package.field.modelCompiler',
  'General Compiler(s)': 'ui.package.field.compiler',
  'Other Software': 'ui.package.field.otherSoftware',
  'Training and Quantization Notes': 'ui.package.field.trainingNotes',
};

/** Where each group of the form begins; the keys have the order of the template. */
const beginnings = [
  ['submitter', 'Submitter'],
  ['board', 'Board Name'],
  ['soc', 'SoC Name'],
  ['processor', 'Processor(s) Name'],
  ['accelerator', 'Accelerator'],
  ['software', 'Inference Framework'],
  ['training', 'Quantization Method'],
] as const satisfies readonly (readonly [string, SystemKey])[];

function kindOf(key: SystemKey): FieldKind {
  if (key === 'Division') return 'division';
  if (key === 'Status') return 'status';
  return key.endsWith('Notes') ? 'notes' : 'line';
}

/** The form, group after group. */
export const systemGroups = beginnings.map(([id, first], at) => {
  const end = beginnings[at + 1]?.[1];
  const from = systemKeys.indexOf(first);
  const to = end === undefined ? systemKeys.length : systemKeys.indexOf(end);
  const entries = systemKeys.slice(from, to).map((key): FormEntry => ({ key, label: labels[key], kind: kindOf(key) }));
  return { id, title: `ui.package.group.${id}` as const, entries };
});

/** What is wrong with a field, in the words of the form; by its key. */
export function fieldProblems(checked: ReturnType<typeof checkSystemDescription>): ReadonlyMap<string, TextKey> {
  if (checked.ok) return new Map();
  return new Map(
    checked.problems.map(({ key, problem }): [string, TextKey] => {
      if (problem === 'division') return [key, 'ui.package.system.badDivision'];
      if (problem === 'status') return [key, 'ui.package.system.badStatus'];
      return [key, key.includes('Compiler') ? 'ui.package.system.oneCompiler' : 'ui.package.system.needed'];
    }),
  );
}
