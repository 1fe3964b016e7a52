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
    what: 'Zwei Läufe gehören zu {benchmark} {mode}: {first} und {second}.',
    causes: ['Ein Paket hat einen Lauf je Benchmark und Betriebsart eines Systems.'],
    remedies: ['Nur einen davon angeben.'],
  },
  'package.severalSystems': {
    what: 'Die Läufe gehören zu mehreren Systemen: {systems}',
    causes: ['Es wurde der Ordner einer ganzen Organisation angegeben.'],
    remedies: ['Für jedes System ein Paket erzeugen; den Ordner eines Systems unter results angeben.'],
  },
  'package.noFiles': {
    what: 'Die Ergebnisdateien des Laufs {run} von {source} fehlen.',
    causes: ['Die Sitzung wurde nie abgeschlossen, oder ihre Dateien wurden entfernt.'],
    remedies: ['Die Sitzung fortsetzen oder den ursprünglichen Ordner nehmen.'],
  },
  'package.notCompleted': {
    what: 'Der Lauf {run} von {source} kam nicht zu seinem Ende.',
    causes: ['Er wurde unterbrochen oder ist fehlgeschlagen.'],
    remedies: ['Ihn fortsetzen oder neu messen.'],
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
