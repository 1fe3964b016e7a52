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
  'bench.fileInvalid': {
    what: 'The file that remembers this bench cannot be used: {path}, {field}: {problem}',
    causes: ['It was changed by hand, or damaged.'],
    remedies: [
      'Mend the file and start Joulebench again.',
      'Or delete it: every instrument is then given its role anew. Nothing else is lost.',
    ],
  },
  'bench.instrumentLost': {
    what: '{label} ({port}) went away while it was in use.',
    causes: [
      'Its cable was pulled, or makes bad contact.',
      'Its board was reset or lost its supply.',
      'The USB hub let it down.',
    ],
    remedies: [
      'Plug it in again: it is recognised and takes its role back by itself.',
      'Then resume the run: what was measured until then is kept.',
    ],
  },
  'bench.deviceUnknown': {
    what: 'There is no device {device} on this bench.',
    causes: ['It was unplugged and forgotten meanwhile.'],
    remedies: ['Look again, then choose it from the list.'],
  },
  'bench.deviceAttached': {
    what: '{device} is attached and cannot be forgotten.',
    causes: ['It would be found again at once.'],
    remedies: ['Take its role away, or unplug it first.'],
  },
  'bench.roleUnfit': {
    what: '{device} cannot play this role.',
    causes: ['A debug probe has no line to talk to, and a serial port programs no board.'],
    remedies: ['Choose another device for the role.'],
  },
  'bench.engineeringOnly': {
    what: 'Lines are sent by hand in engineering mode only.',
    causes: ['The app is in operator mode, with locked parameters.'],
    remedies: ['Change to engineering mode, if you may.'],
  },
  'bench.roleEmpty': {
    what: 'There is no instrument to send this line to.',
    causes: ['No device was given this role on the bench page, or another bench is open.'],
    remedies: ['Give a device the role on the bench page.'],
  },
  'bench.busy': {
    what: 'Bench {bench} is busy with another operation.',
    causes: ['A run is under way.'],
    remedies: ['Wait until it has finished, or stop it.'],
  },
} satisfies Record<string, FaultWords>;
