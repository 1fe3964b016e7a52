import type { FaultWords } from '../../words.ts';

export const calibrationFaultWords = {
  'calibration.unknownProcedure': {
    what: 'Es gibt kein Verfahren {procedure}.',
    causes: ['Der Name ist falsch geschrieben.'],
    remedies: ['Eines von diesen benutzen: {known}.'],
  },
  'calibration.badCertificate': {
    what: '{path} ist kein gültiges Zertifikat: {reason}',
    causes: ['Die Datei wurde geändert oder ist von anderer Art.'],
    remedies: ['Neu kalibrieren oder die Datei aus einer Sicherung nehmen.'],
    codes: {
      reason: {
        notReadable: 'es ist nicht lesbar',
        notValid: 'es ist kein Zertifikat',
        newerVersion: 'es wurde von einer neueren Version von Joulebench geschrieben',
        changed: 'es wurde nach dem Schreiben geändert',
        brokenChain: 'es schließt nicht an das Zertifikat davor an',
      },
    },
  },
  'calibration.unknownCertificate': {
    what: 'Es gibt kein Zertifikat {certificate}.',
    causes: [
      'Die Kennung ist falsch geschrieben.',
      'Das Zertifikat wurde von einem anderen Benutzer oder auf einem anderen Rechner erstellt.',
    ],
    remedies: ['Vorhandene ansehen: joulebench calibrate --certificates.'],
  },
  'calibration.certificateMismatch': {
    what: 'Das Zertifikat {certificate} kann nicht angewendet werden: {reason}',
    causes: ['Es gehört zu einem anderen Gerät, einer anderen Betriebsart oder Spannung.'],
    remedies: ['Ein Zertifikat dieses Geräts wählen oder ohne eines messen.'],
    codes: {
      reason: {
        failed: 'sein Verfahren wurde nicht bestanden',
        future: 'es ist in der Zukunft datiert; die Uhr dieses Rechners oder die bei der Kalibrierung ist falsch',
        simulated: 'eines von beiden ist simuliert, das andere nicht',
        instrument: 'es gehört zu einem Gerät anderen Modells oder anderer Seriennummer',
        firmware: 'die Firmware des Geräts hat sich seither geändert',
        constants: 'die Kalibrierkonstanten des Geräts haben sich seither geändert',
        voltage: 'es wurde bei einer um mehr als 5 % anderen Versorgungsspannung erstellt',
        board: 'seine Versorgung wurde an einer anderen Platine gemessen',
        mode: 'der Monitor wurde in einer anderen Betriebsart gelesen',
        filter: 'es wurde mit einem anderen Filter der Abtastwerte erstellt',
        noGain: 'eine Korrektur braucht auch ein Zertifikat der Verstärkung',
        twice: 'zwei von einer Art wurden gewählt',
        zeroRange: 'sein Nullpunkt ist der eines Bereichs ohne Zertifikat der Verstärkung',
        notACorrection: 'ein Zertifikat dieses Verfahrens korrigiert keinen Wert',
      },
    },
  },
  'calibration.needs': {
    what: 'Das Verfahren {procedure} braucht ein Gerät, das dieser Messplatz nicht hat: {what}.',
    causes: ['Der Messplatz hat kein Energiemessgerät, oder dessen Leitung zum DUT ist nicht eingerichtet.'],
    remedies: ['Einen passenden Messplatz wählen oder das Messgerät mit --monitor angeben.'],
  },
  'calibration.noSamples': {
    what: '{instrument} hat die Messwerte einer Ablesung nicht innerhalb von {seconds} s geliefert.',
    causes: ['Der Datenstrom wurde unterbrochen.', 'Das USB-Kabel ist lose, oder der Hub ist überlastet.'],
    remedies: ['Das Messgerät neu anschließen, dann die Kalibrierung fortsetzen.'],
  },
  'calibration.unattended': {
    what: 'Die Kalibrierung wurde beendet und die Versorgung ausgeschaltet: Eine Frage stand {waitedS} s lang bei eingeschalteter Versorgung offen, ohne dass eine Seite sie zeigte.',
    causes: ['Die Seite wurde geschlossen oder hat ihre Verbindung verloren.'],
    remedies: [
      'Das Verfahren neu starten.',
      'Oder dort weitermachen, wo es endete: joulebench calibrate --resume mit dem Protokoll im Ordner calibrations.',
    ],
  },
  'calibration.nothingToResume': {
    what: 'In dieser Datei ist keine unterbrochene Kalibrierung.',
    causes: ['Sie wurde abgeschlossen, oder die Datei enthält etwas anderes.'],
    remedies: ['Das Verfahren neu starten.'],
  },
  'calibration.voltageNotAllowed': {
    what: '{voltageV} V kann nicht eingestellt werden: zulässig sind {minV} V bis {maxV} V.',
    causes: ['Die Spannung liegt außerhalb dessen, was das Messgerät liefert oder das Board verträgt.'],
    remedies: ['Mit --voltage eine andere Spannung wählen.'],
  },
  'calibration.noLoads': {
    what: 'Das Verfahren hat keine Lasten für das Messgerät {monitor} bei {voltageV} V.',
    causes: [
      'Das Messgerät wird bei anderen Spannungen kalibriert oder ist für dieses Verfahren nicht geeignet.',
      'Es wurde kein Messbereich gewählt.',
    ],
    remedies: ['3.0 V oder 1.8 V benutzen.', 'Mit --ranges andere Messbereiche wählen.'],
  },
  'calibration.noQuestion': {
    what: 'Frage {number} ist nicht mehr offen.',
    causes: ['Sie wurde in einem anderen Fenster beantwortet, oder das Verfahren ging weiter.'],
    remedies: ['Die jetzt angezeigte Frage beantworten.'],
  },
  'calibration.otherInstrument': {
    what: 'Die unterbrochene Kalibrierung wurde mit dem Gerät {expected} begonnen; dies ist {found}.',
    causes: ['Ein anderes Messgerät ist angeschlossen.'],
    remedies: ['Dasselbe Gerät anschließen oder das Verfahren neu starten.'],
  },
  'calibration.answerMissing': {
    what: 'Für {place} gibt es keine brauchbare Antwort: {problem}',
    causes: ['Sie fehlt in der Antwortdatei, oder die Kalibrierung wurde ohne Terminal gestartet.'],
    remedies: ['Die Antwort unter diesem Namen in die Datei von --answers aufnehmen oder in einem Terminal starten.'],
  },
  'calibration.badAnswers': {
    what: 'Die Antwortdatei {path} kann nicht benutzt werden: {reason}',
    causes: ['Sie ist kein JSON-Objekt mit Antworten je Schritt.'],
    remedies: ['Ihre Form steht in docs/calibration.md.'],
  },
} satisfies Record<string, FaultWords>;
