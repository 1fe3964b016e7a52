import type { FaultWords } from '../../words.ts';

export const workloadFaultWords = {
  'workload.unknown': {
    what: 'There is no workload "{id}". Known: {known}.',
    causes: ['The id is misspelt.', 'It is an own workload whose folder was not given.'],
    remedies: ['Choose one of the known ids.', 'For an own workload, name the folder that holds its workload.json.'],
  },
  'workload.notRunnable': {
    what: 'Workload {id} is known, but Joulebench cannot run it.',
    causes: ['It streams sound to the DUT through an interface board, which Joulebench does not drive.'],
    remedies: ['Choose another workload.', 'Run it with the runner published by the benchmark.'],
  },
  'workload.idTaken': {
    what: 'The id "{id}" of an own workload is taken by another workload.',
    causes: ['Official ids cannot be used for own workloads.', 'Two folders define the same workload.'],
    remedies: ['Give the own workload another id in its workload.json.'],
  },
  'workload.definitionMissing': {
    what: 'There is no workload definition {path}.',
    causes: ['The folder is not that of an own workload.'],
    remedies: ['Name the folder that holds a workload.json.'],
  },
  'workload.definitionInvalid': {
    what: 'The workload definition {path} cannot be used: {key} {reason}',
    causes: ['A key is missing or has a value of the wrong form.'],
    remedies: ['Correct the file; the manual shows a complete example.'],
  },
  'workload.folderMissing': {
    what: 'There is no data-set folder {folder} for workload {workload}.',
    causes: [
      'The path is misspelt.',
      'The disk with the data is not connected.',
      'The inputs were not downloaded yet.',
    ],
    remedies: [
      'Name the folder that holds y_labels.csv and the input files.',
      'The official inputs are not part of Joulebench: get them from where the benchmark publishes them.',
    ],
  },
  'workload.listMissing': {
    what: 'The folder {folder} holds no list {list} for workload {workload}.',
    causes: ['Another folder was meant.', 'The list was not copied with the inputs.'],
    remedies: ['Name the folder that holds {list}.', 'Copy the official {list} of the workload into the folder.'],
  },
  'workload.listTooLarge': {
    what: 'The list {list} has {bytes} bytes, more than the {limit} that a list may have.',
    causes: ['The file is not a list of inputs.'],
    remedies: ['Put the official list of the workload in its place.'],
  },
  'workload.tooManyInputs': {
    what: 'The list {list} gives {inputs} inputs, more than the {limit} that a run may have.',
    causes: ['The list is not that of a benchmark.'],
    remedies: ['Use a shorter list.'],
  },
  'workload.datasetInvalid': {
    what: 'The data set in {folder} has {total} problems; the first is at line {firstLine} of {list}.',
    causes: ['The list belongs to other files.', 'The data set was copied in part.'],
    remedies: ['Correct the problems listed, or copy the data set anew from where it is published.'],
  },
  'workload.unreadable': {
    what: 'The system refuses to read {path} ({reason}).',
    causes: ['Permissions forbid it.', 'The disk was removed or has an error.'],
    remedies: ['Check the permissions of the folder and the files.', 'Copy the data set to a local disk.'],
  },
  'workload.inputChanged': {
    what: 'The file {path} changed during the run: {foundBytes} of {expectedBytes} bytes are left at offset {offsetBytes}.',
    causes: ['Another program wrote to the data set.'],
    remedies: ['Restore the file, then resume the session.'],
  },
  'workload.noSuchInput': {
    what: 'Input {index} was asked for, but the data set has {inputs}.',
    causes: ['A defect in Joulebench.'],
    remedies: ['Send the log to the maintainers.'],
  },
  'dataset.listEmpty': {
    what: '{list} names no input.',
    causes: ['The file is empty.'],
    remedies: ['Put the official list of the workload in its place.'],
  },
  'dataset.lineTooLong': {
    what: '{list}, line {line}: longer than {limit} characters.',
    causes: ['The file is not a list of inputs.', 'Its line ends were lost.'],
    remedies: ['Put the official list of the workload in its place.'],
  },
  'dataset.columns': {
    what: '{list}, line {line}: {found} columns, expected {expected}.',
    causes: ['The line is damaged.', 'The list belongs to another workload.'],
    remedies: ['Each line holds: file, number of classes, class (ad01 also: window bytes, stride bytes).'],
  },
  'dataset.fileName': {
    what: '{list}, line {line}: "{file}" is not a plain file name.',
    causes: ['It holds a folder, a drive or a character that not every system allows.'],
    remedies: ['Put the file into the folder of the list and write its name alone.'],
  },
  'dataset.duplicate': {
    what: '{list}, line {line}: {file} stands already in line {firstLine}.',
    causes: ['A line was copied twice.'],
    remedies: ['Remove one of the two lines: each input counts once.'],
  },
  'dataset.classCount': {
    what: '{list}, line {line}: "{value}" classes, but the workload has {expected}.',
    causes: ['The list belongs to another workload.'],
    remedies: ['Use the list of this workload, or choose the workload of this list.'],
  },
  'dataset.label': {
    what: '{list}, line {line}: "{value}" is not a class from 0 to {highest}.',
    causes: ['The label is missing, a name instead of a number, or of another workload.'],
    remedies: ['Write the number of the true class in the third column.'],
  },
  'dataset.window': {
    what: '{list}, line {line}: window and stride are {value} bytes, but the workload has {expected}.',
    causes: ['The list belongs to another workload.'],
    remedies: ['Use the official list of this workload.'],
  },
  'dataset.fileMissing': {
    what: '{list}, line {line}: there is no file {file} in {folder}.',
    causes: ['The data set was copied in part.', 'Upper and lower case differ between list and file.'],
    remedies: ['Copy the file into the folder, or remove the line to run on a part of the set.'],
  },
  'dataset.fileSize': {
    what: '{list}, line {line}: {file} has {bytes} bytes, expected {expectedBytes}.',
    causes: ['The file was copied in part.', 'It is the input of another workload.'],
    remedies: ['Copy the file anew from where the data set is published.'],
  },
  'dataset.fileUnreadable': {
    what: '{list}, line {line}: the system refuses to look at {file} ({reason}).',
    causes: ['Permissions forbid it.', 'The disk was removed or has an error.'],
    remedies: ['Check the permissions of the folder and the files.'],
  },
} satisfies Record<string, FaultWords>;
