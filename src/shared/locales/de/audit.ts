import type { auditWords as en } from '../en/audit.ts';
import type { Translated } from '../words.ts';

/** Words of an audit: what the official checker says, and the table of the command line. */
export const auditWords: Translated<typeof en> = {
  official: {
    notLookedAt: 'Der Ordner gehört nicht zu denen, die er ansieht.',
    noResults: 'results.txt fehlt.',
    noPattern: 'Er findet in results.txt keinen Wert.',
    fileList: 'Die Dateiliste ist nicht die erwartete (nur eine Meldung).',
    target: 'Die ausgegebene Genauigkeit von {value} liegt unter {target}.',
    streaming: '{falseNegatives} überhört und {falsePositives} Fehlalarme; von beiden sind 8 erlaubt.',
    ownRunner: 'Er nimmt nur die offiziellen Runner an.',
    crashRound:
      'Der heutige Prüfer bricht mit einem Fehler ab, wenn man ihn nach Runde {round} fragt; dies sagen seine Prüfungen.',
    crashFolder: 'Er bricht mit einem Fehler ab: In der offenen Division kennt er den Ordnernamen {folder} nicht.',
    otherFolder: 'Er kennt den Ordnernamen {folder} nicht.',
    systemBroken: 'Die Systembeschreibung ist kein JSON.',
    systemType: 'Die Systembeschreibung enthält den Schlüssel system_type, den er zurückweist.',
    crashStatus: 'Er bricht mit einem Fehler ab: Die Systembeschreibung hat keinen Status.',
    badStatus:
      'Der Status „{status}“ ist keiner von available, preview und rdi; als einzige Einreichung führt das zum Abbruch mit einem Fehler.',
  },
  table: {
    folder: 'Ordner',
    figure: 'Wert',
    published: 'ausgegeben',
    recomputed: 'berechnet',
    agrees: 'gleich',
    verdict: 'Urteil',
    findings: 'Befunde',
    yes: 'ja',
    no: 'NEIN',
    unknown: '–',
    throughput: 'Inf./s',
    energy: 'uJ/Inf.',
    top1: 'Top-1',
    auc: 'AUC',
    streaming: 'gehört/überhört/falsch',
    none: 'keine',
  },
  verdict: { valid: 'gültig', remarks: 'Anmerkungen', invalid: 'UNGÜLTIG' },
  severity: { E: 'Fehler', W: 'Warnung', I: 'Anmerkung' },
  finding: '  {severity} {rule} {message}',
  place: '      {place}',
  line: '{file}, Zeile {line}',
  junit: {
    name: 'Prüfung',
    package: 'Paket',
    figures: 'Werte',
    notCompared: 'Kein ausgegebener Wert war vergleichbar.',
    agree: 'Alle {count} ausgegebenen Werte wurden bestätigt.',
    differ:
      '{count} ausgegebene Werte wurden nicht bestätigt; der erste ist {figure}: ausgegeben {published}, neu berechnet {recomputed}.',
    windowsMissing: 'Es wurden Fenster ausgegeben, die die Rohdateien nicht haben.',
  },
  packageTitle: 'Das Paket:',
  officialAccepts: '  Der offizielle Prüfer nimmt dieses Ergebnis an.',
  officialRefuses: '  Der offizielle Prüfer lehnt dieses Ergebnis ab: {reasons}',
  simulated: 'SIMULATED',
  summary:
    '{runs} Lauf: Die ausgegebenen Werte von {agree} stimmen, von {disagree} nicht, von {notCompared} waren sie nicht vergleichbar. Befunde: {E} Fehler, {W} Warnungen, {I} Anmerkungen. | {runs} Läufe: Die ausgegebenen Werte von {agree} stimmen, von {disagree} nicht, von {notCompared} waren sie nicht vergleichbar. Befunde: {E} Fehler, {W} Warnungen, {I} Anmerkungen.',
};
