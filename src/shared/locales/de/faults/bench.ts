import type { FaultWords } from '../../words.ts';

export const benchFaultWords = {
  'bench.instrumentHeld': {
    what: '{label} wird von {program} benutzt (Prozess {pid}: {purpose}).',
    causes: ['Ein anderes Fenster, ein Tab oder ein Befehl von Joulebench misst damit.'],
    remedies: [
      'Warten, bis die Messung beendet ist, oder sie dort anhalten.',
      'Die Anzeige geht weiter: Nur ein Benutzer zur Zeit darf ein Gerät steuern.',
    ],
  },
  'bench.lockFailed': {
    what: '{label} konnte in {folder} nicht reserviert werden: {reason}',
    causes: ['Der Ordner für Sperren ist nicht beschreibbar.'],
    remedies: ['Die Zugriffsrechte des Ordners prüfen.', 'JOULEBENCH_HOME auf einen beschreibbaren Ordner setzen.'],
  },
  'bench.unknown': {
    what: 'Es gibt keinen Messplatz {bench}.',
    causes: ['Der Name ist falsch geschrieben.'],
    remedies: ['Einen von diesen benutzen: {known}; oder serial:PORT, tcp:HOST:PORT für ein DUT auf dem Tisch.'],
  },
  'bench.unknownBoard': {
    what: 'Im Katalog gibt es kein Board {board}.',
    causes: ['Der Name ist falsch geschrieben, oder es gibt noch keinen Eintrag dafür.'],
    remedies: ['Eines von diesen benutzen: {known}.', 'Oder die Versorgung selbst angeben: --voltage.'],
  },
  'bench.badBoard': {
    what: '{path} ist kein Eintrag des Board-Katalogs: {reason}',
    causes: ['Die Datei wurde geändert oder ist beschädigt.'],
    remedies: ['Joulebench neu installieren oder die Datei berichtigen.'],
  },
  'bench.notOpen': {
    what: 'Der Messplatz {bench} ist nicht geöffnet.',
    causes: ['Er wurde geschlossen oder noch nicht geöffnet.'],
    remedies: ['Zuerst den Messplatz öffnen.'],
  },
  'bench.fileInvalid': {
    what: 'Die Datei, in der dieser Messplatz gespeichert ist, kann nicht benutzt werden: {path}, {field}: {problem}',
    causes: ['Sie wurde von Hand geändert oder beschädigt.'],
    remedies: [
      'Die Datei berichtigen und Joulebench neu starten.',
      'Oder sie löschen: Jedes Gerät bekommt seine Rolle dann neu. Sonst geht nichts verloren.',
    ],
  },
  'bench.instrumentLost': {
    what: '{label} ({port}) ist während der Benutzung verschwunden.',
    causes: [
      'Das Kabel wurde gezogen oder hat schlechten Kontakt.',
      'Das Board wurde zurückgesetzt oder verlor seine Versorgung.',
      'Der USB-Hub hat versagt.',
    ],
    remedies: [
      'Wieder anschließen: Das Gerät wird erkannt und nimmt seine Rolle von selbst wieder ein.',
      'Danach den Lauf fortsetzen: Was bis dahin gemessen wurde, bleibt erhalten.',
    ],
  },
  'bench.deviceUnknown': {
    what: 'An diesem Messplatz gibt es kein Gerät {device}.',
    causes: ['Es wurde inzwischen abgezogen und vergessen.'],
    remedies: ['Erneut suchen, dann aus der Liste wählen.'],
  },
  'bench.deviceAttached': {
    what: '{device} ist angeschlossen und kann nicht vergessen werden.',
    causes: ['Es würde sofort wieder gefunden.'],
    remedies: ['Dem Gerät die Rolle entziehen oder es zuerst abziehen.'],
  },
  'bench.roleUnfit': {
    what: '{device} kann diese Rolle nicht übernehmen.',
    causes: ['Ein Debug-Adapter hat keine Leitung für Befehle, und ein serieller Port programmiert kein Board.'],
    remedies: ['Ein anderes Gerät für die Rolle wählen.'],
  },
  'bench.engineeringOnly': {
    what: 'Zeilen von Hand werden nur im Ingenieurmodus gesendet.',
    causes: ['Die Anwendung ist im Bedienermodus, mit gesperrten Parametern.'],
    remedies: ['In den Ingenieurmodus wechseln, sofern erlaubt.'],
  },
  'bench.roleEmpty': {
    what: 'Es gibt kein Gerät, an das diese Zeile gesendet werden könnte.',
    causes: ['Auf der Seite Messplatz hat kein Gerät diese Rolle, oder ein anderer Messplatz ist geöffnet.'],
    remedies: ['Auf der Seite Messplatz einem Gerät die Rolle geben.'],
  },
  'bench.busy': {
    what: 'Der Messplatz {bench} ist mit einem anderen Vorgang beschäftigt.',
    causes: ['Ein Lauf ist im Gange.'],
    remedies: ['Warten, bis er beendet ist, oder ihn anhalten.'],
  },
} satisfies Record<string, FaultWords>;
