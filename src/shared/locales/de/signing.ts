import type { signingWords as en } from '../en/signing.ts';
import type { Translated } from '../words.ts';

/** Who signed a session: words that screens, command line and report share. */
export const signingWords: Translated<typeof en> = {
  role: { operator: 'Bediener', reviewer: 'Prüfer' },
  statement: { operator: 'Dies habe ich gemessen.', reviewer: 'Dies habe ich geprüft.' },
  by: { operator: 'Gemessen von {name}', reviewer: 'Geprüft von {name}' },
  covers: 'Unterschriften gelten der versiegelten Sitzung: jeder Datei ihres Manifests, dem Journal und den Urteilen.',
  fingerprint: 'Schlüssel {fingerprint}',
  kept: {
    system:
      'Der Schlüssel liegt im sicheren Speicher dieses Systems: Wer unter diesem Konto angemeldet ist, kann damit unterschreiben.',
    passphrase: 'Der Schlüssel liegt in einer eigenen Datei, mit der Passphrase verschlüsselt.',
    memory:
      'Der Schlüssel wird nicht aufbewahrt: Es gibt hier keinen sicheren Speicher, und es wurde keine Passphrase angegeben. Er unterschreibt, bis Joulebench endet; danach wird mit einem neuen Schlüssel unterschrieben.',
  },
  keptShort: {
    system: 'Schlüssel im sicheren Speicher',
    passphrase: 'Schlüssel mit Passphrase',
    memory: 'Schlüssel nicht aufbewahrt',
  },
  trust: {
    own: 'eigener Schlüssel auf diesem Rechner',
    known: 'bekannt als {name}, zuerst gesehen {date}',
    new: 'jetzt zuerst gesehen: Fingerabdruck mit dem des Inhabers vergleichen',
  },
  holds: 'gilt',
  broken: 'gilt nicht mehr',
  keys: {
    heading: 'Schlüssel dieses Rechners:',
    own: '  {fingerprint}  {name} ({kept}, erstellt {date})',
    noOwn: '  keiner; mit der ersten Unterschrift wird einer erstellt',
    known: 'Schlüssel der hier gesehenen Unterschriften:',
    other: '  {fingerprint}  {name} (zuerst gesehen {date} in {session})',
    noOther: '  keiner',
    renamed: '{fingerprint} ist ab jetzt als {name} bekannt.',
  },
  cli: {
    signed: '{session}: unterschrieben von {name} ({role}) mit Schlüssel {fingerprint}.',
    sameKey:
      'Derselbe Schlüssel hat in beiden Rollen unterschrieben: Die Unterschriften belegen kein Vier-Augen-Prinzip.',
    line: '  {role} {name}, {date}: {state}. Schlüssel {fingerprint} ({trust}).',
    remark: '    „{remark}“',
    passphrase: 'Passphrase des Schlüssels von {name}: ',
    newPassphrase: 'Passphrase für einen neuen Schlüssel von {name} (leer: der Schlüssel wird nicht aufbewahrt): ',
    again: 'Noch einmal dieselbe: ',
  },
};
