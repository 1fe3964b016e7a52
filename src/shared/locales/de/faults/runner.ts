import type { FaultWords } from '../../words.ts';

export const runnerFaultWords = {
  'runner.differentInputs': {
    what: 'Der Lauf {runId} wurde mit einem anderen Eingabesatz begonnen als dem jetzt angegebenen.',
    causes: ['Es wurde ein anderer Datensatzordner angegeben.', 'Eine Datei des Datensatzes wurde seither geändert.'],
    remedies: [
      'Den Ordner angeben, mit dem der Lauf begonnen wurde.',
      'Eine neue Sitzung beginnen, um mit anderen Eingaben zu messen.',
    ],
  },
  'runner.differentModel': {
    what: 'Der Lauf {runId} wurde mit einem anderen Modell begonnen als dem jetzt angegebenen.',
    causes: ['Es wurde eine andere Modelldatei angegeben, oder die Datei wurde seither geändert.'],
    remedies: [
      'Das Modell angeben, mit dem der Lauf begonnen wurde.',
      'Eine neue Sitzung beginnen, um ein anderes Modell zu messen.',
    ],
  },
  'runner.modelNeeded': {
    what: 'Der virtuelle Messplatz braucht ein Modell für den Workload {workload}.',
    causes: ['Offizielle Modelle werden nicht mit Joulebench geliefert; der Benutzer bringt sie mit.'],
    remedies: [
      'Die .tflite-Datei mit --model FILE angeben.',
      'Den eingebauten Workload demo01 ausführen; er braucht keine Datei.',
    ],
  },
  'runner.datasetNeeded': {
    what: 'Der Workload {workload} braucht einen Datensatz.',
    causes: ['Offizielle Datensätze werden nicht mit Joulebench geliefert; der Benutzer bringt sie mit.'],
    remedies: [
      'Den Ordner mit y_labels.csv mit --dataset DIR angeben.',
      'Den eingebauten Workload demo01 ausführen; er braucht keine Datei.',
    ],
  },
  'runner.modeUnknown': {
    what: 'Es gibt keine Betriebsart {mode}.',
    causes: ['Der Name ist falsch geschrieben.'],
    remedies: ['Eine oder mehrere von diesen benutzen, durch Kommas getrennt: {known}.'],
  },
  'runner.modelUnreadable': {
    what: 'Die Modelldatei {path} kann nicht gelesen werden: {reason}',
    causes: ['Der Pfad ist falsch geschrieben, oder die Datei gehört einem anderen Benutzer.'],
    remedies: ['Den Pfad prüfen.'],
  },
  'runner.simulatedDut': {
    what: 'Das DUT an {port} ist eine Simulation von Joulebench ({vendor}), und dieser Messplatz würde seine Messwerte nicht als SIMULATED kennzeichnen.',
    causes: ['An diesem Port wird das virtuelle DUT für fremde Programme angeboten.'],
    remedies: [
      'Den Messplatz „virtual“ oder „qemu:MACHINE“ benutzen.',
      'Mit --simulated trotzdem durch diesen Port messen: Alles wird dann als SIMULATED gekennzeichnet.',
    ],
  },
  'runner.differentBench': {
    what: 'Die Sitzung {sessionId} kann hier nicht fortgesetzt werden: Was SIMULATED ist und was an Hardware gemessen wurde, steht nie in einer Sitzung.',
    causes: ['Sie wurde an einem Messplatz der anderen Art begonnen.'],
    remedies: ['Sie an der Art von Messplatz fortsetzen, an der sie begonnen wurde.', 'Eine neue Sitzung beginnen.'],
  },
  'runner.differentMonitor': {
    what: 'Der Lauf {runId} wurde mit dem Messgerät {before} begonnen; jetzt ist es {now}.',
    causes: ['Ein anderes Gerät ist angeschlossen als zu Beginn der Sitzung.'],
    remedies: ['Dasselbe Gerät anschließen oder eine neue Sitzung beginnen.'],
  },
  'runner.noRetry': {
    what: 'Fenster {window} des Laufs {runId} kann jetzt nicht noch einmal gemessen werden.',
    causes: ['Der Lauf ist beendet oder noch nicht so weit.', 'Es ist ein Genauigkeitslauf; er hat keine Fenster.'],
    remedies: ['Verlangen, während der Lauf im Gange und das Fenster gemessen ist; danach den Lauf wiederholen.'],
  },
  'runner.unattended': {
    what: 'Der Lauf wurde angehalten und die Versorgung ausgeschaltet: Er stand {waitedS} s lang bei eingeschalteter Versorgung in Pause, ohne dass eine Seite ihn zeigte.',
    causes: ['Die Seite wurde geschlossen oder hat ihre Verbindung verloren.'],
    remedies: ['Die Sitzung wieder aufnehmen: Gemessenes bleibt erhalten, ein Energielauf beginnt von vorn.'],
  },
  'runner.notUnderWay': {
    what: 'Die Sitzung {sessionId} ist nicht im Gange: Ihrem Journal kann nichts hinzugefügt werden.',
    causes: ['Der Lauf ist beendet, und seine Aufzeichnung ist versiegelt.'],
    remedies: ['Die Notiz schreiben, während der Lauf im Gange ist.'],
  },
} satisfies Record<string, FaultWords>;
