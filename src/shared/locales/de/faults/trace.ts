import type { FaultWords } from '../../words.ts';

export const traceFaultWords = {
  'trace.notATrace': {
    what: '{path} ist keine Messkurve von Joulebench: {reason}',
    causes: ['Die Datei ist von anderer Art.'],
    remedies: ['Sie importieren: joulebench trace import.'],
  },
  'trace.newerVersion': {
    what: '{path} hat Messkurvenformat {found}; dieses Programm liest bis {supported}.',
    causes: ['Ein neueres Joulebench hat sie geschrieben.'],
    remedies: ['Joulebench aktualisieren.'],
  },
  'trace.damaged': {
    what: '{path} ist bei Byte {offsetBytes} beschädigt: {reason}',
    causes: ['Die Festplatte oder ein Kopiervorgang hat sie verändert.'],
    remedies: ['Was vor der Beschädigung steht, kann gelesen werden.', 'Sie aus einer Sicherung nehmen.'],
  },
  'trace.writeFailed': {
    what: 'An der Messkurve {path} konnte nicht weitergeschrieben werden: {reason}',
    causes: ['Die Festplatte ist voll oder wurde entfernt.'],
    remedies: [
      'Platz auf der Festplatte schaffen, dann den Lauf wiederholen.',
      'Die ersten {samples} Messwerte bleiben erhalten und können gelesen werden.',
    ],
  },
  'trace.diskTooSmall': {
    what: '{path} würde {neededBytes} Byte brauchen; {freeBytes} sind frei.',
    causes: ['Die Festplatte ist fast voll.'],
    remedies: ['Platz schaffen oder einen anderen Ordner wählen.'],
  },
  'trace.outOfRange': {
    what: '{fromS} bis {toS} s liegt nicht innerhalb der Messkurve {path}; sie dauert {durationS} s.',
    causes: ['Der Abschnitt ist falsch.'],
    remedies: ['Einen Abschnitt innerhalb der Messkurve wählen.'],
  },
  'trace.unreadable': {
    what: '{path} kann nicht gelesen werden: {reason}',
    causes: ['Die Datei gibt es nicht, oder das Leserecht fehlt.'],
    remedies: ['Den Pfad und seine Zugriffsrechte prüfen.'],
  },
  'trace.voltageNeeded': {
    what: 'Die Messkurve von {instrument} enthält Ströme und keine Spannung, daher ist deren Energie nicht bekannt.',
    causes: ['Das Gerät hat die Versorgung nicht eingestellt, oder die importierte Datei nennt sie nicht.'],
    remedies: ['Die Versorgungsspannung mit --voltage angeben.'],
  },
  'trace.rateNotWhole': {
    what: 'Messwerte mit {sampleRateHz} Hz lassen sich nicht zu {targetHz} Hz zusammenfassen.',
    causes: ['Die Rate der Messkurve ist kein Vielfaches davon.'],
    remedies: ['Jeden Messwert exportieren: --rate trace.'],
  },
  'trace.noWindow': {
    what: '{path} hat kein Fenster {window}; sie enthält {edges} Zeitmarken.',
    causes: ['Der Lauf endete vor diesem Fenster.', 'Eine Zeitmarke ging verloren.'],
    remedies: ['Ihre Zeitmarken ansehen: joulebench trace info.', 'Einen Abschnitt angeben: --from und --to.'],
  },
  'trace.none': {
    what: 'Der Lauf {runId} von {sessionId} hat keine Messkurve.',
    causes: ['Es ist kein Energielauf.', 'Er endete, bevor etwas aufgezeichnet wurde.'],
    remedies: ['Einen anderen Lauf der Sitzung ansehen.'],
  },
  'trace.onlyWhole': {
    what: 'Das veröffentlichte Format nimmt {path} als Ganzes: Seine Zeitmarken zählen ab dem ersten Messwert.',
    causes: ['--from, --to oder --window wurde angegeben.'],
    remedies: ['Sie weglassen oder den Abschnitt mit --format csv exportieren.'],
  },
} satisfies Record<string, FaultWords>;
