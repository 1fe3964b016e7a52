import type { FaultWords } from '../../words.ts';

export const updateFaultWords = {
  'update.descriptionBad': {
    what: '{file} beschreibt keine Aktualisierung: {reason}',
    causes: ['Es wurde eine andere Datei gewählt.', 'Die Datei wurde unterwegs abgeschnitten oder geändert.'],
    remedies: [
      'Die Datei latest.yml, latest-linux.yml oder latest-mac.yml wählen, die neben dem Installationsprogramm liegt.',
      'Beide Dateien erneut kopieren.',
    ],
  },
  'update.installerMissing': {
    what: 'Das Installationsprogramm liegt nicht neben seiner Beschreibung. In {folder} gesucht: {files}',
    causes: ['Es wurde nur die Beschreibung kopiert.', 'Das Installationsprogramm wurde umbenannt.'],
    remedies: ['Das Installationsprogramm unter seinem eigenen Namen in denselben Ordner kopieren.'],
  },
  'update.installerDamaged': {
    what: 'Das Installationsprogramm {file} ist nicht die Datei, die seine Beschreibung nennt ({reason}).',
    causes: [
      'Die Kopie ist unvollständig.',
      'Installationsprogramm und Beschreibung haben verschiedene Versionen.',
      'Die Datei wurde geändert.',
    ],
    remedies: ['Beide Dateien erneut von der Quelle kopieren.', 'Dieses Installationsprogramm nicht starten.'],
  },
  'update.notNow': {
    what: 'Die Aktualisierung wurde nicht gestartet: {reason}',
    causes: ['Es wird gerade gemessen, oder dieses Installationsprogramm ist nicht für diesen Rechner.'],
    remedies: [
      'Warten, bis der Lauf beendet ist, dann noch einmal versuchen.',
      'Das Installationsprogramm von Hand starten.',
    ],
  },
} satisfies Record<string, FaultWords>;
