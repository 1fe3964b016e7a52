import type { ruleWords as en } from '../en/rules.ts';
import type { Translated } from '../words.ts';
import { declarationRuleWords } from './declaration-rules.ts';
import { packageRuleWords } from './package-rules.ts';

/** By rule id: title, why it is there, what to do, and one message per outcome; the placeholders are the finding's facts. */
export const ruleWords: Translated<typeof en> = {
  /** Messages that several rules share. */
  common: {
    otherMode: 'Gilt nicht für diese Betriebsart.',
    noWindows: 'Es wurde kein Fenster gemessen.',
    noStamps: 'Kein Fenster hat die Zeitstempel, die diese Regel braucht.',
    noInputs: 'Es wurde keine Eingabe gemessen.',
    notReported: 'Kein ausgegebener Wert zum Vergleichen.',
    notRecorded: 'Es gibt keine solchen Dateien zum Vergleichen.',
    otherRound: 'Gilt nicht in dieser Runde.',
    noSystems: 'Es gibt keine Ergebnisse.',
    notClosed: 'Gilt nur für die Closed Division.',
    notOpen: 'Gilt nur für die Open Division.',
    notStreaming: 'Gilt nur für das Streaming Wake Word.',
    streaming: 'Gilt nicht für das Streaming Wake Word.',
    notAnomaly: 'Gilt nur für die Anomalieerkennung.',
    notOfficial: 'Gilt nur für einen offiziellen Eingabesatz.',
    noTarget: 'Der Workload hat kein Qualitätsziel.',
    noMetric: 'Der Wert lässt sich aus diesen Ergebnissen nicht berechnen.',
    noCompanion: 'Die Sitzung enthält keinen anderen Lauf dieses Workloads zum Vergleichen.',
    noIdentity: 'Das DUT hat nicht gemeldet, welches Modell es ausführt.',
    noEnergy: 'Von der Energieseite des Laufs ist nichts vorhanden.',
    unknown: 'Die Dateien geben darüber keine Auskunft.',
    declarationAbsent: 'Aus den Dateien nicht entscheidbar: Keine Checkliste erklärt es. Von Hand vergleichen.',
    declarationUnanswered: 'Aus den Dateien nicht entscheidbar: Die Checkliste lässt es offen. Von Hand vergleichen.',
    declarationUnreadable: 'Aus den Dateien nicht entscheidbar: Die Checkliste ist nicht lesbar. Von Hand vergleichen.',
  },
  /** Why a workload of the catalogue cannot be run. */
  notRunnable: {
    sww01: 'Er überträgt Ton über ein Interface-Board an das DUT; Joulebench steuert es nicht.',
  },
  /** What an official list of inputs is. */
  list: {
    kws01: 'Die offizielle Liste von 1.000 Schlüsselwort-Eingaben.',
    vww01: 'Die offizielle Liste von 1.000 Bildern, die Hälfte davon mit einer Person.',
    ic01: 'Die offizielle Liste von 200 Bildern, 20 je Klasse, in Kraft seit 2022.',
    ic01Old: 'Die erste Liste von 200 Bildern, nicht gleichmäßig auf die Klassen verteilt, 2022 ersetzt.',
    ad01: 'Die offizielle Liste von 248 Aufnahmen von Maschinen.',
    ad01Alternative: 'Die kürzere offizielle Liste von 72 Aufnahmen, erlaubt seit Runde v1.2.',
  },
  'PERF-01': {
    title: 'Fünf Fenster mit fünf Eingaben',
    explanation: 'Ein Durchsatzergebnis ist der Median von genau fünf Fenstern mit je einer eigenen Eingabe.',
    remedy: 'Alle fünf Fenster neu messen; einen Datensatz von mindestens fünf Dateien benutzen.',
    passed: '{windows} Fenster mit {inputs} verschiedenen Eingaben.',
    failed: '{windows} Fenster mit {inputs} verschiedenen Eingaben statt je {expected}.',
  },
  'PERF-02': {
    title: 'Die ersten fünf Eingaben der offiziellen Liste',
    explanation:
      'Alle messen mit denselben fünf Eingaben, weil die Dauer einer Inferenz von ihrer Eingabe abhängen kann.',
    remedy: 'Den offiziellen Datensatz benutzen oder einen Teil davon, der mit seinen ersten fünf Dateien beginnt.',
    passed: 'Die Eingaben sind die ersten fünf der Liste.',
    failed: 'Die Eingaben sind nicht die ersten fünf der Liste.',
    listStart: 'Die Eingaben sind die ersten der benutzten Liste, aber nicht die ersten fünf der offiziellen.',
  },
  'PERF-03': {
    title: 'Fenster von mindestens 10 s',
    explanation: 'In kürzeren Fenstern haben die Zeitstempel und einmalige Vorgänge am Anfang zu viel Gewicht.',
    remedy: 'Die Zahl der Inferenzen je Fenster erhöhen oder dem Kalibrierlauf überlassen.',
    passed: 'Das kürzeste Fenster dauerte {shortestS} s.',
    failed: '{count} Fenster sind kürzer als {limitS} s; das kürzeste, Fenster {window}, dauerte {shortestS} s.',
  },
  'PERF-04': {
    title: 'Mindestens 10 Inferenzen je Fenster',
    explanation: 'Der Durchsatz ist ein Mittelwert: Er braucht mehrere Inferenzen.',
    remedy: 'Die Zahl der Inferenzen je Fenster erhöhen.',
    passed: 'Die kleinste Zahl von Inferenzen in einem Fenster ist {fewest}.',
    failed: '{count} Fenster haben weniger als {limit} Inferenzen; die kleinste Zahl ist {fewest}.',
  },
  'PERF-05': {
    title: 'Gleich viele Inferenzen und Aufwärmläufe in allen Fenstern',
    explanation: 'Fenster verschiedener Länge lassen sich weniger gerecht vergleichen.',
    remedy: 'Alle Fenster mit einer Einstellung neu messen.',
    passed: '{inferences} Inferenzen in jedem Fenster; Aufwärmläufe davor: {warmups}.',
    failed:
      'Die Fenster haben {fewestInferences} bis {mostInferences} Inferenzen und {fewestWarmups} bis {mostWarmups} Aufwärmläufe.',
  },
  'PERF-06': {
    title: 'Der berichtete Wert ist der Median',
    explanation: 'Das Ergebnis ist der Median der Durchsätze der Fenster, hier aus den Zeitstempeln neu berechnet.',
    remedy: 'Den Median der Fenster genau dieses Laufs berichten.',
    passed: 'Die berichteten {reported} Inf./s sind der Median der Fenster.',
    failed: 'Berichtet sind {reported} Inf./s, aber der Median der Fenster ist {recomputed} Inf./s.',
  },
  'PERF-07': {
    title: 'Die Durchsätze der Fenster liegen dicht beieinander',
    explanation:
      'Ein DUT leistet in jedem Fenster dieselbe Arbeit; eine Streuung deutet auf wechselnden Takt, Wärme oder andere Aufgaben.',
    remedy: 'Auf dem DUT nach anderen Aufgaben, Interrupts oder wechselndem Takt suchen, dann neu messen.',
    passed: 'Die Durchsätze der Fenster unterscheiden sich um {spreadPercent} %.',
    failed: 'Die Durchsätze der Fenster unterscheiden sich um {spreadPercent} %, mehr als {limitPercent} %.',
  },
  'PERF-08': {
    title: 'Die Uhr des DUT stimmt mit der des Hosts überein',
    explanation: 'Der Durchsatz wird mit der Uhr des DUT gemessen. Ist diese Uhr falsch, ist es auch das Ergebnis.',
    remedy:
      'Takt- und Timer-Einstellungen der Firmware des DUT prüfen. Ein Verhältnis weit von 1 ist meist ein falscher Teiler.',
    passed: 'Die Uhr des DUT stimmt mit der des Hosts auf {deviationPercent} % überein.',
    failed:
      'In Fenster {window} zählte das DUT das {ratio}-Fache der Zeit des Hosts: {deviationPercent} % Abweichung, mehr als {limitPercent} %.',
    notComparable:
      'Das DUT dieses Messplatzes hält die Zeit des Hosts nicht ein, daher konnte seine Uhr nicht geprüft werden.',
    notTimed: 'Der Host hat für {count} Fenster keine Zeiten, daher konnte die Uhr dort nicht geprüft werden.',
    noTimes: 'Das Protokoll des Runners hat keine Zeiten, daher kann die Uhr nicht geprüft werden.',
    coarse:
      'Der Vergleich ist zu grob: Er kann um {uncertaintyPercent} % falsch sein, mehr als die zu prüfenden {limitPercent} %.',
  },
  'PERF-09': {
    title: 'Hinreichend feine Zeitstempel',
    explanation: 'Zeitstempel in Schritten, die gegenüber dem Fenster lang sind, machen seine Länge unsicher.',
    remedy: 'Für die Zeitstempel des DUT einen schnelleren Timer benutzen oder längere Fenster.',
    passed: 'Die Zeitstempel des DUT kommen in Schritten von {resolutionUs} us.',
    failed: 'Die Zeitstempel des DUT kommen in Schritten von {resolutionUs} us; erlaubt sind {limitUs} us.',
    unknown: 'Es gibt zu wenige Zeitstempel, um ihre Schrittweite zu erkennen.',
  },
  'PERF-10': {
    title: 'Keine unsinnige Fensterlänge',
    explanation:
      'Der 32-Bit-Zähler eines DUT läuft alle 4295 s über. Darüber hinaus kann ein Fenster keine negative Zeit und keinen Tag dauern.',
    remedy: 'Das DUT wurde vermutlich im Fenster zurückgesetzt: neu messen.',
    passed: 'Alle Fenster haben eine sinnvolle Länge.',
    failed: 'Fenster {window} scheint {durationS} s gedauert zu haben.',
    hostDiffers: 'Fenster {window} scheint {durationS} s gedauert zu haben, während beim Host {hostS} s vergingen.',
  },
  'PERF-11': {
    title: 'Zwei Zeitstempel je Fenster',
    explanation:
      'Ein Fenster liegt zwischen dem Zeitstempel vor und dem nach seinen Inferenzen. Bei weniger oder mehr Zeitstempeln bleibt offen, welche gelten.',
    remedy: 'Prüfen, ob die Firmware nur um die Inferenzen herum stempelt, dann neu messen.',
    passed: 'Jedes Fenster hat zwei Zeitstempel.',
    failed: '{count} Fenster haben nicht zwei Zeitstempel; Fenster {window} hat {stamps}.',
  },
  'ACC-01': {
    title: 'Jede offizielle Eingabe einmal',
    explanation:
      'Eine Genauigkeit ist nur vergleichbar, wenn sie an der ganzen offiziellen Liste gemessen wurde, jede Eingabe einmal.',
    remedy: 'Für einen vergleichbaren Wert den vollständigen offiziellen Datensatz benutzen.',
    passed: 'Alle {inputs} Eingaben der offiziellen Liste wurden einmal benutzt.',
    failed: '{missing} Eingaben des Satzes fehlen, und {repeated} wurden erneut benutzt.',
    subset: 'An {inputs} der {official} Eingaben der offiziellen Liste gemessen: Der Wert gilt für einen Teil.',
    reordered: 'Alle Eingaben der offiziellen Liste wurden benutzt, aber in anderer Reihenfolge.',
    own: 'An einem eigenen Eingabesatz gemessen: Der Wert ist nicht mit veröffentlichten vergleichbar.',
  },
  'ACC-02': {
    title: 'Die offizielle Liste der Runde',
    explanation: 'Listen wurden im Lauf der Jahre ersetzt; Werte verschiedener Listen sind nicht vergleichbar.',
    remedy: 'Die Liste benutzen, die in Kraft ist.',
    passed: 'Die Liste {list} ist in Kraft.',
    failed: 'Die Liste ist keine offizielle.',
    superseded: 'Die Liste {list} wurde nach Runde {lastRound} ersetzt.',
    tooEarly: 'Die Liste {list} ist ab Runde {firstRound} erlaubt, nicht in {round}.',
  },
  'ACC-03': {
    title: 'Eine Inferenz je Eingabe',
    explanation: 'Die Genauigkeit wird mit einer Inferenz und ohne Aufwärmlauf je Eingabe gemessen.',
    remedy: 'Mit einer Inferenz und ohne Aufwärmlauf neu messen.',
    passed: 'Eine Inferenz ohne Aufwärmlauf für jede Eingabe.',
    failed: '{count} Eingaben wurden mit mehr als einer Inferenz oder mit Aufwärmläufen gemessen.',
  },
  'ACC-04': {
    title: 'Qualitätsziel',
    explanation:
      'Die Closed Division verlangt eine Mindestgenauigkeit, damit Geschwindigkeit nicht damit erkauft wird.',
    remedy: 'Das Modell und seine Umwandlung prüfen: Die Messung selbst ist in Ordnung.',
    passed: 'Erreicht {value}, verlangt {target}.',
    failed: 'Erreicht {value}, weniger als die verlangten {target}.',
  },
  'ACC-05': {
    title: 'Die berichtete Genauigkeit ist die der Ergebnisse',
    explanation: 'Die ausgegebenen Werte werden aus den Ergebnissen jeder Eingabe neu berechnet.',
    remedy: 'Die Werte genau dieses Laufs berichten.',
    passed: 'Die berichteten Werte folgen aus den Ergebnissen.',
    top1: 'Berichtet ist Top-1 {reported} %, aber die Ergebnisse ergeben {recomputed} %.',
    auc: 'Berichtet ist AUC {reported}, aber die Ergebnisse ergeben {recomputed}.',
  },
  'ACC-06': {
    title: 'Kein Ziel durch Runden erreicht',
    explanation: 'Mit zwei Dezimalstellen wird eine Fläche von 0.845 als 0.85 ausgegeben.',
    remedy: 'Das Ziel als verfehlt behandeln.',
    passed: 'Die ungerundete Fläche {value} steht auf derselben Seite des Ziels wie die ausgegebene.',
    failed: 'Die Fläche ist {value}: Sie wird als {printed} ausgegeben, liegt aber unter dem Ziel {target}.',
  },
  'ACC-07': {
    title: 'Ergebnisse vollständig und sinnvoll',
    explanation:
      'Jede Inferenz muss für jede Klasse eine Zahl ergeben; gleiche Ergebnisse für alle Eingaben bedeuten, dass das DUT sie nicht beachtet hat.',
    remedy: 'Die Ausgabe der Ergebnisse durch das DUT prüfen und ob die geladene Eingabe das Modell erreicht.',
    passed: 'Alle {inputs} Ergebnisse sind vollständig.',
    missing: '{count} Eingaben haben keine Ergebnisse.',
    length: '{count} Ergebnisse haben eine falsche Zahl von Werten; das erste hat {found} statt {expected}.',
    notFinite: '{count} Ergebnisse enthalten einen Wert, der keine endliche Zahl ist.',
    flat: 'In jedem Ergebnis sind alle Werte gleich.',
    none: 'Das DUT hat in dieser Betriebsart keine Ergebnisse ausgegeben.',
    same: 'Alle {inputs} Eingaben ergaben dasselbe Ergebnis.',
  },
  'ACC-08': {
    title: 'Streaming: Fehlalarme und Übersehenes',
    explanation: 'Das Streaming Wake Word erlaubt von beiden höchstens 8.',
    remedy: 'Das Modell und den Schwellenwert prüfen.',
    passed: '{falseNegatives} Wörter überhört, {falsePositives} Fehlalarme.',
    failed:
      '{falseNegatives} Wörter überhört und {falsePositives} Fehlalarme; von beiden sind höchstens {limit} erlaubt.',
    words: 'Gehörte und überhörte Wörter ergeben {words}; der Datenstrom hat {expected}.',
  },
  'ACC-09': {
    title: 'Streaming: Bewertung neu berechnet',
    explanation:
      'Die Bewertung wird aus den Erkennungen neu berechnet, mit der Nachfrist von 2 s nach einem Wort, die der veröffentlichte Runner hat.',
    remedy: 'Die Bewertung genau dieses Laufs berichten.',
    passed:
      'Gehört / überhört / falsch: {printed}, auch neu berechnet; mit einer Nachfrist von 1 s sind es {oneSecond}.',
    failed:
      'Gehört / überhört / falsch: Ausgegeben sind {printed}, die Erkennungen ergeben {recomputed} (mit einer Nachfrist von 1 s {oneSecond}).',
  },
  'ACC-10': {
    title: 'Open Division: Genauigkeit berichtet',
    explanation: 'Die Open Division hat kein Ziel, aber die Genauigkeit muss berichtet werden.',
    remedy: 'Einen Genauigkeitslauf hinzufügen.',
    passed: 'Die Genauigkeit ist {value}.',
    failed: 'Es gibt keine Genauigkeit zu berichten.',
    below: 'Die Genauigkeit ist {value}, weniger als die {target}, die die Closed Division verlangt.',
  },
  'ACC-11': {
    title: 'Open Keyword Spotting: bereitgestellte Merkmale',
    explanation: 'Die Open Division darf eine der drei bereitgestellten Arten von Merkmalen benutzen.',
    remedy: 'Eine der bereitgestellten Arten von Merkmalen benutzen.',
    passed: 'Die Eingaben sind von der bereitgestellten Art.',
    unknown: 'Bei einem eigenen Eingabesatz ist nicht zu erkennen, wie er entstanden ist.',
  },
  ...packageRuleWords,
  ...declarationRuleWords,
  'DIV-03': {
    title: 'Dieselbe Aufgabe und dieselben Genauigkeitsdaten',
    explanation:
      'Die Open Division lässt das Modell frei, aber seine Genauigkeit wird an denselben offiziellen Eingaben gemessen.',
    remedy: 'Die Genauigkeit an der offiziellen Liste messen.',
    passed: 'Die Eingaben sind die einer offiziellen Liste.',
    failed: 'Die Genauigkeit wurde an {inputs} Eingaben gemessen, die keiner offiziellen Liste entsprechen.',
  },
  'RUN-03': {
    title: 'Die Dateien eines Laufs',
    explanation:
      'Wer ein Ergebnis prüft, braucht sein Protokoll, seine Ergebnisse und was der Runner daneben geschrieben hat.',
    remedy: 'Den ganzen Sitzungsordner des Runners und sonst nichts in den Ergebnisordner kopieren.',
    passed: 'Alle Dateien des Laufs sind vorhanden.',
    missing: 'Im Ergebnisordner fehlen: {files}.',
    unreadable: 'Nicht lesbar als das, was sie sein sollen: {files}.',
    unexpected: 'Gehört nicht in den Ergebnisordner: {files}.',
    leftOut: 'Nicht vorhanden, vermutlich wegen der Größe: {files}. Der Inhalt konnte nicht neu berechnet werden.',
  },
  'RUN-04': {
    title: 'Offizieller Runner',
    explanation: 'Eine Einreichung braucht einen Lauf mit dem Runner, den ihre Runde erlaubt.',
    remedy: 'Für eine Einreichung den Lauf mit dem offiziellen Runner wiederholen.',
    passed: 'Der Runner {runner} ist in dieser Runde erlaubt.',
    failed: 'Der Runner {runner} ist in dieser Runde nicht erlaubt.',
    unknownRound: 'Die Runde ist nicht bekannt; der Runner {runner} war bis {lastRound} erlaubt.',
    ownRunner: 'Von Joulebench gemessen: für die Arbeit im Labor geeignet, aber nicht einreichbar.',
  },
  'RUN-05': {
    title: 'Protokoll und Ergebnisse gehören zusammen',
    explanation: 'Die Werte in den Ergebnissen müssen die des Protokolls sein.',
    remedy: 'Die Dateien eines Laufs zusammenhalten.',
    passed: 'Die Ergebnisse folgen aus dem Protokoll.',
    failed: 'Die Ergebnisse folgen nicht aus dem Protokoll.',
    windowCount: 'Die Ergebnisse haben {printed} Fenster, das Protokoll hat {logged}: Es ist das eines anderen Laufs.',
    windowValues:
      'Fenster {window} der Ergebnisse hat {printed}, das Protokoll ergibt {logged}: Es ist das eines anderen Laufs.',
    later:
      'Die Ergebnisse wurden {afterS} s nach dem Ende des Protokolls geschrieben; innerhalb von {limitS} s gehören sie zusammen.',
    earlier: 'Die Ergebnisse wurden {beforeS} s vor dem Ende des Protokolls geschrieben.',
  },
  'RUN-06': {
    title: 'Skript, Protokoll und Ergebnisse gehören zusammen',
    explanation: 'Skript, Protokoll und Ergebnisse müssen dieselben Eingaben und Zahlen nennen.',
    remedy: 'Die Dateien eines Laufs zusammenhalten.',
    passed: 'Das Skript ist das des Protokolls.',
    failed: 'Skript und Protokoll unterscheiden sich.',
    count: 'Das Skript verlangt {scripted} Inferenzen, das Protokoll hat {logged}.',
    step: 'Inferenz {number} ist {scripted} im Skript, aber {logged} im Protokoll.',
    broken: 'Das Skript ist über Zeichen {at} hinaus nicht lesbar.',
  },
  'RUN-07': {
    title: 'Vollständige Aufzeichnung',
    explanation: 'Eine Aufzeichnung ohne Anfang oder Ende kann verbergen, was schiefging.',
    remedy: 'Den Lauf fortsetzen und zu Ende kommen lassen.',
    passed: 'Die Aufzeichnung hat Anfang und Ende.',
    notEnded: 'Der Lauf kam nicht zu seinem Ende.',
    damaged: 'Die Aufzeichnung ist beschädigt, oder ihr fehlt der Anfang.',
    empty: 'Das Protokoll enthält nichts von einem Lauf.',
    several: 'Das Protokoll enthält mehr als eine Sitzung.',
  },
  'RUN-08': {
    title: 'Das richtige Modell',
    explanation: 'Das DUT muss das Modell des Workloads ausführen.',
    remedy: 'Die Firmware dieses Workloads flashen oder den Workload dieser Firmware wählen.',
    passed: 'Das DUT führt {model} aus.',
    failed: 'Das DUT führt {model} aus, aber der Workload ist {workload}.',
    unknownRun: 'Weder Ordner noch Dateien sagen, welcher Benchmark und welche Betriebsart {folder} ist.',
  },
  'RUN-09': {
    title: 'Kein Fehler während einer Messung',
    explanation:
      'Ein DUT, das in einem gezählten Fenster neu startete oder Fehler meldete, hat nicht dieselbe Arbeit geleistet.',
    remedy: 'Die Ursache suchen (Versorgung, Speicher, ein verlorenes Zeichen), dann neu messen.',
    passed: 'Kein Neustart und kein Fehler während einer Messung.',
    retried:
      'Kein Neustart und kein Fehler während einer Messung. {count} Fenster wurde auf Wunsch der messenden Person noch einmal gemessen; das letzte zählt. | Kein Neustart und kein Fehler während einer Messung. {count} Fenster wurden auf Wunsch der messenden Person noch einmal gemessen; von jedem zählt das letzte.',
    failed: '{count} Neustarts oder Fehler während einer Messung; der erste: {text}',
  },
  'RUN-10': {
    title: 'Keine widersprüchlichen Wiederholungen',
    explanation:
      'Runner wiederholen ihre Zeilen, wenn in einer Sitzung mehrere Läufe gemacht werden; die Wiederholungen müssen gleich sein.',
    remedy: 'Nur die Ergebnisse eines Laufs nehmen.',
    passed: 'Wiederholte Blöcke sind gleich.',
    failed: 'Die Ergebnisse wiederholen einen Block mit anderen Werten.',
    repeated: 'Jede Zeile der Ergebnisse steht dort {times}-mal, jedes Mal gleich.',
  },
  'RUN-11': {
    title: 'Dasselbe DUT in allen Läufen',
    explanation:
      'Genauigkeit, Durchsatz und Energie eines Ergebnisses müssen von einem Gerät mit einer Firmware und einem Modell stammen.',
    remedy: 'Alle Betriebsarten mit demselben Gerät, derselben Firmware und demselben Modell messen.',
    passed: 'Gerät, Firmware, Modell und Ausgaben stimmen mit den anderen Läufen überein.',
    vendor: 'Ein anderer Lauf dieses Workloads wurde mit einem anderen DUT gemacht: {other} statt {own}.',
    profile: 'Das DUT eines anderen Laufs dieses Workloads hat ein anderes Profil: {other} statt {own}.',
    model: 'Das DUT eines anderen Laufs dieses Workloads meldet, dass es {other} statt {own} ausführt.',
    modelFile: 'Ein anderer Lauf dieses Workloads wurde mit einer anderen Modelldatei gemacht: {other} statt {own}.',
    firmware: 'Ein anderer Lauf dieses Workloads wurde mit anderer Firmware gemacht: {other} statt {own}.',
    outputs: '{count} Eingaben ergaben ein anderes Ergebnis als im anderen Lauf; die erste ist {file}.',
    sameOutputs: 'Alle {windows} Fenster ergaben für verschiedene Eingaben genau dasselbe Ergebnis.',
  },
  'NRG-01': {
    title: 'Die Messkurve ist vorhanden',
    explanation: 'Eine Energie wird aus den Messwerten neu berechnet. Ohne sie kann niemand sie prüfen.',
    remedy: 'Neu messen und den Lauf zu Ende kommen lassen, damit seine Messkurve erhalten bleibt.',
    passed: 'Die Messkurve des Laufs ist vorhanden.',
    leftOut:
      'Die Messwerte des Datenstroms sind nicht vorhanden (sie bilden eine große Datei): Die ausgegebene Energie konnte nicht neu berechnet werden.',
    failed: 'Zu diesem Lauf gibt es keine Messkurve.',
  },
  'NRG-02': {
    title: 'Fünf Fenster von mindestens 10 s nach dem Messgerät',
    explanation:
      'Ein Energieergebnis ist der Median von fünf Fenstern (einem beim Streaming Wake Word). In kürzeren fallen die Flanken zu sehr ins Gewicht.',
    remedy: 'Die Zahl der Inferenzen je Fenster erhöhen oder dem Kalibrierlauf überlassen; er strebt 10.4 s an.',
    passed: 'Das kürzeste Fenster dauerte {shortestS} s.',
    notProven:
      'Das kürzeste Fenster, Nummer {window}, dauerte {shortestS} s: mindestens {limitS} s, aber um weniger als die {guardS} s, die es beweisen.',
    failed: '{count} Fenster sind kürzer als {limitS} s; das kürzeste, Fenster {window}, dauerte {shortestS} s.',
    failedNotProven:
      '{count} Fenster sind kürzer als {limitS} s; das kürzeste, Fenster {window}, dauerte {shortestS} s: zu kurz, aber innerhalb von {guardS} s um die Grenze.',
    count: '{windows} Fenster statt {expected}.',
    untimed: '{count} Fenster haben keine Länge, weil ihre Flanken fehlen.',
  },
  'NRG-03': {
    title: 'Eine einzelne Zeitmarke und zwei Flanken je Fenster',
    explanation:
      'Das DUT zeigt Anfang und Ende seiner Inferenzen an einem Pin an. Durch eine fehlende oder zusätzliche Flanke sieht ein anderer Abschnitt der Messkurve wie das Fenster aus.',
    remedy:
      'Die Leitung der Zeitmarke, ihre Spannung und die Länge des Impulses prüfen (ein PPK2 braucht 20 us), dann neu messen.',
    passed: 'Alle {found} Flanken kamen, wo sie erwartet wurden.',
    pairs: 'Jedes der {windows} Fenster hat seine zwei Flanken.',
    missing: '{count} Fenstern fehlt eine Flanke; Fenster {window} hat {edges} statt 2.',
    extra: '{count} Fenster haben eine Flanke zu viel; Fenster {window} hat {edges} statt 2.',
    markMissing: 'Die Messkurve hat {found} Flanken statt {expected}: Die einzelne Zeitmarke vor den Fenstern fehlt.',
    stray: '{count} Flanken kamen außerhalb der Fenster: insgesamt {found} statt {expected}.',
    strayOnly: '{count} Flanken kamen außerhalb der Fenster.',
  },
  'NRG-04': {
    title: 'Die ausgegebenen Energien sind die der Messkurve',
    explanation: 'Die Energie jedes Fensters wird aus den Messwerten zwischen seinen Flanken neu summiert.',
    remedy: 'Messkurve und Ergebnisse eines Laufs zusammenhalten.',
    passed: 'Die ausgegebenen Energien aller {windows} Fenster folgen aus der Messkurve.',
    failed: 'Für Fenster {window} sind {reportedUJ} uJ ausgegeben, aber die Messkurve ergibt {recomputedUJ} uJ.',
    noTrace: 'Für Fenster {window} sind {reportedUJ} uJ ausgegeben, aber die Messkurve hat kein solches Fenster.',
  },
  'NRG-05': {
    title: 'Die ausgegebene Energie ist der Median',
    explanation: 'Das Ergebnis ist der Median der Energien je Inferenz, hier aus der Messkurve neu berechnet.',
    remedy: 'Den Median der Fenster genau dieses Laufs berichten.',
    passed: 'Die ausgegebenen {reportedUJPerInf} uJ/Inf. sind der Median der Fenster.',
    failed: 'Ausgegeben sind {reportedUJPerInf} uJ/Inf., aber der Median der Fenster ist {recomputedUJPerInf} uJ/Inf.',
    noEnergyFigure: 'Der Median der Energien lässt sich aus diesen Fenstern nicht berechnen.',
  },
  'NRG-06': {
    title: 'Ein zugelassenes Messgerät',
    explanation:
      'Die offiziellen Runner lassen nur wenige Energiemessgeräte zu. Andere eignen sich zur Erkundung, und ihre Werte müssen so gekennzeichnet sein.',
    remedy: 'Für eine Einreichung mit einem zugelassenen Messgerät messen; alte Firmware aktualisieren.',
    passed: '{model} ist für Einreichungen zugelassen.',
    untried:
      '{model} ist für Einreichungen zugelassen; der Treiber von Joulebench wurde noch nicht am Gerät selbst erprobt.',
    firmwareUnknown:
      '{model} ist für Einreichungen ab Firmware {needed} zugelassen; welche vorlag, ist nicht aufgezeichnet.',
    failed: '{model} ist nicht für Einreichungen zugelassen: nur zur Erkundung.',
    explorationUntried:
      '{model} ist nicht für Einreichungen zugelassen: nur zur Erkundung. Der Treiber wurde noch nicht am Gerät selbst erprobt.',
    firmware: '{model} hat Firmware {firmware}; mindestens {needed} ist nötig.',
  },
  'NRG-07': {
    title: 'Die Versorgung ist aufgezeichnet und richtig',
    explanation:
      'Die Energie wächst mit der Spannung, und ein DUT außerhalb seiner Grenzen arbeitet womöglich nicht wie vorgesehen.',
    remedy: 'Die Versorgung, ihre Leitungen und die Einstellung prüfen und das versorgte Board wählen.',
    passed: 'Die Versorgung war auf {setV} V gestellt und maß {measuredV} V, innerhalb der Grenzen des Boards.',
    noBoard:
      'Die Versorgung war auf {setV} V gestellt und maß {measuredV} V; es wurde kein Board gewählt, daher sind seine Grenzen nicht bekannt.',
    noReading:
      'Die Versorgung war auf {setV} V gestellt, innerhalb der Grenzen des Boards; das Messgerät kann sie nicht messen.',
    noReadingNoBoard:
      'Die Versorgung war auf {setV} V gestellt; das Messgerät kann sie nicht messen, und es wurde kein Board gewählt, daher sind seine Grenzen nicht bekannt.',
    noSetting: 'Die Versorgung maß {measuredV} V; worauf sie gestellt war, ist nicht aufgezeichnet.',
    failed:
      'Die Versorgung war auf {setV} V gestellt, maß aber {measuredV} V: {deviationPercent} % Abweichung, mehr als {limitPercent} %.',
    outside: 'Die Versorgung maß {voltageV} V; das Board erlaubt {minV} V bis {maxV} V.',
    setOutside: 'Die Versorgung war auf {voltageV} V gestellt; das Board erlaubt {minV} V bis {maxV} V.',
    notRecorded: 'Die Versorgungsspannung ist nicht aufgezeichnet.',
  },
  'NRG-08': {
    title: 'Kaum ein Messwert verloren',
    explanation:
      'Was verloren ging, kann nicht summiert werden. Ein Zehntel Prozent eines Fensters ist erlaubt; mehr oder ein Verlust unbekannter Größe lässt die Energie offen.',
    remedy:
      'Das Messgerät direkt an den Rechner anschließen, Programme schließen, die Port oder Festplatte benutzen, dann neu messen.',
    passed: 'Kein Messwert ging verloren.',
    outside: '{lost} Messwerte gingen verloren, alle außerhalb der Fenster.',
    some: 'Fenster {window} verlor {lost} Messwerte, {lostPercent} % davon; bis zu {limitPercent} % sind erlaubt.',
    failed: 'Fenster {window} verlor {lost} Messwerte, {lostPercent} % davon; nur {limitPercent} % sind erlaubt.',
    unknown: '{count}-mal gingen Messwerte verloren, und niemand weiß, wie viele.',
  },
  'NRG-09': {
    title: 'Angegeben ist, was gemessen wird',
    explanation:
      'Zwei Werte sind nur vergleichbar, wenn bekannt ist, was die gemessene Versorgung speist: das DUT allein oder auch einen Pegelwandler, einen Debug-Adapter und Leuchten.',
    remedy: 'Angeben, was die gemessene Versorgung speist und was nicht und wer das sagt.',
    passed: 'Gemessen: {measured}. Angegeben von {declaredBy}.',
    withRest: 'Gemessen: {measured}. Nicht gemessen: {notMeasured}. Angegeben von {declaredBy}.',
    failed: 'Es ist nicht angegeben, was die gemessene Versorgung speist.',
    anonymous: 'Es ist nicht gesagt, wer angegeben hat, was die gemessene Versorgung speist.',
  },
  'NRG-10': {
    title: 'So schnell wie im Durchsatzlauf',
    explanation:
      'Energie und Durchsatz müssen mit denselben Einstellungen gemessen sein. Ein anderer Durchsatz bedeutet anderen Takt, andere Spannung oder eine falsche Uhr des DUT.',
    remedy:
      'In beiden Läufen denselben Takt, dieselbe Spannung und dasselbe Modell benutzen. Sind sie gleich, die Uhr des DUT prüfen (Regel PERF-08).',
    passed:
      'Der Energielauf erreichte {energyInfPerS} Inf./s, der Durchsatzlauf {performanceInfPerS} Inf./s: {differencePercent} % Unterschied.',
    notProven:
      'Der Energielauf erreichte {energyInfPerS} Inf./s, der Durchsatzlauf {performanceInfPerS} Inf./s: {differencePercent} % Unterschied, innerhalb von {limitPercent} %, aber um weniger als die {guardPercent} %, die es beweisen.',
    failed:
      'Der Energielauf erreichte {energyInfPerS} Inf./s, der Durchsatzlauf {performanceInfPerS} Inf./s: {differencePercent} % Unterschied, mehr als {limitPercent} %.',
    failedNotProven:
      'Der Energielauf erreichte {energyInfPerS} Inf./s, der Durchsatzlauf {performanceInfPerS} Inf./s: {differencePercent} % Unterschied, mehr als {limitPercent} %, aber um weniger als die {guardPercent} %, die es beweisen.',
    noPerformance: 'Es gibt keinen Durchsatzlauf dieses Workloads zum Vergleichen.',
    noThroughput: 'Der Durchsatz der Fenster lässt sich nicht berechnen.',
  },
  'NRG-11': {
    title: 'Der Strom bleibt im Messbereich des Messgeräts',
    explanation: 'Ein Strom über dem Messbereich wird zu klein aufgezeichnet und damit auch die Energie.',
    remedy: 'Ein Messgerät mit größerem Messbereich benutzen oder ermitteln, was so viel Strom aufnimmt.',
    passed: 'Der höchste Strom in einem Fenster war {currentMA} mA, innerhalb des Messbereichs.',
    noCurrent: 'Kein Messwert lag am Ende des Messbereichs.',
    saturated: '{count} Messwerte in den Fenstern liegen am Ende des Wandlers.',
    beyond: 'Der Strom erreichte {currentMA} mA in {count} Fenstern; {model} misst weniger als {limitMA} mA.',
    overcurrent: '{model} meldete einen zu hohen Strom.',
    meanBeyond:
      'Der mittlere Strom erreichte {currentMA} mA in {count} Fenstern; {model} misst weniger als {limitMA} mA.',
    peaks:
      'Einzelne Messwerte erreichten {currentMA} mA; {model} misst weniger als {limitMA} mA. Ihr Mittelwert liegt im Messbereich.',
    clamped:
      '{count} Werte in den Fenstern stehen auf 0: Weniger kann das Messgerät nicht zeigen, daher ist die Energie womöglich zu hoch.',
  },
  'NRG-12': {
    title: 'Die Messkurve beginnt vor und endet nach den Fenstern',
    explanation: 'Eine Sekunde auf beiden Seiten zeigt, dass die Flanken echt sind und was das DUT in Ruhe aufnimmt.',
    remedy: 'Die Aufzeichnung früher beginnen und später beenden.',
    passed: 'Die Messkurve beginnt {headS} s vor dem ersten Fenster und endet {tailS} s nach dem letzten.',
    failed:
      'Die Messkurve beginnt {headS} s vor dem ersten Fenster und endet {tailS} s nach dem letzten; verlangt sind {limitS} s.',
  },
  'NRG-13': {
    title: 'Streaming: mittlere Leistung über die Datei',
    explanation: 'Der Wert des Streaming Wake Word ist eine mittlere Leistung über etwa 1200 s.',
    remedy: 'Über die ganze Datei messen.',
    passed: '{powerMW} mW über {durationS} s.',
    length: 'Das Fenster dauerte {durationS} s; erwartet sind zwischen {shortestS} s und {longestS} s.',
    noPower: 'Die Leistung über {durationS} s ist {powerMW} mW.',
  },
  'NRG-14': {
    title: 'Ruhe und Arbeit sind plausibel',
    explanation:
      'Ein DUT nimmt in Ruhe weniger auf als bei der Arbeit, und kein Fenster kann kürzer sein als die Dauer seiner Inferenzen. Sonst bezeichnen die Flanken nicht das Fenster.',
    remedy: 'Prüfen, welcher Pin die Zeit markiert und ob das Messgerät das DUT speist, dann neu messen.',
    passed: 'In Ruhe nimmt das DUT {restUW} uW auf, in den Fenstern mindestens {windowUW} uW.',
    high: 'In Ruhe nimmt das DUT {restUW} uW auf, mehr als in einem Fenster ({windowUW} uW).',
    negative: 'In Ruhe zeigt das Messgerät {restUW} uW; das kann kein DUT aufnehmen.',
    tooShort:
      '{count} Fenster sind zu kurz für ihre Inferenzen: Fenster {window} dauerte {durationS} s, mit der Geschwindigkeit des Durchsatzlaufs wären es {expectedS} s.',
    noRest: 'Die Leistung in Ruhe wurde nicht gemessen.',
  },
  'NRG-15': {
    title: 'Die Zeit des Messgeräts stimmt mit der des Hosts überein',
    explanation:
      'Ein Messgerät, das unbemerkt Messwerte verliert oder dessen Uhr falsch geht, macht die Zeit kürzer und die Energie kleiner. Der Host zählt mit.',
    remedy:
      'Das Messgerät direkt an den Rechner anschließen und neu messen; bleibt der Unterschied, die Zeitbasis kalibrieren.',
    passed:
      'Die Fenster nach Messgerät und Host stimmen überein; am stärksten weicht Fenster {window} ab, um {deviationPercent} %.',
    rateOnly: 'Die Abtastrate stimmt auf {ratePercent} %; der Host hat für die Fenster keine Zeiten.',
    rate: 'Das Messgerät lieferte seine Messwerte mit einer Rate, die um {deviationPercent} % vom Nennwert abweicht; erlaubt sind {limitPercent} %.',
    deviceRate:
      'Nach den Takten des Messgeräts kamen seine Messwerte mit einer Rate, die um {deviationPercent} % vom Nennwert abweicht; erlaubt sind {limitPercent} %.',
    failed:
      'Fenster {window} dauerte nach dem Messgerät {durationS} s und nach dem Host {hostS} s: {deviationPercent} % Unterschied, mehr als {limitPercent} % und die Latenz des Hosts.',
    notTimed: 'Der Host hat keine Zeiten zum Vergleichen.',
  },
  'NRG-16': {
    title: 'Gültige Zertifikate',
    explanation:
      'Ein Zertifikat sagt, wie weit ein Messgerät bei der Kalibrierung abwich. Ohne eines beruht die Messunsicherheit auf Datenblatt und Annahmen.',
    remedy: 'Das Messgerät kalibrieren und das Zertifikat für den Lauf wählen.',
    passed: 'Neben dem offiziellen Wert korrigiert mit {ids}.',
    expired: 'Zu Beginn des Laufs abgelaufen: {ids}.',
    missing: 'Es wurde kein Zertifikat gewählt: Die Messunsicherheit beruht auf dem Datenblatt des Messgeräts.',
  },
};
