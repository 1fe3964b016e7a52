import type { desktopWords as en } from '../en/desktop.ts';
import type { Translated } from '../words.ts';

/** Menu, dialogs and start of the desktop app, and what the local server says to strangers. */
export const desktopWords: Translated<typeof en> = {
  menu: {
    run: 'Lauf',
    go: 'Gehe zu',
    view: 'Ansicht',
    help: 'Hilfe',
    openLogs: 'Protokollordner öffnen',
  },
  files: {
    model: 'TensorFlow-Lite-Modell',
    any: 'Alle Dateien',
  },
  quit: {
    message: 'Ein Lauf ist im Gange: {titles}',
    detail:
      'Beenden bricht das Fenster ab, das gerade gemessen wird. Alles bisher Gemessene bleibt erhalten, die Sitzung kann fortgesetzt werden.',
    stay: 'Lauf fortsetzen',
    finish: 'Dieses Fenster abschließen, dann beenden',
    stop: 'Sofort abbrechen und beenden',
  },
  update: {
    running: 'ein Lauf ist im Gange ({titles})',
    otherSystem: 'sie ist für ein anderes Betriebssystem',
    noAppImage: 'dieses Programm wurde nicht aus einem AppImage gestartet',
    byHand: 'sie muss von Hand installiert werden',
  },
  crash: {
    message: 'Das Fenster ist innerhalb einer Minute zweimal ausgefallen.',
    detail: 'Ein Lauf geht ohne das Fenster weiter. Neu geladen zeigt es den Lauf an seinem Stand.',
    reload: 'Neu laden',
    quit: 'Beenden',
  },
  portable: {
    notWritable:
      'Joulebench ist als portabel eingerichtet, kann aber nicht in {folder} schreiben. Es benutzt stattdessen die Ordner dieses Rechners.',
  },
  failed: {
    title: 'Joulebench konnte nicht starten',
  },
  serve: {
    refused:
      'Diese Adresse öffnet Joulebench einmal, in einem Browser. Die Adresse aus dem Terminal benutzen oder `joulebench serve` erneut starten, um eine neue zu erhalten.',
  },
  start: {
    unavailable: 'Kein Desktop-Fenster verfügbar ({reason}); dieselbe App wird im Browser geöffnet.',
    download: 'Das Desktop-Fenster wird geladen (Electron {version}, {megabytes} MB): {percent} %',
    reason: {
      asked: '--browser wurde angegeben',
      noBinary: 'Electron {version} konnte nicht geladen werden: {detail}',
      silentServer: 'der Server mit Electron {version} antwortet nicht',
      noDisplay: 'kein Bildschirm: weder DISPLAY noch WAYLAND_DISPLAY ist gesetzt',
      root: 'es läuft nicht als root',
      noSandbox: 'dieses System lässt den Aufbau der Sandbox nicht zu; siehe README, Desktop on Linux',
      ended: 'es endete sofort mit Code {code}',
    },
  },
};
