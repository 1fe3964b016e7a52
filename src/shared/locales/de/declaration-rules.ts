import type { declarationRuleWords as en } from '../en/declaration-rules.ts';
import type { Translated } from '../words.ts';

/** Words of the rules that go by what a submission declares; messages of wrong answers stand under the question. */
export const declarationRuleWords: Translated<typeof en> = {
  'DIV-01': {
    title: 'Closed: die Gewichte der Referenz',
    explanation:
      'In der Closed Division verwenden alle dieselben Gewichte; sie dürfen mit dem Kalibriersatz quantisiert, aber nicht neu trainiert, ersetzt, ausgedünnt oder während der Zeitmessung verändert werden. Dateien zeigen das nur zum Teil; die Regel richtet sich daher nach der Checkliste und vergleicht Modelldateien im Code mit den offiziellen.',
    remedy:
      'Die Gewichte der Referenz verwenden oder in der Open Division einreichen. Wo die Dateien es nicht entscheiden, die Gewichte von Hand vergleichen.',
    passed: 'Die Checkliste erklärt es, und keine Modelldatei spricht dagegen.',
    outsideCalibration: 'Laut Checkliste wurden die Gewichte mit Daten außerhalb des Kalibriersatzes kalibriert.',
    retraining: 'Laut Checkliste wurde das Modell neu trainiert.',
    weightReplacement: 'Laut Checkliste wurden Gewichte ersetzt oder ergänzt.',
    pruning: 'Laut Checkliste wurden von null verschiedene Gewichte verworfen.',
    timedWeights: 'Laut Checkliste ändern sich Gewichte während der Zeitmessung.',
    forbidden: 'Laut Checkliste wurde eine verbotene Technik verwendet.',
    congruent: 'Laut Checkliste hält die Einreichung die Regeln nicht ein.',
    described: 'Die Beschreibung von {system} spricht von Training. Die Gewichte von Hand vergleichen.',
    otherModel:
      'Eine Modelldatei im Code stimmt nicht Byte für Byte mit einer offiziellen überein: {first}. Ihre Gewichte von Hand vergleichen. | {count} Modelldateien im Code stimmen nicht Byte für Byte mit offiziellen überein; die erste ist {first}. Ihre Gewichte von Hand vergleichen.',
  },
  'DIV-02': {
    title: 'Closed: Verarbeitung wie in der Referenz',
    explanation:
      'Vor- und Nachverarbeitung werden nicht gemessen; in der Closed Division müssen sie daher der Referenz entsprechen.',
    remedy:
      'Wie die Referenz verarbeiten oder in der Open Division einreichen. Wo die Dateien es nicht entscheiden, den Code lesen.',
    passed: 'Die Checkliste erklärt es.',
    referenceProcessing: 'Laut Checkliste weicht die Vor- oder Nachverarbeitung von der Referenz ab.',
  },
  'DIV-04': {
    title: 'Derselbe Code in allen Betriebsarten',
    explanation: 'Ein Durchsatz gilt nur für den Code, dessen Genauigkeit gezeigt wurde.',
    remedy:
      'Genauigkeit und Durchsatz mit demselben Code messen. Wo die Dateien es nicht entscheiden, die Firmware von Hand vergleichen.',
    passed: 'Die Checkliste erklärt es, und die Protokolle sprechen nicht dagegen.',
    sameCode: 'Laut Checkliste lief für Genauigkeit und Durchsatz verschiedener Code.',
    otherFirmware:
      'In {folder} nennt das Gerät sich selbst, seine Firmware oder seine Ergebnisse anders als in einer anderen Betriebsart (RUN-11). | In {count} Ordnern nennt das Gerät sich selbst, seine Firmware oder seine Ergebnisse anders als in einer anderen Betriebsart (RUN-11); der erste ist {folder}.',
  },
  'DIV-05': {
    title: 'Nichts wird zwischengespeichert',
    explanation:
      'Jede Inferenz muss neu berechnet werden, ohne Wissen über frühere oder kommende Eingaben. Ein Streaming-Modell darf behalten, was es für frühere Abschnitte desselben Stroms berechnet hat.',
    remedy: 'Jede Inferenz aus ihrer Eingabe berechnen. Wo die Dateien es nicht entscheiden, den Code lesen.',
    passed: 'Die Checkliste erklärt es, und kein Fenster wurde mit einer schon dagewesenen Eingabe schneller.',
    caching: 'Laut Checkliste werden Eingaben, Antworten oder Zwischenwerte zwischengespeichert.',
    foreknowledge: 'Laut Checkliste wird Wissen über den Test ausgenutzt.',
    faster:
      'Ein späteres Fenster mit der Eingabe {input} brauchte je Inferenz {percent} % weniger Zeit als ein früheres. | {count} spätere Fenster brauchten je Inferenz weniger Zeit als frühere mit derselben Eingabe, mit {input} um {percent} %.',
  },
  'CAT-01': {
    title: 'Available: für alle erhältlich',
    explanation:
      'Hardware und Software eines verfügbaren Systems sind am Tag der Einreichung käuflich oder herunterladbar, wurden an Dritte geliefert, und es gibt öffentliche Belege dafür.',
    remedy:
      'Als preview oder rdi einreichen oder die Belege nennen. Wo die Dateien es nicht entscheiden, das Angebot suchen.',
    passed: 'Die Checkliste erklärt es.',
    noAvailable: 'Kein System ist von der Kategorie available.',
    availability: 'Laut Checkliste ist ein System der Kategorie available nicht für alle erhältlich.',
  },
  'CAT-02': {
    title: 'Preview: rechtzeitig verfügbar',
    explanation:
      'Ein Preview-System muss zur nächsten Einreichung nach 140 Tagen verfügbar sein, mit höchstens 2 % geringerer Leistung.',
    remedy: 'Das System rechtzeitig erneut einreichen. Mit den Ergebnissen der späteren Runde vergleichen.',
    noPreview: 'Kein System ist von der Kategorie preview.',
    previewPlan: 'Laut Checkliste wird ein System der Kategorie preview nicht rechtzeitig verfügbar sein.',
    later:
      'Das System {system} ist ein Preview: Es muss in der Runde {next} verfügbar sein, höchstens 2 % langsamer. Von Hand mit dieser Runde vergleichen. | {count} Systeme sind Previews, das erste ist {system}: Sie müssen in der Runde {next} verfügbar sein, höchstens 2 % langsamer. Von Hand mit dieser Runde vergleichen.',
    undecided:
      'Das System {system} ist ein Preview; zu welcher Einreichung es verfügbar sein muss, ist hier nicht bekannt. Von Hand vergleichen. | {count} Systeme sind Previews, das erste ist {system}; zu welcher Einreichung sie verfügbar sein müssen, ist hier nicht bekannt. Von Hand vergleichen.',
  },
  'NAME-01': {
    title: 'Der Name eines Ergebnisses',
    explanation:
      'Ein geprüftes Ergebnis der Closed Division heißt "MLPerf", eines der Open Division "MLPerf Open". Werte, die niemand geprüft hat, dürfen den Namen nicht tragen.',
    remedy:
      'Für ungeprüfte Werte eine neutrale Überschrift verwenden, und bei Ergebnissen der Open Division "Open" hinzufügen.',
    passed: 'Kein Text des Pakets verwendet den Namen, wo er es nicht darf.',
    failed: 'Ein Ergebnis der Open Division wird ohne "Open" als eines von MLPerf bezeichnet: {text}',
    unverified: 'Werte, die niemand geprüft hat, werden als Ergebnisse von MLPerf bezeichnet: {text}',
  },
  'CLS-01': {
    title: 'Nur Single Stream',
    explanation: 'Der Benchmark für kleine Geräte hat ein einziges Szenario: eine Eingabe nach der anderen.',
    remedy: 'Andere Szenarien aus dem Paket weglassen.',
    passed: 'Nichts spricht von einem anderen Szenario.',
    failed: 'Es gibt ein anderes Szenario als Single Stream: {scenario}',
  },
};
