import type { FaultWords } from '../../words.ts';

export const storeFaultWords = {
  'store.diskFull': {
    what: 'Die Festplatte mit {path} ist voll.',
    causes: ['Auf der Festplatte ist kein Platz mehr, oder ein Kontingent ist aufgebraucht.'],
    remedies: [
      'Platz schaffen, dann die Sitzung fortsetzen: Alles bisher Gemessene bleibt erhalten.',
      'Mit --out oder in den Einstellungen einen anderen Ordner wählen.',
    ],
  },
  'store.notWritable': {
    what: 'Der Ordner oder die Datei {path} kann nicht geschrieben werden.',
    causes: ['Schreibgeschützt oder im Besitz eines anderen Benutzers.'],
    remedies: [
      'Mit --out oder in den Einstellungen einen anderen Ordner wählen.',
      'Die Zugriffsrechte des Ordners ändern.',
    ],
  },
  'store.notFound': {
    what: 'Es gibt keine Datei und keinen Ordner {path}.',
    causes: ['Der Pfad ist falsch geschrieben, oder das Laufwerk ist nicht eingehängt.'],
    remedies: ['Den Pfad prüfen.'],
  },
  'store.exists': {
    what: 'Eine Datei oder einen Ordner {path} gibt es bereits.',
    causes: ['Sie wurden schon früher geschrieben; überschrieben wird nichts.'],
    remedies: ['Einen anderen Namen oder Ordner wählen oder das Vorhandene verschieben.'],
  },
  'store.failed': {
    what: 'Lesen oder Schreiben von {path} ist fehlgeschlagen: {reason}',
    causes: ['Die Festplatte wurde entfernt oder hat einen Fehler.'],
    remedies: ['Die Festplatte prüfen, dann noch einmal versuchen.'],
  },
  'store.notASession': {
    what: '{path} ist kein Sitzungsordner: Er hat kein Journal.',
    causes: ['Es war ein anderer Ordner gemeint.', 'Das Journal wurde gelöscht.'],
    remedies: ['Den Ordner mit journal.jsonl angeben.'],
  },
  'store.damaged': {
    what: 'Das Journal {path} wurde in Zeile {line} geändert oder ist dort beschädigt ({reason}).',
    causes: [
      'Ein Satz wurde nach der Messung bearbeitet, entfernt oder umgestellt.',
      'Die Festplatte hat falsche Bytes geliefert.',
    ],
    remedies: [
      'Die Sitzung aus einer Sicherung nehmen.',
      'Neu messen: Eine beschädigte Sitzung kann angesehen, aber nicht fortgesetzt werden.',
    ],
  },
  'store.newerVersion': {
    what: '{path} wurde von einer neueren Version von Joulebench geschrieben (Format {format}; diese liest bis {supported}).',
    causes: ['Die Sitzung stammt von einem Rechner mit neuerem Joulebench.'],
    remedies: ['Zum Öffnen die neuere Version installieren. Die Sitzung wurde nicht verändert.'],
  },
  'store.nothingToResume': {
    what: 'Die Sitzung {sessionId} hat keinen Lauf, der fortgesetzt werden könnte.',
    causes: ['Alle ihre Läufe sind abgeschlossen.'],
    remedies: ['Eine neue Sitzung beginnen.'],
  },
  'store.settingsInvalid': {
    what: 'Die Einstellungsdatei {path} ist nicht gültig: {field}: {problem}',
    causes: ['Die Datei wurde von Hand bearbeitet oder stammt aus einer anderen Version.'],
    remedies: ['Das Feld berichtigen oder die Datei löschen, um zu den Vorgaben zurückzukehren.'],
  },
} satisfies Record<string, FaultWords>;
