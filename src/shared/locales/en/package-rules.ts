import type { Messages } from '../words.ts';

/** Words of the rules about packages; see `rules.ts`. */
export const packageRuleWords = {
  'PKG-01': {
    title: 'Division on top',
    explanation: 'The top level of a submission is closed or open; everything else follows from the division.',
    remedy: 'Put the folder of the organisation below closed or open.',
    passed: 'The division is {division}.',
    failed: 'The folder of the organisation stands neither below closed nor below open.',
  },
  'PKG-02': {
    title: 'Only systems, code and results',
    explanation: 'Below the organisation the tools look for systems, code and results; other folders are overlooked.',
    remedy: 'Move other folders into code, or take them out.',
    passed: 'No other folders stand beside systems, code and results.',
    failed: 'Further folders stand beside systems, code and results: {folders}.',
  },
  'PKG-03': {
    title: 'No links',
    explanation: 'A link leads to nothing, or to something else, on another computer.',
    remedy: 'Put copies of the files in their place.',
    passed: 'There are no links.',
    failed: 'A link: {first}. | {count} links; the first is {first}.',
  },
  'PKG-04': {
    title: 'No file too large',
    explanation: 'The submission lives in a repository whose host warns from 50 MB and refuses files from 100 MB.',
    remedy: 'Leave the file out or publish it elsewhere, and say where.',
    passed: 'No file is too large.',
    failed:
      'A file of {limitMB} MB or more; it has {largestMB} MB. | {count} files of {limitMB} MB or more; the largest has {largestMB} MB.',
  },
  'PKG-05': {
    title: 'No leftovers',
    explanation:
      'The official checker refuses empty folders and caches of Python, and then ends with an error of its own.',
    remedy: 'Remove them.',
    passed: 'No empty folders and no caches.',
    failed: 'An empty folder: {first}. | {count} empty folders; the first is {first}.',
    cache: 'A cache of Python: {first}. | {count} caches of Python; the first is {first}.',
  },
  'PKG-06': {
    title: 'Plain names',
    explanation: 'Names with blanks or with a dot in front, and what macOS leaves behind, trip the tools of others.',
    remedy: 'Rename the files, or take them out.',
    passed: 'All names are plain.',
    failed:
      'A name with blanks, with a dot in front or of a resource fork: {first}. | {count} names with blanks, with a dot in front or of a resource fork; the first is {first}.',
  },
  'PKG-07': {
    title: 'A system description for every system',
    explanation: 'The published table takes board, processor and software from systems/SYSTEM.json.',
    remedy: 'Write the description as valid JSON, with the name of the folder below results and every key once.',
    passed: 'All {systems} systems have their description.',
    broken: 'The system description is no valid JSON: {reason}.',
    missing: 'The system {system} has no description. | {count} systems have no description; the first is {system}.',
    misnamed:
      'The description of {system} does not have its name or does not stand in the folder systems itself. | {count} descriptions do not have the name of their system or do not stand in the folder systems itself; the first system is {system}.',
    duplicates: 'Keys stand more than once in a system description, so that values are lost: {keys}.',
  },
  'PKG-08': {
    title: 'Availability stated',
    explanation: 'The published table is sorted by availability: available, preview or rdi.',
    remedy: 'Set Status to available, preview or rdi.',
    passed: 'All {systems} systems state their availability.',
    failed:
      'A system has a Status that does not exist: "{status}". | {count} systems have a Status that does not exist; the first is "{status}".',
    missing: 'A system has no Status. | {count} systems have no Status.',
  },
  'PKG-09': {
    title: 'Names agree with the folders',
    explanation:
      'Division and submitter stand in the description and in the folders; a difference leaves it open which one is meant.',
    remedy: 'Correct the description, or the folder.',
    passed: 'Division and submitter are those of the folders.',
    failed:
      '{key} is "{found}" in a description, but the folder says "{expected}". | {key} is "{found}" in the first of {count} descriptions, but the folder says "{expected}".',
  },
  'PKG-10': {
    title: 'Descriptions that say enough',
    explanation: 'A result means little without board, processor, clock, framework, quantisation and compiler.',
    remedy: 'Fill in the missing keys, spelt as in the template.',
    passed: 'All {systems} descriptions say what has to be known.',
    failed:
      'The description of {system} lacks {keys}. | {count} descriptions lack keys; that of {system} lacks {keys}.',
  },
  'PKG-11': {
    title: 'Benchmark folders of the round',
    explanation: 'The tools find results by the names ad, ic, kws, vww, from v1.3 sww and from v1.4 ic2.',
    remedy: 'Rename the folder; in the open division map its name in model_mapping.json.',
    passed: 'All {benchmarks} benchmark folders have names of the round.',
    failed:
      'The folder {name} is no benchmark of this round. | {count} folders are no benchmark of this round; the first is {name}.',
    nested:
      'The benchmark folder {name} does not stand directly below its system. | {count} benchmark folders do not stand directly below their system; the first is {name}.',
  },
  'PKG-12': {
    title: 'Checklist',
    explanation: 'An engineer certifies by the checklist of the round that the rules were kept.',
    remedy: 'Fill in and sign the checklist of this round and put it into the folder systems.',
    passed: 'There is a checklist.',
    failed: 'There is no checklist.',
    otherRound: 'The checklist is that of {found}, the round is {round}.',
  },
  'PKG-13': {
    title: 'Energy hook-up document',
    explanation: 'Only a picture of the wiring tells what the measured supply feeds.',
    remedy: 'Add Energy-Hookup.pdf to the folder systems.',
    passed: 'There is a hook-up document.',
    failed: 'Energy was submitted without a hook-up document.',
  },
  'PKG-14': {
    title: 'Code with a read-me',
    explanation: 'Others have to be able to build and run what was measured.',
    remedy: 'Add the code of each benchmark with a README that tells how to build and run it.',
    passed: 'There are {files} files of code.',
    missing: 'There is no code.',
    failed: 'No README in the code tells how to build and run it.',
  },
  'PKG-15': {
    title: 'Models, or what makes them',
    explanation: 'Calibration and changes of weights have to be open, and models too where they cannot be made again.',
    remedy: 'Add the model files and the scripts that quantised them.',
    passed: 'Models or scripts that make them are there.',
    failed: 'Neither models nor scripts for calibration, training or conversion were found in the code.',
    noCode: 'There is no code.',
  },
  'PKG-16': {
    title: 'No names of persons in logs',
    explanation: 'Runners write full paths into their logs, with the name of whoever was logged in.',
    remedy: 'Run from a folder without a name in it.',
    passed: 'No log shows a home folder.',
    failed:
      "A log shows somebody's home folder: {text}. | {count} logs show somebody's home folder; the first has {text}.",
  },
  'RUN-01': {
    title: 'Performance and accuracy',
    explanation: 'A figure of speed counts only with the accuracy of the same system.',
    remedy: 'Add the missing run.',
    passed: 'All {benchmarks} benchmarks have both runs.',
    accuracy: 'A benchmark has no accuracy run. | {count} benchmarks have no accuracy run.',
    performance:
      'A benchmark has no performance run; the official checker then leaves it out and says OK. | {count} benchmarks have no performance run; the official checker then leaves them out and says OK.',
  },
  'RUN-02': {
    title: 'Streaming: energy or performance',
    explanation:
      'The streaming wake word is submitted by an energy or a performance run, which holds its accuracy too.',
    remedy: 'Add the run.',
    passed: 'The streaming wake word has its run.',
    failed: 'The streaming wake word has neither an energy nor a performance run.',
  },
  'DIV-06': {
    title: 'A larger size needs the smaller one',
    explanation:
      'Whoever submits the larger image classification has to submit the smaller one of the same system too.',
    remedy: 'Add the results of ic.',
    passed: 'The smaller size is there.',
    failed: '{system} has results of ic2 and none of ic.',
    noLarger: 'No larger size was submitted.',
  },
  'CAT-03': {
    title: 'Research, development or internal',
    explanation: 'Results of the category rdi are of systems that nobody can buy yet.',
    remedy: 'Nothing has to be done.',
    passed: 'No system is of the category rdi.',
    failed:
      'The system {system} is of the category rdi. | {count} systems are of the category rdi; the first is {system}.',
  },
  'CAT-04': {
    title: 'Systems told apart',
    explanation: 'Several systems of one organisation have to differ in what their descriptions say.',
    remedy: 'Describe what makes the systems different.',
    passed: 'The descriptions of all {systems} systems differ.',
    failed: '{first} and {second} have the same description.',
    oneSystem: 'There are no two systems to compare.',
  },
} as const satisfies Messages;
