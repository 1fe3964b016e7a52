import type { FaultWords } from '../../words.ts';

export const updateFaultWords = {
  'update.descriptionBad': {
    what: '{file} does not describe an update: {reason}',
    causes: ['Another file was chosen.', 'The file was cut off or changed on the way.'],
    remedies: [
      'Choose the file latest.yml, latest-linux.yml or latest-mac.yml that lies beside the installer.',
      'Copy both files again.',
    ],
  },
  'update.installerMissing': {
    what: 'The installer is not beside its description. Looked in {folder} for: {files}',
    causes: ['Only the description was copied.', 'The installer was renamed.'],
    remedies: ['Copy the installer into the same folder, under its own name.'],
  },
  'update.installerDamaged': {
    what: 'The installer {file} is not the file that its description names ({reason}).',
    causes: [
      'The copy is incomplete.',
      'Installer and description are of different versions.',
      'The file was changed.',
    ],
    remedies: ['Copy both files again from where they came from.', 'Do not start this installer.'],
  },
  'update.notNow': {
    what: 'The update was not started: {reason}',
    causes: ['Something is being measured, or this installer is not for this computer.'],
    remedies: ['Wait until the run is finished, then try again.', 'Start the installer by hand.'],
  },
} satisfies Record<string, FaultWords>;
