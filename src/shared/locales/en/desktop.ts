import type { Messages } from '../words.ts';

/** Menu, dialogs and start of the desktop app, and what the local server says to strangers. */
export const desktopWords = {
  menu: {
    run: 'Run',
    go: 'Go',
    view: 'View',
    help: 'Help',
    openLogs: 'Open log folder',
  },
  files: {
    model: 'TensorFlow Lite model',
    any: 'All files',
  },
  quit: {
    message: 'A run is under way: {titles}',
    detail:
      'Leaving now ends the window being measured. Everything measured so far is kept, and the session can be resumed.',
    stay: 'Continue the run',
    finish: 'Finish this window, then quit',
    stop: 'Stop now and quit',
  },
  update: {
    running: 'a run is under way ({titles})',
    otherSystem: 'it is made for another operating system',
    noAppImage: 'this program was not started from an AppImage',
    byHand: 'it has to be installed by hand',
  },
  crash: {
    message: 'The window has failed twice within a minute.',
    detail: 'A run goes on without it. Loading the window again shows the run where it stands.',
    reload: 'Load again',
    quit: 'Quit',
  },
  portable: {
    notWritable:
      'Joulebench is set to be portable, but cannot write into {folder}. It uses the folders of this computer instead.',
  },
  failed: {
    title: 'Joulebench could not start',
  },
  serve: {
    refused:
      'This address opens Joulebench once, in one browser. Use the address that the terminal shows, or start `joulebench serve` again for a new one.',
  },
  start: {
    unavailable: 'Desktop window not available ({reason}); opening the same app in the browser.',
    download: 'Fetching the desktop window (Electron {version}, {megabytes} MB): {percent} %',
    reason: {
      asked: '--browser was given',
      noBinary: 'Electron {version} could not be fetched: {detail}',
      silentServer: 'the server with Electron {version} does not answer',
      noDisplay: 'there is no screen: neither DISPLAY nor WAYLAND_DISPLAY is set',
      root: 'it does not run as root',
      noSandbox: 'this system does not let it build its sandbox; see README, Desktop on Linux',
      ended: 'it ended at once with code {code}',
    },
  },
} as const satisfies Messages;
