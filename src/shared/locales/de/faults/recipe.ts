import type { FaultWords } from '../../words.ts';

export const recipeFaultWords = {
  'recipe.unknown': {
    what: 'Es gibt kein Rezept {recipe}.',
    causes: [
      'Es wurde entfernt, auf dieser Seite oder in einem anderen Fenster.',
      'Seine Kennung ist falsch geschrieben.',
    ],
    remedies: ['In der Liste der Rezepte nachsehen.', 'Es aus einer Datei importieren.'],
  },
  'recipe.notARecipe': {
    what: '{path} ist kein brauchbares Rezept ({reason}: {detail}). Die Datei blieb unverändert.',
    causes: ['Es ist eine andere Art von Datei.', 'Sie wurde von Hand bearbeitet oder beim Kopieren abgeschnitten.'],
    remedies: ['Das genannte Feld berichtigen.', 'Die Kopie nehmen, die aus Joulebench exportiert wurde.'],
  },
  'recipe.contradicts': {
    what: 'Das Rezept widerspricht sich ({problem}) und wurde nicht gespeichert.',
    causes: ['Ein Grenzwert betrifft einen Workload, eine Betriebsart oder eine Referenz, die das Rezept nicht hat.'],
    remedies: ['Das Rezept öffnen, der Anmerkung neben dem Grenzwert folgen und erneut speichern.'],
  },
  'recipe.fixed': {
    what: '{extra} kann nicht neben --recipe stehen: Das Rezept sagt, was und wie gemessen wird.',
    causes: ['Der Befehl wurde aus einem ohne Rezept gebildet.'],
    remedies: ['{extra} weglassen.', 'Das Rezept ändern oder ohne Rezept messen.'],
  },
  'recipe.noBaseline': {
    what: 'Die Sitzung {sessionId} hat keinen beurteilten Messwert, der als Referenz dienen könnte.',
    causes: ['Ihre Läufe wurden unterbrochen.'],
    remedies: ['Eine abgeschlossene Sitzung wählen.', 'Diese Sitzung zuerst fortsetzen.'],
  },
  'recipe.batchUnknown': {
    what: 'Es gibt keine Serie {batch}.',
    causes: [
      'Ihre Datei wurde außerhalb von Joulebench verschoben oder gelöscht.',
      'Ihre Kennung ist falsch geschrieben.',
    ],
    remedies: ['In der Liste der Serien nachsehen.'],
  },
  'recipe.batchFull': {
    what: 'Die Serie {batch} enthält {most} Exemplare; mehr nimmt eine Serie nicht auf.',
    causes: ['Viele Exemplare wurden gemessen oder einige davon viele Male.'],
    remedies: ['Mit demselben Rezept eine neue Serie beginnen.'],
  },
  'recipe.batchEmpty': {
    what: 'Die Serie {batch} hat noch kein Exemplar: Es gibt nichts zu schreiben.',
    causes: ['Noch kein Exemplar wurde zu Ende gemessen.'],
    remedies: ['Zuerst ein Exemplar messen.'],
  },
  'recipe.nothingUnderWay': {
    what: 'In der Serie {batch} ist kein Exemplar in Arbeit.',
    causes: ['Es wurde beendet oder in einem anderen Fenster zurückgestellt.'],
    remedies: ['Das nächste Exemplar beginnen.'],
  },
  'recipe.unitUnderWay': {
    what: 'Das Exemplar {serial} der Serie {batch} ist nicht zu Ende gemessen.',
    causes: [
      'Es wird in einem anderen Fenster oder Programm gemessen.',
      'Es wurde unterbrochen, und noch niemand hat darüber entschieden.',
    ],
    remedies: ['Es auf der Seite der Serie fortsetzen oder zurückstellen.'],
  },
  'recipe.badSerial': {
    what: 'Die Seriennummer {serial} hat nicht die Form, die das Rezept verlangt: {pattern}.',
    causes: ['Ein anderes Etikett des Exemplars wurde gescannt.', 'Die Seriennummer wurde falsch getippt.'],
    remedies: ['Die Seriennummer erneut scannen oder eintippen.', 'Das Muster im Rezept ändern.'],
  },
  'recipe.unitKnown': {
    what: 'Das Exemplar {serial} hat in der Serie {batch} bereits ein Ergebnis.',
    causes: ['Das Exemplar wurde aus dem falschen Fach genommen.', 'Es soll noch einmal gemessen werden.'],
    remedies: [
      'Das nächste Exemplar nehmen.',
      'Mit --again noch einmal messen: Beide Ergebnisse bleiben erhalten, das letzte zählt.',
    ],
  },
} satisfies Record<string, FaultWords>;
