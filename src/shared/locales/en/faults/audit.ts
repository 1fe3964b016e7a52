import type { FaultWords } from '../../words.ts';

export const auditFaultWords = {
  'audit.noFolder': {
    what: '{path} cannot be audited: it is no folder that can be read ({reason}).',
    causes: ['The path is misspelt, or it names a file.', 'You may not read the folder.'],
    remedies: ['Name the folder of a submission, of a round, of one run, or of a session.'],
  },
  'audit.noRuns': {
    what: 'Nothing to audit in {path}: among its {files} files is no result of a run and no session.',
    causes: ['Another folder was meant.', 'The results were packed into an archive.'],
    remedies: [
      'Name a folder that holds result folders (with log.txt and results.txt), or a session folder.',
      'Unpack archives first.',
    ],
  },
  'audit.unreadable': {
    what: '{path} could not be read: {reason}',
    causes: ['The file was changed or taken away during the audit.', 'You may not read it.'],
    remedies: ['Copy the folder to a place that you may read, and audit again.'],
  },
  'audit.outside': {
    what: '{path} leads out of the audited folder and was not read.',
    causes: ['A link was put there, or a name was made to lead elsewhere.'],
    remedies: ['Ask the submitter for a package without links.'],
  },
  'audit.tooMuch': {
    what: '{path} is more than an audit takes on: the limit of {limit} is {value}.',
    causes: ['The folder is no submission.', 'The files were made to exhaust the program.'],
    remedies: ['Audit a part of the tree: a round, an organisation or a single run.'],
  },
  'audit.threadFailed': {
    what: 'The audit could not be finished: {reason}',
    causes: ['A file needs more memory than an audit takes.', 'A defect in Joulebench.'],
    remedies: [
      'Audit a part of the tree: a round, an organisation or a single run.',
      'Send the log to the maintainers.',
    ],
  },
  'audit.stopped': {
    what: 'The audit was stopped.',
    causes: ['It was cancelled.'],
    remedies: ['Start it again when you like: it changes nothing.'],
  },
  'audit.badRound': {
    what: '"{round}" is no round.',
    causes: ['It is misspelt.'],
    remedies: ['Name a round such as v1.3.'],
  },
} satisfies Record<string, FaultWords>;
