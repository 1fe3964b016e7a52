import type { packageRuleWords as en } from '../en/package-rules.ts';
import type { Translated } from '../words.ts';

/** Words of the rules about packages; see `rules.ts`. */
export const packageRuleWords: Translated<typeof en> = {
  'PKG-01': {
    title: 'Division an oberster Stelle',
    explanation: 'Die oberste Ebene einer Einreichung ist closed oder open; alles andere folgt aus der Division.',
    remedy: 'Den Ordner der Organisation unter closed oder open legen.',
    passed: 'Die Division ist {division}.',
    failed: 'Der Ordner der Organisation steht weder unter closed noch unter open.',
  },
  'PKG-02': {
    title: 'Nur systems, code und results',
    explanation:
      'Unter der Organisation suchen die Werkzeuge nach systems, code und results; andere Ordner werden übersehen.',
    remedy: 'Andere Ordner nach code verschieben oder herausnehmen.',
    passed: 'Neben systems, code und results stehen keine anderen Ordner.',
    failed: 'Neben systems, code und results stehen weitere Ordner: {folders}.',
  },
  'PKG-03': {
    title: 'Keine Links',
    explanation: 'Ein Link führt auf einem anderen Rechner ins Leere oder zu etwas anderem.',
    remedy: 'Stattdessen Kopien der Dateien ablegen.',
    passed: 'Es gibt keine Links.',
    failed: 'Ein Link: {first}. | {count} Links; der erste ist {first}.',
  },
  'PKG-04': {
    title: 'Keine zu große Datei',
    explanation:
      'Die Einreichung liegt in einem Repository, dessen Anbieter ab 50 MB warnt und Dateien ab 100 MB ablehnt.',
    remedy: 'Die Datei weglassen oder anderswo veröffentlichen und sagen, wo.',
    passed: 'Keine Datei ist zu groß.',
    failed:
      'Eine Datei mit {limitMB} MB oder mehr; sie hat {largestMB} MB. | {count} Dateien mit {limitMB} MB oder mehr; die größte hat {largestMB} MB.',
  },
  'PKG-05': {
    title: 'Keine Überbleibsel',
    explanation:
      'Der offizielle Prüfer lehnt leere Ordner und Python-Caches ab und endet dann mit einem eigenen Fehler.',
    remedy: 'Sie entfernen.',
    passed: 'Keine leeren Ordner und keine Caches.',
    failed: 'Ein leerer Ordner: {first}. | {count} leere Ordner; der erste ist {first}.',
    cache: 'Ein Python-Cache: {first}. | {count} Python-Caches; der erste ist {first}.',
  },
  'PKG-06': {
    title: 'Einfache Namen',
    explanation:
      'Namen mit Leerzeichen oder mit Punkt am Anfang und was macOS hinterlässt, bringen die Werkzeuge anderer zum Stolpern.',
    remedy: 'Die Dateien umbenennen oder herausnehmen.',
    passed: 'Alle Namen sind einfach.',
    failed:
      'Ein Name mit Leerzeichen, mit Punkt am Anfang oder von einer Resource Fork: {first}. | {count} Namen mit Leerzeichen, mit Punkt am Anfang oder von einer Resource Fork; der erste ist {first}.',
  },
  'PKG-07': {
    title: 'Eine Systembeschreibung für jedes System',
    explanation: 'Die veröffentlichte Tabelle nimmt Board, Prozessor und Software aus systems/SYSTEM.json.',
    remedy:
      'Die Beschreibung als gültiges JSON schreiben, mit dem Namen des Ordners unter results und jedem Schlüssel einmal.',
    passed: 'Alle {systems} Systeme haben ihre Beschreibung.',
    broken: 'Die Systembeschreibung ist kein gültiges JSON: {reason}.',
    missing:
      'Das System {system} hat keine Beschreibung. | {count} Systeme haben keine Beschreibung; das erste ist {system}.',
    misnamed:
      'Die Beschreibung von {system} trägt nicht seinen Namen oder steht nicht im Ordner systems selbst. | {count} Beschreibungen tragen nicht den Namen ihres Systems oder stehen nicht im Ordner systems selbst; das erste System ist {system}.',
    duplicates: 'Schlüssel stehen mehrfach in einer Systembeschreibung, sodass Werte verloren gehen: {keys}.',
  },
  'PKG-08': {
    title: 'Verfügbarkeit angegeben',
    explanation: 'Die veröffentlichte Tabelle ist nach Verfügbarkeit sortiert: available, preview oder rdi.',
    remedy: 'Status auf available, preview oder rdi setzen.',
    passed: 'Alle {systems} Systeme geben ihre Verfügbarkeit an.',
    failed:
      'Ein System hat einen Status, den es nicht gibt: „{status}“. | {count} Systeme haben einen Status, den es nicht gibt; der erste ist „{status}“.',
    missing: 'Ein System hat keinen Status. | {count} Systeme haben keinen Status.',
  },
  'PKG-09': {
    title: 'Namen stimmen mit den Ordnern überein',
    explanation:
      'Division und Einreicher stehen in der Beschreibung und in den Ordnern; bei einem Unterschied bleibt offen, was gemeint ist.',
    remedy: 'Die Beschreibung oder den Ordner berichtigen.',
    passed: 'Division und Einreicher sind die der Ordner.',
    failed:
      '{key} ist in einer Beschreibung „{found}“, aber der Ordner sagt „{expected}“. | {key} ist in der ersten von {count} Beschreibungen „{found}“, aber der Ordner sagt „{expected}“.',
  },
  'PKG-10': {
    title: 'Beschreibungen, die genug sagen',
    explanation: 'Ein Ergebnis bedeutet wenig ohne Board, Prozessor, Takt, Framework, Quantisierung und Compiler.',
    remedy: 'Die fehlenden Schlüssel ausfüllen, geschrieben wie in der Vorlage.',
    passed: 'Alle {systems} Beschreibungen sagen, was bekannt sein muss.',
    failed:
      'In der Beschreibung von {system} fehlen {keys}. | In {count} Beschreibungen fehlen Schlüssel; in der von {system} fehlen {keys}.',
  },
  'PKG-11': {
    title: 'Benchmark-Ordner der Runde',
    explanation: 'Die Werkzeuge finden Ergebnisse unter den Namen ad, ic, kws, vww, ab v1.3 sww und ab v1.4 ic2.',
    remedy: 'Den Ordner umbenennen; in der Open Division seinen Namen in model_mapping.json zuordnen.',
    passed: 'Alle {benchmarks} Benchmark-Ordner haben Namen der Runde.',
    failed:
      'Der Ordner {name} ist kein Benchmark dieser Runde. | {count} Ordner sind kein Benchmark dieser Runde; der erste ist {name}.',
    nested:
      'Der Benchmark-Ordner {name} steht nicht direkt unter seinem System. | {count} Benchmark-Ordner stehen nicht direkt unter ihrem System; der erste ist {name}.',
  },
  'PKG-12': {
    title: 'Checkliste',
    explanation: 'Eine Fachperson bescheinigt mit der Checkliste der Runde, dass die Regeln eingehalten wurden.',
    remedy: 'Die Checkliste dieser Runde ausfüllen, unterschreiben und in den Ordner systems legen.',
    passed: 'Eine Checkliste ist vorhanden.',
    failed: 'Es gibt keine Checkliste.',
    otherRound: 'Die Checkliste ist die von {found}, die Runde ist {round}.',
  },
  'PKG-13': {
    title: 'Dokument zum Anschluss der Energiemessung',
    explanation: 'Nur ein Bild der Verdrahtung zeigt, was die gemessene Versorgung speist.',
    remedy: 'Energy-Hookup.pdf in den Ordner systems legen.',
    passed: 'Ein Anschlussdokument ist vorhanden.',
    failed: 'Energie wurde ohne Anschlussdokument eingereicht.',
  },
  'PKG-14': {
    title: 'Code mit Readme',
    explanation: 'Andere müssen bauen und ausführen können, was gemessen wurde.',
    remedy: 'Den Code jedes Benchmarks hinzufügen, mit einem README, das Bau und Ausführung erklärt.',
    passed: 'Es gibt {files} Dateien Code.',
    missing: 'Es gibt keinen Code.',
    failed: 'Kein README im Code erklärt Bau und Ausführung.',
  },
  'PKG-15': {
    title: 'Modelle oder was sie erzeugt',
    explanation:
      'Kalibrierung und Änderungen an Gewichten müssen offen sein, auch Modelle, die sich nicht wieder erzeugen lassen.',
    remedy: 'Die Modelldateien und die Skripte, die sie quantisiert haben, hinzufügen.',
    passed: 'Modelle oder Skripte, die sie erzeugen, sind vorhanden.',
    failed: 'Im Code wurden weder Modelle noch Skripte für Kalibrierung, Training oder Umwandlung gefunden.',
    noCode: 'Es gibt keinen Code.',
  },
  'PKG-16': {
    title: 'Keine Personennamen in Protokollen',
    explanation: 'Runner schreiben vollständige Pfade in ihre Protokolle, mit dem Namen der angemeldeten Person.',
    remedy: 'Aus einem Ordner ohne Namen darin messen.',
    passed: 'Kein Protokoll zeigt einen Benutzerordner.',
    failed:
      'Ein Protokoll zeigt den Benutzerordner einer Person: {text}. | {count} Protokolle zeigen den Benutzerordner einer Person; das erste hat {text}.',
  },
  'RUN-01': {
    title: 'Durchsatz und Genauigkeit',
    explanation: 'Ein Durchsatz zählt nur mit der Genauigkeit desselben Systems.',
    remedy: 'Den fehlenden Lauf hinzufügen.',
    passed: 'Alle {benchmarks} Benchmarks haben beide Läufe.',
    accuracy: 'Ein Benchmark hat keinen Genauigkeitslauf. | {count} Benchmarks haben keinen Genauigkeitslauf.',
    performance:
      'Ein Benchmark hat keinen Durchsatzlauf; der offizielle Prüfer lässt ihn dann aus und meldet OK. | {count} Benchmarks haben keinen Durchsatzlauf; der offizielle Prüfer lässt sie dann aus und meldet OK.',
  },
  'RUN-02': {
    title: 'Streaming: Energie oder Durchsatz',
    explanation:
      'Das Streaming Wake Word wird mit einem Energie- oder Durchsatzlauf eingereicht, der auch seine Genauigkeit enthält.',
    remedy: 'Den Lauf hinzufügen.',
    passed: 'Das Streaming Wake Word hat seinen Lauf.',
    failed: 'Das Streaming Wake Word hat weder einen Energie- noch einen Durchsatzlauf.',
  },
  'DIV-06': {
    title: 'Eine größere Variante braucht die kleinere',
    explanation: 'Wer die größere Bildklassifikation einreicht, muss auch die kleinere desselben Systems einreichen.',
    remedy: 'Die Ergebnisse von ic hinzufügen.',
    passed: 'Die kleinere Variante ist vorhanden.',
    failed: '{system} hat Ergebnisse von ic2 und keine von ic.',
    noLarger: 'Es wurde keine größere Variante eingereicht.',
  },
  'CAT-03': {
    title: 'Forschung, Entwicklung oder intern',
    explanation: 'Ergebnisse der Kategorie rdi stammen von Systemen, die noch niemand kaufen kann.',
    remedy: 'Es ist nichts zu tun.',
    passed: 'Kein System ist von der Kategorie rdi.',
    failed:
      'Das System {system} ist von der Kategorie rdi. | {count} Systeme sind von der Kategorie rdi; das erste ist {system}.',
  },
  'CAT-04': {
    title: 'Systeme unterscheidbar',
    explanation: 'Mehrere Systeme einer Organisation müssen sich in ihren Beschreibungen unterscheiden.',
    remedy: 'Beschreiben, was die Systeme unterscheidet.',
    passed: 'Die Beschreibungen aller {systems} Systeme unterscheiden sich.',
    failed: '{first} und {second} haben dieselbe Beschreibung.',
    oneSystem: 'Es gibt keine zwei Systeme zum Vergleichen.',
  },
};
