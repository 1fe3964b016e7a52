import type { uiPathWords as en } from '../en/ui-path.ts';
import type { Translated } from '../words.ts';

/** Words of the guided path: its steps around the runs, and what an operator can do on the way. */
export const uiPathWords: Translated<typeof en> = {
  backToRun: 'Zurück zum Lauf',
  withTime: '{label}, etwa {duration}',
  goOnWithout: 'Ohne fortfahren',
  takeUpAgain: 'Diesen Schritt doch ausführen',
  stepwise: 'Vor jedem Lauf fragen',
  stepwiseHelp: 'Der Messplatz wartet zwischen zwei Läufen, bis der nächste gestartet wird.',
  startNext: {
    performance: 'Durchsatzlauf starten',
    accuracy: 'Genauigkeitslauf starten',
    energy: 'Energielauf starten',
  },
  waitsForStart: 'Der Messplatz wartet: Der nächste Lauf beginnt auf Anweisung.',
  flash: {
    first: 'Bringt die Firmware des Workloads auf das Board und vergleicht jedes Byte mit der Vorlage.',
    second: 'Dauert etwa eine Minute. Was bestätigt wurde, kommt mit seinem Hash in die Sitzung.',
    onBoard: 'Was auf dem Board ist',
    toFlash: 'Board programmieren',
    again: 'Erneut programmieren',
    virtual: 'Der virtuelle Messplatz bringt die Firmware des Workloads mit: Es gibt nichts zu programmieren.',
    passed:
      'Übergangen: Der Lauf nimmt die Firmware, die das Board hat, und die Sitzung vermerkt, dass nichts bestätigt wurde.',
    unknown:
      'Seit dem Start der App wurde dieses Board nicht programmiert; niemand kann hier bestätigen, was darin ist.',
    confirmed: '{image}, Byte für Byte bestätigt',
    ready: 'Noch nichts bestätigt',
    running: 'Eine Programmierung ist im Gange.',
    needsBench: 'Zuerst den Messplatz öffnen.',
  },
  calibrate: {
    first:
      'Stellt fest, wie weit das Energiemessgerät abweicht, und hält es mit der Messunsicherheit in einem Zertifikat fest.',
    second:
      'Dauert 10 bis 40 Minuten für alle Messbereiche und gilt monatelang. Ohne Zertifikat ist die Spezifikation des Messgeräts das Budget.',
    certificates: 'Zertifikate dieses Messgeräts',
    toCalibrate: 'Messgerät kalibrieren',
    open: '{procedure} öffnen',
    apply: 'Auf diesen Lauf anwenden',
    applied: 'auf diesen Lauf angewandt',
    noneApplied:
      'Kein Zertifikat angewandt: Die Spezifikation des Messgeräts ist das Budget, und das Urteil erhält eine Anmerkung.',
    virtual:
      'Das emulierte Messgerät hält sein Datenblatt ein. Ein Verfahren kann daran erprobt werden: Der virtuelle Messplatz antwortet von selbst.',
    noEnergy: 'Nur Energieläufe benutzen Zertifikate.',
    valid: 'Gültig bis {date}',
    soon: 'Läuft am {date} ab',
    expired: 'Abgelaufen am {date}: neu kalibrieren, sonst erhält das Urteil eine Anmerkung.',
    failed: 'Das letzte Verfahren wurde nicht bestanden.',
    never: 'Dieses Messgerät wurde hier noch nie kalibriert.',
    passed: 'Übergangen: Die Spezifikation des Messgeräts ist das Budget.',
    running: 'Ein Verfahren ist im Gange.',
  },
  notAwake: 'Dieser Browser kann den Rechner nicht wach halten: dafür sorgen, dass er nicht einschläft.',
  unfinished: {
    title: '{title}: eine Sitzung blieb offen',
    atInput: '{mode} endete bei Eingabe {done} von {total}. Es geht dort weiter.',
    atWindow: '{mode} endete nach {done} von {total} Fenstern.',
    judging: 'Alles ist gemessen; die Beurteilung oder der Bericht fehlt.',
    resume: 'Fortsetzen',
    leave: 'Liegen lassen',
  },
  roc: {
    title: 'ROC',
    x: 'Falsch-positiv-Rate',
    y: 'Richtig-positiv-Rate',
    anomaly: 'anomal',
    class: 'Klasse',
    auc: 'Fläche',
    none: 'Noch keine Kurve: Dafür braucht es richtige und falsche Antworten.',
    exact: 'Fläche der ganzen Kurve, Gleichstände zählen halb.',
    worst: 'Die sechs am schlechtesten unterschiedenen Klassen, jede gegen alle anderen.',
    summary: 'ROC-Kurven mit ihren Flächen: {curves}',
  },
  waits: {
    connecting: 'Wartet darauf, dass sich das DUT meldet.',
    calibrating: 'Wartet auf das Ende der kurzen Abstimmung.',
    window: 'Wartet auf das Ende von Fenster {number}.',
    input: 'Wartet auf die Antwort zu Eingabe {number} von {total}.',
    resting: 'Lässt das DUT in Ruhe und zeichnet seinen Ruhebedarf auf.',
    judging: 'Wartet auf die Auswertung der Messkurve.',
    reporting: 'Wartet auf den Bericht.',
    silentFor: '{what} Nichts Neues seit {duration}.',
  },
  precondition: {
    setVoltage: '{voltage} einstellen',
    calibrate: 'Neu kalibrieren',
    examine: 'Auf der Messplatzseite untersuchen',
    leaveOut: 'Energielauf weglassen',
    certificatesValid: 'Die angewandten Zertifikate sind gültig.',
    certificatesExpired: '{procedure} lief am {date} ab: Das Urteil erhielte eine Anmerkung.',
  },
};
