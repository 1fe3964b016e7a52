import type { verifyWords as en } from '../en/verify.ts';
import type { Translated } from '../words.ts';

/** What `joulebench verify` can find. */
export const verifyWords: Translated<typeof en> = {
  notSealed:
    'Die Sitzung hat kein Manifest: Sie wurde nicht abgeschlossen, also belegt nichts, dass ihre Dateien vollständig sind.',
  traceRemoved:
    'Die Messkurve {path} wurde am {at} gelöscht, um Platz zu sparen: Die Energiewerte lassen sich nicht mehr daraus berechnen.',
  fileMissing: 'Datei {path} fehlt.',
  fileChanged: 'Datei {path} wurde geändert: Ihr SHA-256 ist {found}, das Manifest nennt {expected}.',
  fileAdded: 'Datei {path} steht nicht im Manifest: Sie kam später hinzu.',
  journalDamaged: 'Das Journal wurde geändert oder ist bei Zeile {line} beschädigt ({reason}).',
  journalCut: 'Das Journal endet mitten in einem Eintrag: {bytes} Bytes wurden abgeschnitten.',
  journalDiffers:
    'Das Journal hat {found} Einträge und endet mit {foundHash}; das Manifest nennt {expected} Einträge und das Ende {expectedHash}.',
  noOpening: 'Das Journal beginnt nicht mit der Eröffnung einer Sitzung.',
  figureDiffers: 'Lauf {runId}: {figure} ist im Eintrag {recorded}, aus den Rohdaten neu berechnet aber {recomputed}.',
  judgementDiffers: 'Lauf {runId}: Regel {rule} steht im Eintrag als {recorded}, neu beurteilt aber als {recomputed}.',
  notJudged: 'Lauf {runId} wurde nie beurteilt.',
  traceDiffers: 'Lauf {runId}: Die Messkurve ergibt {recomputed} für {figure}, der Eintrag nennt {recorded}.',
  traceDiffersMore:
    'Lauf {runId}: Die Messkurve ergibt für einen weiteren Wert etwas anderes. | Lauf {runId}: Die Messkurve ergibt für {count} weitere Werte etwas anderes.',
  traceUnreadable: 'Lauf {runId}: Seine Messkurve {path} ist nicht lesbar ({reason}).',
  fileNotReproduced: 'Datei {path} weicht von dem ab, was die Rohdaten ergeben.',
  signaturesUnreadable:
    'Die Unterschriften sind nicht lesbar ({reason}): Niemand kann als Unterzeichner dieser Sitzung gelten.',
  signatureForged:
    'Die Unterschrift von {name} ist nicht echt: Ihr Inhalt wurde geändert, oder sie entstand mit einem anderen Schlüssel.',
  signatureOther: 'Die Unterschrift von {name} gilt der Sitzung {session}, nicht dieser.',
  signatureFileChanged:
    'Datei {path} wurde nach der Unterschrift von {name} geändert: Die Unterschrift gilt nicht mehr.',
  signatureFileMissing:
    'Datei {path} wurde nach der Unterschrift von {name} entfernt: Die Unterschrift gilt nicht mehr.',
  signatureFileAdded: 'Datei {path} kam nach der Unterschrift von {name} hinzu: Die Unterschrift gilt nicht mehr.',
  signatureSealChanged:
    'Das Manifest wurde nach der Unterschrift von {name} neu erstellt oder entfernt: Die Unterschrift gilt nicht mehr.',
  signatureJournalChanged:
    'Das Journal wurde nach der Unterschrift von {name} geändert: Die Unterschrift gilt nicht mehr.',
  signatureVerdictsDiffer:
    'Die von {name} unterschriebenen Urteile sind nicht die des Journals: Die Unterschrift gilt nicht.',
  signatureSameKey:
    'Ein Schlüssel hat als Bediener und als Prüfer unterschrieben: Niemand sonst hat diese Sitzung durchgesehen.',
  signatureSameName:
    'Bediener und Prüfer haben denselben Namen: Womöglich hat niemand sonst diese Sitzung durchgesehen.',
  signatureKeyName: 'Der Schlüssel von {name} ist hier als {known} bekannt.',
  signatureOtherKey:
    'Auf diesem Rechner hat {name} schon mit einem anderen Schlüssel unterschrieben ({fingerprint}): nachfragen, ob auch dieser dazugehört.',
  knownKeysUnreadable: 'Die Liste bekannter Schlüssel ist nicht benutzbar ({reason}): Jeder Schlüssel gilt als neu.',
  signedReportMissing: 'Der Bericht mit den Unterschriften ({path}) fehlt.',
  signedReportChanged: 'Der Bericht mit den Unterschriften ({path}) wurde nach seiner Erstellung geändert.',
  signedReportForged:
    'Die Angaben über den Bericht mit den Unterschriften ({path}) stammen von keinem der Unterzeichner.',
  otherVersion:
    'Die Sitzung wurde von Version {version} geschrieben; Ergebnisdateien werden nur anhand ihrer Hashes verglichen.',
};
