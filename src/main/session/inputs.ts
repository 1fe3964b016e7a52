import type { JournalRecordOf } from '../../shared/domain/journal.ts';
import { inputsPerFile } from '../../shared/domain/workload-inputs.ts';
import type { InputRef } from '../../shared/domain/workload.ts';

/** The input that an index of a run means. @throws RangeError for an index beyond the set. */
export function inputAt(opened: Pick<JournalRecordOf<'run.opened'>, 'files' | 'workload'>, index: number): InputRef {
  const { files, workload } = opened;
  const perFile = inputsPerFile(workload);
  const fileIndex = Math.floor(index / perFile);
  const entry = files[fileIndex];
  if (!entry) throw new RangeError(`input ${index} of ${files.length * perFile}`);
  return {
    index,
    file: entry[0],
    fileIndex,
    offsetBytes: (workload.window?.strideBytes ?? 0) * (index % perFile),
    lengthBytes: workload.inputBytes,
    label: entry[1],
  };
}
