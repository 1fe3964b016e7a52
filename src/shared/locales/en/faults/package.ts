import type { FaultWords } from '../../words.ts';

export const packageFaultWords = {
  'package.description': {
    what: 'The system description {path} is not fit for a package: {problems}.',
    causes: ['Keys were left out, or are spelt otherwise than in the template.'],
    remedies: ['Complete the file. docs/packages.md lists every key; most of them may be empty texts.'],
  },
  'package.notJson': {
    what: 'The system description {path} is no JSON object: {reason}',
    causes: ['A comma or a quotation mark is missing, or another file was meant.'],
    remedies: ['Correct the file, or name the right one.'],
  },
  'package.noSystem': {
    what: 'No system description is kept under the name {name}. Kept: {known}',
    causes: ['The name is misspelt, or the description was never given.'],
    remedies: ['Name the JSON file itself; it is kept for the next time.'],
  },
  'package.nameTaken': {
    what: 'There is a system description {name} already. It was left as it is.',
    causes: ['It was made before, or its name differs only in capital letters.'],
    remedies: ['Use another name, or open that description and change it.'],
  },
  'package.duplicateKeys': {
    what: 'The system description {path} has keys that stand there twice: {keys}. It was not taken.',
    causes: ['The template of the benchmark itself repeats some keys of the software part.'],
    remedies: ['Remove one of each pair in the file. Which one is meant only its author knows.'],
  },
  'package.notADescription': {
    what: '{path} is no system description: none of the keys of the template is in it.',
    causes: ['Another file was meant.'],
    remedies: ['Choose the JSON file of a system, as it stands below systems in a submission.'],
  },
  'package.gone': {
    what: 'This package is not there any more.',
    causes: ['It was replaced by newer ones, or its check was stopped or found problems.'],
    remedies: ['Check it again.'],
  },
  'package.badName': {
    what: '"{name}" cannot be the name of a folder in a package.',
    causes: ['It has blanks or special characters, or begins with a dot.'],
    remedies: ['Use letters, digits, dots, dashes and underlines.'],
  },
  'package.badOut': {
    what: '{path} is there already. A package is written anew or not at all.',
    causes: ['It was made before, or another file has this name.'],
    remedies: ['Name another folder or file, or remove this one.'],
  },
  'package.noBenchmark': {
    what: 'The workload {workload} of {source} is no benchmark of a submission.',
    causes: ['The session measured a workload of your own.'],
    remedies: ['Take sessions of ad01, ic01, ic02, kws01, vww01 or sww01.'],
  },
  'package.unknownRun': {
    what: 'It cannot be told of which benchmark or mode the run in {folder} of {source} is.',
    causes: ['The folders around the files do not say it.'],
    remedies: ['Put the files into BENCHMARK/MODE, such as kws/performance.'],
  },
  'package.twice': {
    what: 'Two runs are of {system} {benchmark} {mode}: {first} and {second}.',
    causes: ['A package has one run for each benchmark and mode of a system.'],
    remedies: [
      'Name one of them only. SESSION#r1,r3 takes these runs of a session and leaves its others; of a folder with results, name the folders below it.',
    ],
  },
  'package.severalSystems': {
    what: 'The runs are of several systems: {systems}',
    causes: ['The folder of a whole organisation was named.'],
    remedies: ['Name the folder of one system below results, each with its own system description.'],
  },
  'package.submitters': {
    what: 'The system descriptions name several submitters: {submitters}',
    causes: ['A package is of one organisation, and one of the names is misspelt or of another.'],
    remedies: ['Put the same Submitter into every description, or make a package for each organisation.'],
  },
  'package.sameSystem': {
    what: 'Two systems have the name {system}.',
    causes: [
      'A description was named twice, or the names differ in capital letters only, which Windows takes for the same.',
    ],
    remedies: ['Name each system once, each with a name of its own.'],
  },
  'package.nothingOf': {
    what: 'No session is of the system {system}.',
    causes: ['Sessions were named without the name of their system, or one too few was named.'],
    remedies: ['Name its sessions as {system}=SESSION, or leave the system out.'],
  },
  'package.whichSystem': {
    what: 'It was not said of which system {session} is. Systems: {systems}',
    causes: ['With several systems each session needs the name of its own.'],
    remedies: ['Write NAME=SESSION, with the name of the description without .json.'],
  },
  'package.noRun': {
    what: 'The session {source} has no run {run}. It has: {known}',
    causes: ['The number behind the # is misspelt, or another session was meant.'],
    remedies: ['joulebench verify SESSION lists the runs.'],
  },
  'package.choiceOfMany': {
    what: 'Runs cannot be chosen from {source}: it holds {sessions} sessions, not one.',
    causes: ['A folder or zip file with several sessions, or with none of Joulebench, was named with a # behind it.'],
    remedies: ['Name the folder of the one session; unpack a zip file with several first.'],
  },
  'package.noFiles': {
    what: 'The result files of the run {run} of {source} are missing.',
    causes: ['The session was never finished, or its files were taken away.'],
    remedies: ['Resume the session, or take the original folder.'],
  },
  'package.notCompleted': {
    what: 'The run {run} of {source} did not come to its end.',
    causes: ['It was interrupted or failed.'],
    remedies: ['Resume it, or measure again; SESSION#r1,r3 takes only these runs of the session.'],
  },
  'package.doesNotHold': {
    what: 'The session {source} does not hold: {problems}',
    causes: ['Files were changed after the session was sealed, or it never came to its end.'],
    remedies: ['Take the original session folder.'],
  },
  'package.link': {
    what: '{path} is a link or no plain file; a package has files only.',
    causes: ['The folder of the code holds a link.'],
    remedies: ['Put a copy of the file in its place.'],
  },
  'package.badManifest': {
    what: '{path} is no manifest of a firmware image: {problem}',
    causes: ['Another file was meant.'],
    remedies: ['Name the manifest.json beside an image made with joulebench firmware build.'],
  },
} satisfies Record<string, FaultWords>;
