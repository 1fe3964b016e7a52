import type { FaultWords } from '../../words.ts';

export const handoverFaultWords = {
  'session.running': {
    what: 'Session {sessionId} is being measured and cannot be touched.',
    causes: ['A run goes on, here or in another program.', 'It was stopped less than two minutes ago.'],
    remedies: ['Stop the run, or wait for its end; then try again after two minutes.'],
  },
  'session.outside': {
    what: '{sessionId} is not a folder of its own inside the sessions folder.',
    causes: ['It is a link to another place.'],
    remedies: ['Delete or move it with the file manager, where you see what it leads to.'],
  },
  'import.notAZip': {
    what: 'The file cannot be read as a zip file: {reason}',
    causes: ['It is another kind of file.', 'It was cut or changed on its way.'],
    remedies: ['Export the sessions again and compare the sizes of both files.', 'Import the unpacked folder instead.'],
  },
  'import.refusedEntry': {
    what: 'The zip file holds an entry that is not taken: {entry} ({reason}). Nothing was imported.',
    causes: [
      'The file was not made by an export of this program.',
      'Somebody made it to write outside the sessions folder, to follow a link or to fill the disk.',
    ],
    remedies: [
      'Ask whoever sent it for an export of the sessions.',
      'Do not unpack the file by other means before you know what it is.',
    ],
  },
  'import.tooLarge': {
    what: 'Unpacked, the sessions would take {bytes} bytes; {limit} bytes are allowed. Nothing was imported.',
    causes: ['The disk of the sessions folder is nearly full.', 'The zip file was made to fill a disk.'],
    remedies: [
      'Free some space, or choose another sessions folder in the settings.',
      'Ask whoever sent the file how large the sessions are.',
    ],
  },
  'import.noSession': {
    what: 'There is no session in it: no folder with a journal.jsonl.',
    causes: ['Another file or folder was meant.'],
    remedies: ['Choose an exported zip file, a session folder, or a folder of sessions.'],
  },
  'import.doesNotHold': {
    what: 'Session {session} is not whole ({problem} {file}). Nothing was imported.',
    causes: ['A file was changed, removed or added after the session was finished.', 'The copy is incomplete.'],
    remedies: [
      'Copy or export the session again where it was measured.',
      'Run joulebench verify on the original to see every difference.',
    ],
  },
  'import.gone': {
    what: 'The sessions that were checked are not waiting any more.',
    causes: ['The import was left, or the program was started again meanwhile.'],
    remedies: ['Import the file again.'],
  },
} as const satisfies Record<string, FaultWords>;
