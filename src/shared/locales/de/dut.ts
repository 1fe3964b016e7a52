import type { dutWords as en } from '../en/dut.ts';
import type { Translated } from '../words.ts';

/** What was remarkable about a DUT's replies, for remarks and logs; the keys are the codes of the DUT schemas. */
export const dutWords: Translated<typeof en> = {
  warning: {
    stampsMissing: 'Das DUT gab in einem Fenster {count} statt zwei Zeitstempel aus.',
    stampsExtra: 'Das DUT gab in einem Fenster {count} Zeitstempel aus; die letzten zwei wurden genommen.',
    stampsBackwards: 'Die Zeitstempel eines Fensters laufen rückwärts ({text}).',
    stampTooLarge: 'Das DUT gab einen Zeitstempel aus, der zu groß ist, um einer zu sein ({text}).',
    stampUnitUnknown: 'Das DUT gab einen Zeitstempel in einer anderen Einheit als Mikrosekunden aus ({text}).',
    resultsMissing: 'Das DUT gab keine Ergebnisse aus.',
    resultsEmpty: 'Das DUT gab eine leere Liste von Ergebnissen aus.',
    resultsMalformed: 'Das DUT gab Ergebnisse aus, die keine Zahlen sind ({text}).',
    resultsRepeated: 'Das DUT gab seine Ergebnisse {count}-mal aus; die letzten wurden genommen.',
    falseSizeComplaint: 'Das DUT beanstandete die Größe der Eingabe, obwohl sie stimmt.',
    countMismatch: 'Das DUT kündigte eine andere Anzahl an als verlangt ({text}).',
    lineMissing: 'In einer Antwort des DUT fehlt die Zeile {text}.',
    staleOutput: 'Ausgaben eines früheren Befehls wurden beiseitegelegt ({count} Meldungen).',
    undecodable: 'Das DUT sandte Bytes, die kein Text sind ({count} Zeilen).',
    longLine: 'Das DUT sandte Zeilen, die zu lang sind, um in einem Stück zu bleiben ({count} Stücke).',
    linesDropped:
      'Das DUT sandte {count} Zeilen mehr, als mit dem Bericht aufbewahrt werden; das Protokoll enthält sie.',
  },
  quirk: {
    echo: 'wiederholt jeden Befehl',
    prompt: 'gibt vor m-ready eine Eingabeaufforderung aus',
    emptyLines: 'gibt leere Zeilen aus',
    noise: 'gibt Debug-Text aus',
    ansi: 'gibt Farbcodes aus',
    undecodable: 'sendet Bytes, die kein Text sind',
    longLine: 'gibt sehr lange Zeilen aus',
    falseSizeComplaint: 'beanstandet ohne Not die Größe der Eingabe',
    bareLf: 'beendet Zeilen nur mit LF',
    unaskedIdentity: 'gibt beim Start Namen oder Profil aus',
    noBootLap: 'gibt beim Start keinen Zeitstempel aus',
    lateBoot: 'startet spät oder beim Öffnen seines Ports neu',
    foreignLapUnit: 'zählt die Zeit in einer anderen Einheit als Mikrosekunden',
    aliasModel: 'schreibt seine Modell-Id anders',
  },
};
