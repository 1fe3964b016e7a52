import type { FaultWords } from '../../words.ts';

export const packageFaultWords = {
  'package.description': {
    what: 'Die Systembeschreibung {path} eignet sich nicht für ein Paket: {problems}',
    causes: ['Schlüssel wurden weggelassen oder sind anders geschrieben als in der Vorlage.'],
    remedies: [
      'Die Datei vervollständigen. docs/packages.md nennt jeden Schlüssel; die meisten dürfen leere Texte sein.',
    ],
  },
  'package.notJson': {
    what: 'Die Systembeschreibung {path} ist kein JSON-Objekt: {reason}',
    causes: ['Ein Komma oder ein Anführungszeichen fehlt, oder es war eine andere Datei gemeint.'],
    remedies: ['Die Datei berichtigen oder die richtige angeben.'],
  },
  'package.noSystem': {
    what: 'Unter dem Namen {name} ist keine Systembeschreibung aufbewahrt. Aufbewahrt: {known}',
    causes: ['Der Name ist falsch geschrieben, oder die Beschreibung wurde nie angegeben.'],
    remedies: ['Die JSON-Datei selbst angeben; sie wird für das nächste Mal aufbewahrt.'],
  },
  'package.nameTaken': {
    what: 'Es gibt bereits eine Systembeschreibung {name}. Sie blieb, wie sie ist.',
    causes: ['Sie wurde früher angelegt, oder ihr Name unterscheidet sich nur in Groß- und Kleinschreibung.'],
    remedies: ['Einen anderen Namen benutzen oder jene Beschreibung öffnen und ändern.'],
  },
  'package.duplicateKeys': {
    what: 'Die Systembeschreibung {path} hat Schlüssel, die doppelt vorkommen: {keys}. Sie wurde nicht übernommen.',
    causes: ['Die Vorlage des Benchmarks wiederholt selbst einige Schlüssel des Softwareteils.'],
    remedies: ['Je einen der doppelten in der Datei entfernen. Welcher gemeint ist, weiß nur, wer sie verfasst hat.'],
  },
  'package.notADescription': {
    what: '{path} ist keine Systembeschreibung: Kein Schlüssel der Vorlage kommt darin vor.',
    causes: ['Es war eine andere Datei gemeint.'],
    remedies: ['Die JSON-Datei eines Systems wählen, wie sie in einer Einreichung unter systems steht.'],
  },
  'package.gone': {
    what: 'Dieses Paket gibt es nicht mehr.',
    causes: ['Neuere haben es ersetzt, oder seine Prüfung wurde angehalten oder fand Probleme.'],
    remedies: ['Erneut prüfen.'],
  },
  'package.badName': {
    what: '„{name}“ kann nicht der Name eines Ordners in einem Paket sein.',
    causes: ['Er enthält Leerzeichen oder Sonderzeichen oder beginnt mit einem Punkt.'],
    remedies: ['Buchstaben, Ziffern, Punkte, Bindestriche und Unterstriche benutzen.'],
  },
  'package.badOut': {
    what: '{path} ist bereits vorhanden. Ein Paket wird neu geschrieben oder gar nicht.',
    causes: ['Es wurde schon erzeugt, oder eine andere Datei hat diesen Namen.'],
    remedies: ['Einen anderen Ordner oder eine andere Datei angeben oder das Vorhandene entfernen.'],
  },
  'package.noBenchmark': {
    what: 'Der Workload {workload} von {source} ist kein Benchmark einer Einreichung.',
    causes: ['Die Sitzung hat einen eigenen Workload gemessen.'],
    remedies: ['Sitzungen von ad01, ic01, ic02, kws01, vww01 oder sww01 nehmen.'],
  },
  'package.unknownRun': {
    what: 'Es ist nicht erkennbar, zu welchem Benchmark oder welcher Betriebsart der Lauf in {folder} von {source} gehört.',
    causes: ['Die Ordner um die Dateien sagen es nicht.'],
    remedies: ['Die Dateien in BENCHMARK/MODE legen, etwa kws/performance.'],
  },
  'package.twice': {
    what: 'Zwei Läufe gehören zu {system} {benchmark} {mode}: {first} und {second}.',
    causes: ['Ein Paket hat einen Lauf je Benchmark und Betriebsart eines Systems.'],
    remedies: [
      'Nur einen davon angeben. SITZUNG#r1,r3 nimmt diese Läufe einer Sitzung und lässt die anderen weg; von einem Ordner mit Ergebnissen die Ordner darunter angeben.',
    ],
  },
  'package.severalSystems': {
    what: 'Die Läufe gehören zu mehreren Systemen: {systems}',
    causes: ['Es wurde der Ordner einer ganzen Organisation angegeben.'],
    remedies: ['Den Ordner eines Systems unter results angeben, jeden mit eigener Systembeschreibung.'],
  },
  'package.submitters': {
    what: 'Die Systembeschreibungen nennen mehrere Einreicher: {submitters}',
    causes: [
      'Ein Paket gehört einer Organisation; einer der Namen ist falsch geschrieben oder gehört zu einer anderen.',
    ],
    remedies: ['In jede Beschreibung denselben Submitter eintragen oder je Organisation ein Paket erzeugen.'],
  },
  'package.sameSystem': {
    what: 'Zwei Systeme haben den Namen {system}.',
    causes: [
      'Eine Beschreibung wurde zweimal angegeben, oder die Namen unterscheiden sich nur in der Groß- und Kleinschreibung, die Windows nicht unterscheidet.',
    ],
    remedies: ['Jedes System einmal angeben, jedes mit eigenem Namen.'],
  },
  'package.nothingOf': {
    what: 'Keine Sitzung gehört zum System {system}.',
    causes: ['Sitzungen wurden ohne den Namen ihres Systems angegeben, oder es fehlt eine.'],
    remedies: ['Seine Sitzungen als {system}=SITZUNG angeben oder das System weglassen.'],
  },
  'package.whichSystem': {
    what: 'Es ist nicht gesagt, zu welchem System {session} gehört. Systeme: {systems}',
    causes: ['Bei mehreren Systemen braucht jede Sitzung den Namen des ihren.'],
    remedies: ['NAME=SITZUNG schreiben, mit dem Namen der Beschreibung ohne .json.'],
  },
  'package.noRun': {
    what: 'Die Sitzung {source} hat keinen Lauf {run}. Sie hat: {known}',
    causes: ['Die Nummer hinter dem # ist falsch geschrieben, oder es war eine andere Sitzung gemeint.'],
    remedies: ['joulebench verify SITZUNG nennt die Läufe.'],
  },
  'package.choiceOfMany': {
    what: 'Aus {source} können keine Läufe gewählt werden: Enthalten sind {sessions} Sitzungen, nicht eine.',
    causes: [
      'Ein Ordner oder eine zip-Datei mit mehreren Sitzungen oder ohne eine von Joulebench wurde mit # dahinter angegeben.',
    ],
    remedies: ['Den Ordner der einen Sitzung angeben; eine zip-Datei mit mehreren zuerst entpacken.'],
  },
  'package.noFiles': {
    what: 'Die Ergebnisdateien des Laufs {run} von {source} fehlen.',
    causes: ['Die Sitzung wurde nie abgeschlossen, oder ihre Dateien wurden entfernt.'],
    remedies: ['Die Sitzung fortsetzen oder den ursprünglichen Ordner nehmen.'],
  },
  'package.notCompleted': {
    what: 'Der Lauf {run} von {source} kam nicht zu seinem Ende.',
    causes: ['Er wurde unterbrochen oder ist fehlgeschlagen.'],
    remedies: ['Ihn fortsetzen oder neu messen; SITZUNG#r1,r3 nimmt nur diese Läufe der Sitzung.'],
  },
  'package.doesNotHold': {
    what: 'Die Sitzung {source} hält der Prüfung nicht stand: {problems}',
    causes: ['Dateien wurden nach dem Versiegeln der Sitzung geändert, oder sie kam nie zu ihrem Ende.'],
    remedies: ['Den ursprünglichen Sitzungsordner nehmen.'],
  },
  'package.link': {
    what: '{path} ist ein Link oder keine einfache Datei; ein Paket enthält nur Dateien.',
    causes: ['Der Ordner mit dem Code enthält einen Link.'],
    remedies: ['Stattdessen eine Kopie der Datei ablegen.'],
  },
  'package.badManifest': {
    what: '{path} ist kein Manifest eines Firmware-Images: {problem}',
    causes: ['Es war eine andere Datei gemeint.'],
    remedies: ['Die manifest.json neben einem mit joulebench firmware build gebauten Image angeben.'],
  },
} satisfies Record<string, FaultWords>;
