import type { FaultWords } from '../../words.ts';

export const benchFaultWords = {
  'bench.instrumentHeld': {
    what: '{label} is in use by {program} (process {pid}: {purpose}).',
    causes: ['Another window, tab or command of Joulebench is measuring with it.'],
    remedies: [
      'Wait until it has finished, or stop it there.',
      'Viewing goes on: only one holder at a time may command an instrument.',
    ],
  },
  'bench.lockFailed': {
    what: '{label} could not be reserved in {folder}: {reason}',
    causes: ['The folder for locks cannot be written.'],
    remedies: ['Check the permissions of the folder.', 'Set JOULEBENCH_HOME to a folder that can be written.'],
  },
  'bench.unknown': {
    what: 'There is no bench {bench}.',
    causes: ['The name is misspelt.'],
    remedies: ['Use one of: {known}; or serial:PORT, tcp:HOST:PORT for a DUT on the desk.'],
  },
  'bench.unknownBoard': {
    what: 'There is no board {board} in the catalogue.',
    causes: ['The name is misspelt, or nobody has made an entry for it.'],
    remedies: ['Use one of: {known}.', 'Or state the supply yourself: --voltage.'],
  },
  'bench.badBoard': {
    what: '{path} is no entry of the board catalogue: {reason}',
    causes: ['The file was changed or is damaged.'],
    remedies: ['Install Joulebench again, or mend the file.'],
  },
  'bench.notOpen': {
    what: 'Bench {bench} is not open.',
    causes: ['It was closed, or nobody has opened it yet.'],
    remedies: ['Open the bench first.'],
  },
  'bench.busy': {
    what: 'Bench {bench} is busy with another operation.',
    causes: ['A run is under way.'],
    remedies: ['Wait until it has finished, or stop it.'],
  },
} satisfies Record<string, FaultWords>;
