import type { FaultWords } from '../../words.ts';

export const appFaultWords = {
  'app.bridgeMissing': {
    what: 'Das Fenster konnte nicht mit dem übrigen Joulebench verbunden werden.',
    causes: ['Ein Teil des Programms fehlt oder ist beschädigt.'],
    remedies: [
      'Joulebench neu starten.',
      'Joulebench neu installieren.',
      'Bis dahin zeigt `joulebench serve --open` dieselbe Anwendung im Browser.',
    ],
  },
  'app.cannotOpen': {
    what: 'Das System konnte {path} nicht öffnen: {reason}',
    causes: ['Für diese Art von Datei ist kein Programm eingestellt.', 'Die Datei wurde verschoben oder gelöscht.'],
    remedies: ['Den Ordner der Sitzung und darin die Datei von Hand öffnen.'],
  },
  'app.desktopOnly': {
    what: 'Nur das Desktop-Fenster kann an einem frei gewählten Ort speichern.',
    causes: ['Die Seite läuft in einem Browser.'],
    remedies: ['Die Datei mit dem Browser herunterladen.'],
  },
  'app.fileGone': {
    what: 'Die Datei wird nicht mehr vorgehalten.',
    causes: [
      'Joulebench wurde neu gestartet, nachdem die Datei erzeugt wurde.',
      'Seither wurden viele andere Dateien erzeugt.',
    ],
    remedies: ['Die Datei noch einmal anfordern.'],
  },
  'app.operationUnknown': {
    what: 'Den Vorgang {id} gibt es nicht mehr.',
    causes: ['Er endete, bevor Joulebench neu gestartet wurde.'],
    remedies: ['In der Liste der Sitzungen nachsehen: Was gemessen wurde, steht dort.'],
  },
  'app.pageClosed': {
    what: 'Diese Seite ist im Bedienmodus geschlossen. Dies ist die Seite des Laufs.',
    causes: ['Die Adresse der Seite war gemerkt, oder ein Verweis führte zu ihr.'],
    remedies: [
      'Hier weiterarbeiten.',
      'Um sie zu öffnen, den Bedienmodus mit dem Schloss unten in der Leiste verlassen.',
    ],
  },
  'app.sessionUnknown': {
    what: 'Es gibt keine Sitzung „{sessionId}“, oder sie hat noch keinen Bericht.',
    causes: [
      'Die Sitzung wurde außerhalb von Joulebench verschoben oder gelöscht.',
      'Ihr Lauf ist nicht abgeschlossen.',
    ],
    remedies: ['In der Liste der Sitzungen nachsehen.'],
  },
  'app.senderRefused': {
    what: 'Eine Anfrage ({channel}) wurde abgelehnt, weil sie nicht von der Seite von Joulebench kam.',
    causes: ['Ein Fehler in Joulebench.'],
    remedies: ['Das Protokoll an die Entwickler senden.'],
  },
  'app.portableNotWritable': {
    what: 'Joulebench ist als portabel eingerichtet, kann aber nicht in {folder} schreiben.',
    causes: ['Der Ordner ist schreibgeschützt oder liegt auf einem nur lesbaren Datenträger.'],
    remedies: ['Joulebench in einen beschreibbaren Ordner verschieben.', 'Die Datei joulebench-portable entfernen.'],
  },
} satisfies Record<string, FaultWords>;
