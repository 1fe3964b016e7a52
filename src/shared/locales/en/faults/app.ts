import type { FaultWords } from '../../words.ts';

export const appFaultWords = {
  'app.bridgeMissing': {
    what: 'The window could not be joined to the rest of Joulebench.',
    causes: ['A part of the program is missing or damaged.'],
    remedies: [
      'Restart Joulebench.',
      'Install it again.',
      'Until then, `joulebench serve --open` shows the same app in the browser.',
    ],
  },
  'app.cannotOpen': {
    what: 'The system could not open {path}: {reason}',
    causes: ['No program is set for this kind of file.', 'The file was moved or deleted.'],
    remedies: ['Open the session’s folder and the file in it by hand.'],
  },
  'app.desktopOnly': {
    what: 'Only the desktop window can save to a place of its choice.',
    causes: ['The page runs in a browser.'],
    remedies: ['Download the file with the browser.'],
  },
  'app.fileGone': {
    what: 'The file is not kept any more.',
    causes: ['Joulebench was started again after the file was made.', 'Many other files were made since.'],
    remedies: ['Ask for the file again.'],
  },
  'app.operationUnknown': {
    what: 'There is no operation {id} any more.',
    causes: ['It ended before Joulebench was started again.'],
    remedies: ['Look at the list of sessions: what it measured is there.'],
  },
  'app.pageClosed': {
    what: 'That page is closed in operator mode. This is the page of the run.',
    causes: ['The address of the page was kept, or a link led to it.'],
    remedies: ['Go on here.', 'To open it, leave operator mode with the lock at the foot of the rail.'],
  },
  'app.sessionUnknown': {
    what: 'There is no session "{sessionId}", or it has no report yet.',
    causes: ['The session was moved or deleted outside Joulebench.', 'Its run is not finished.'],
    remedies: ['Look at the list of sessions.'],
  },
  'app.senderRefused': {
    what: 'A request ({channel}) was refused because it did not come from Joulebench’s own page.',
    causes: ['A defect in Joulebench.'],
    remedies: ['Send the log to the maintainers.'],
  },
  'app.portableNotWritable': {
    what: 'Joulebench is set to be portable, but cannot write into {folder}.',
    causes: ['The folder is write-protected, or on a medium that can only be read.'],
    remedies: ['Move Joulebench to a folder you may write to.', 'Remove the file joulebench-portable.'],
  },
} satisfies Record<string, FaultWords>;
