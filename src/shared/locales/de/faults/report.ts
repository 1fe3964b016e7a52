import type { FaultWords } from '../../words.ts';

export const reportFaultWords = {
  'report.failed': {
    what: 'Der PDF-Bericht konnte nicht erzeugt werden: {reason}',
    causes: ['Ein Fehler in Joulebench oder zu wenig Speicher.'],
    remedies: [
      'Nichts Gemessenes ist verloren. Den Bericht erneut erzeugen: joulebench report SESSION',
      'Das Protokoll an die Entwickler senden.',
    ],
  },
  'report.nothingToCompare': {
    what: '{a} und {b} haben keinen Lauf desselben Workloads in derselben Betriebsart, der verglichen werden könnte.',
    causes: [
      'Sie haben verschiedene Workloads gemessen.',
      'Sie haben denselben Workload in verschiedenen Betriebsarten gemessen.',
    ],
    remedies: ['Zwei Sitzungen mit Läufen eines Workloads in derselben Betriebsart wählen.'],
  },
  'report.badPublished': {
    what: 'Die Tabelle der veröffentlichten Ergebnisse kann nicht gelesen werden: {reason}',
    causes: ['{path} wurde geändert oder gehört zu einer anderen Version von Joulebench.'],
    remedies: ['Joulebench neu installieren. Sitzungen lassen sich auch ohne die Tabelle miteinander vergleichen.'],
  },
  'report.badLimit': {
    what: '„{text}“ ist kein Grenzwert.',
    causes: ['Ein Grenzwert hat die Form FIGURE=SIZE: energy=2%, throughput=1%, power=3%, top1=0.5pp, auc=1%.'],
    remedies: ['Eines von {figures} angeben; Größen in % der Referenz oder bei top1 und auc in Prozentpunkten (pp).'],
  },
  'report.oneSession': {
    what: 'Ein Vergleich braucht mindestens zwei Sitzungen.',
    causes: ['Es wurde nur {sessions} angegeben.'],
    remedies: ['Zuerst die Referenz angeben, dann das zu Vergleichende: joulebench compare A B'],
  },
  'report.sessionNotFound': {
    what: 'Es gibt keine Sitzung {session}.',
    causes: ['Es ist weder ein Sitzungsordner noch der Name eines solchen im Ordner der Sitzungen.'],
    remedies: ['Den Pfad eines Sitzungsordners angeben oder seinen Namen, wie ihn die Liste der Sitzungen zeigt.'],
  },
} satisfies Record<string, FaultWords>;
