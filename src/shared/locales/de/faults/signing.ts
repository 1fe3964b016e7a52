import type { FaultWords } from '../../words.ts';

export const signingFaultWords = {
  'signing.notClosed': {
    what: 'Die Sitzung {sessionId} ist nicht abgeschlossen und kann nicht signiert werden.',
    causes: [
      'Ein Lauf wurde unterbrochen oder ist noch im Gange; der Sitzung fehlt daher das Siegel, das eine Signatur umfassen könnte.',
    ],
    remedies: ['Die Sitzung fortsetzen und zu Ende kommen lassen, dann signieren.'],
  },
  'signing.doesNotHold': {
    what: 'Die Sitzung {sessionId} hält der Prüfung nicht stand und kann nicht signiert werden: {first}',
    causes: [
      'Eine Datei wurde nach dem Versiegeln der Sitzung geändert, entfernt oder hinzugefügt. Gefundene Mängel: {problems}.',
    ],
    remedies: ['Das Ergebnis der Prüfung ansehen.', 'Die Sitzung aus einer Sicherung nehmen oder neu messen.'],
  },
  'signing.roleSigned': {
    what: 'Die Sitzung ist in dieser Rolle bereits von {name} signiert.',
    causes: ['Jede Rolle hat eine Signatur.'],
    remedies: [
      'In der anderen Rolle signieren.',
      'Die Signatur mit --replace ersetzen, wenn sie irrtümlich gegeben wurde.',
    ],
  },
  'signing.nameInvalid': {
    what: 'Nötig ist ein Name von 1 bis 120 Zeichen in einer Zeile.',
    causes: ['Der Name ist leer, zu lang oder enthält nicht druckbare Zeichen.'],
    remedies: ['Den Namen so angeben, wie er im Bericht stehen soll.'],
  },
  'signing.keyElsewhere': {
    what: 'Der Signaturschlüssel von {name} liegt im sicheren Speicher des Systems; er kann hier nicht geöffnet werden.',
    causes: [
      'Der Schlüssel wurde im Desktop-Fenster erzeugt; Kommandozeile und Browser können diesen Speicher nicht öffnen.',
      'Der Schlüsselbund ist gesperrt oder gehört zu einer anderen Anmeldung oder einem anderen Rechner.',
    ],
    remedies: [
      'Im Desktop-Fenster signieren, angemeldet als die Person, die den Schlüssel erzeugt hat.',
      'Den Schlüsselbund entsperren.',
    ],
  },
  'signing.passphraseNeeded': {
    what: 'Der Signaturschlüssel von {name} ist verschlüsselt: Seine Passphrase ist nötig.',
    causes: ['Der Schlüssel wurde mit einer Passphrase erzeugt.'],
    remedies: ['Die Passphrase angeben. In der Kommandozeile: auf Nachfrage oder in JOULEBENCH_PASSPHRASE.'],
  },
  'signing.passphraseWrong': {
    what: 'Die Passphrase öffnet den Signaturschlüssel von {name} nicht.',
    causes: ['Sie ist falsch geschrieben.', 'Die Schlüsseldatei wurde geändert.'],
    remedies: [
      'Die Passphrase erneut eingeben.',
      'Eine verlorene Passphrase lässt sich nicht wiederherstellen: unter einem anderen Namen signieren.',
    ],
  },
  'signing.passphraseShort': {
    what: 'Die Passphrase ist zu kurz: Mindestens {least} Zeichen sind nötig.',
    causes: ['Kurze Passphrasen sind zu schnell erraten.'],
    remedies: ['Eine längere wählen; mehrere Wörter sind leicht zu merken.'],
  },
  'signing.passphrasesDiffer': {
    what: 'Die beiden Passphrasen sind verschieden. Es wurde nichts signiert.',
    causes: ['Eine davon ist falsch geschrieben.'],
    remedies: ['Erneut signieren und zweimal dieselbe Passphrase eingeben.'],
  },
  'signing.noKey': {
    what: 'Auf diesem Rechner liegt kein Signaturschlüssel von {name}.',
    causes: ['Unter diesem Namen hat hier noch niemand signiert.', 'Der Name wird anders geschrieben.'],
    remedies: ['Die Schlüssel mit joulebench keys auflisten. Mit der ersten Signatur entsteht ein Schlüssel.'],
  },
  'signing.keyDamaged': {
    what: 'Die Schlüsseldatei {path} kann nicht gelesen werden.',
    causes: ['Sie wurde bearbeitet oder ist beschädigt.', 'Sie stammt aus einer neueren Version von Joulebench.'],
    remedies: [
      'Die Datei aus einer Sicherung nehmen.',
      'Sie wegräumen: Mit der nächsten Signatur entsteht ein neuer Schlüssel.',
    ],
  },
  'signing.keyUnknown': {
    what: 'Der Fingerabdruck {fingerprint} passt zu {matches} bekannten Schlüsseln; nötig ist genau einer.',
    causes: ['Es wurden zu wenige Ziffern angegeben, oder der Schlüssel war auf diesem Rechner nie zu sehen.'],
    remedies: ['Die Schlüssel mit joulebench keys auflisten und mehr Ziffern angeben.'],
  },
} satisfies Record<string, FaultWords>;
