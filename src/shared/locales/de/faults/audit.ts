import type { FaultWords } from '../../words.ts';

export const auditFaultWords = {
  'audit.noFolder': {
    what: '{path} kann nicht geprüft werden: Es ist kein lesbarer Ordner ({reason}).',
    causes: ['Der Pfad ist falsch geschrieben oder bezeichnet eine Datei.', 'Das Leserecht für den Ordner fehlt.'],
    remedies: ['Den Ordner einer Einreichung, einer Runde, eines einzelnen Laufs oder einer Sitzung angeben.'],
  },
  'audit.noRuns': {
    what: 'In {path} ist nichts zu prüfen: Unter den {files} Dateien ist kein Ergebnis eines Laufs und keine Sitzung.',
    causes: ['Es war ein anderer Ordner gemeint.', 'Die Ergebnisse sind in ein Archiv gepackt.'],
    remedies: [
      'Einen Ordner angeben, der Ergebnisordner (mit log.txt und results.txt) enthält, oder einen Sitzungsordner.',
      'Archive zuerst entpacken.',
    ],
  },
  'audit.unreadable': {
    what: '{path} konnte nicht gelesen werden: {reason}',
    causes: ['Die Datei wurde während der Prüfung geändert oder entfernt.', 'Das Leserecht fehlt.'],
    remedies: ['Den Ordner an einen lesbaren Ort kopieren und erneut prüfen.'],
  },
  'audit.outside': {
    what: '{path} führt aus dem geprüften Ordner hinaus und wurde nicht gelesen.',
    causes: ['Dort liegt ein Link, oder ein Name wurde so gewählt, dass er anderswohin führt.'],
    remedies: ['Den Einreicher um ein Paket ohne Links bitten.'],
  },
  'audit.tooMuch': {
    what: '{path} ist mehr, als eine Prüfung annimmt: Die Grenze für {limit} ist {value}.',
    causes: ['Der Ordner ist keine Einreichung.', 'Die Dateien sollen das Programm überlasten.'],
    remedies: ['Einen Teil des Baums prüfen: eine Runde, eine Organisation oder einen einzelnen Lauf.'],
  },
  'audit.threadFailed': {
    what: 'Die Prüfung konnte nicht beendet werden: {reason}',
    causes: ['Eine Datei braucht mehr Speicher, als einer Prüfung zusteht.', 'Ein Fehler in Joulebench.'],
    remedies: [
      'Einen Teil des Baums prüfen: eine Runde, eine Organisation oder einen einzelnen Lauf.',
      'Das Protokoll an die Entwickler senden.',
    ],
  },
  'audit.stopped': {
    what: 'Die Prüfung wurde angehalten.',
    causes: ['Sie wurde abgebrochen.'],
    remedies: ['Bei Bedarf neu starten: Eine Prüfung ändert nichts.'],
  },
  'audit.badRound': {
    what: '„{round}“ ist keine Runde.',
    causes: ['Der Name ist falsch geschrieben.'],
    remedies: ['Eine Runde wie v1.3 angeben.'],
  },
} satisfies Record<string, FaultWords>;
