import type { FaultWords } from '../../words.ts';

export const storeFaultWords = {
  'store.diskFull': {
    what: 'The disk that holds {path} is full.',
    causes: ['No space is left on the disk, or a quota is used up.'],
    remedies: [
      'Free some space, then resume the session: everything measured so far is kept.',
      'Choose another folder with --out or in the settings.',
    ],
  },
  'store.notWritable': {
    what: 'The folder or file {path} cannot be written.',
    causes: ['It is read-only, or belongs to another user.'],
    remedies: ['Choose another folder with --out or in the settings.', 'Change the permissions of the folder.'],
  },
  'store.notFound': {
    what: 'There is no file or folder {path}.',
    causes: ['The path is misspelt, or the disk is not mounted.'],
    remedies: ['Check the path.'],
  },
  'store.exists': {
    what: 'There already is a file or folder {path}.',
    causes: ['It was written before; nothing is ever written over it.'],
    remedies: ['Choose another name or folder, or move the existing one.'],
  },
  'store.failed': {
    what: 'Reading or writing {path} failed: {reason}',
    causes: ['The disk was removed or has an error.'],
    remedies: ['Check the disk, then try again.'],
  },
  'store.notASession': {
    what: '{path} is not a session folder: it has no journal.',
    causes: ['Another folder was meant.', 'The journal was deleted.'],
    remedies: ['Name the folder that holds journal.jsonl.'],
  },
  'store.damaged': {
    what: 'The journal {path} was changed or is damaged at line {line} ({reason}).',
    causes: [
      'A record was edited, removed or put in another order after it was measured.',
      'The disk returned wrong bytes.',
    ],
    remedies: [
      'Take the session from a backup.',
      'Measure again: a damaged session can be looked at but not continued.',
    ],
  },
  'store.newerVersion': {
    what: '{path} was written by a newer version of Joulebench (format {format}; this one reads up to {supported}).',
    causes: ['The session comes from a computer with a newer Joulebench.'],
    remedies: ['Install the newer version to open it. The session was not changed.'],
  },
  'store.nothingToResume': {
    what: 'Session {sessionId} has no run that could be resumed.',
    causes: ['All its runs are finished.'],
    remedies: ['Start a new session.'],
  },
  'store.settingsInvalid': {
    what: 'The settings file {path} is not valid: {field}: {problem}',
    causes: ['The file was edited by hand, or comes from another version.'],
    remedies: ['Mend the field, or delete the file to go back to the defaults.'],
  },
} satisfies Record<string, FaultWords>;
