import type { FaultWords } from '../../words.ts';

const reload = 'Das Fenster neu laden; ein Lauf geht inzwischen weiter und wird wieder angezeigt.';
const defect = 'Ein Fehler in Joulebench.';
const sendLog = 'Das Protokoll an die Entwickler senden.';

export const apiFaultWords = {
  'api.unknownProcedure': {
    what: 'Das Fenster hat vom Host „{procedure}“ verlangt; der Host kennt dies nicht.',
    causes: ['Fenster und Host haben verschiedene Versionen.'],
    remedies: [reload, 'Joulebench neu starten.'],
  },
  'api.badInput': {
    what: 'Ein Wert für „{procedure}“ wurde nicht angenommen: {field}: {problem}',
    causes: ['Ein Feld ist leer, zu lang oder außerhalb des zulässigen Bereichs.'],
    remedies: ['Das Feld „{field}“ berichtigen und noch einmal versuchen.'],
  },
  'api.badOutput': {
    what: 'Der Host gab auf „{procedure}“ eine unzulässige Antwort: {field}: {problem}',
    causes: [defect],
    remedies: [sendLog],
  },
  'api.deadline': {
    what: 'Der Host hat „{procedure}“ nicht innerhalb von {deadlineS} Sekunden beendet.',
    causes: ['Ein Gerät antwortet nicht.', 'Der Rechner ist stark ausgelastet.'],
    remedies: ['Den Messplatz prüfen: Ist jedes Gerät angeschlossen und versorgt?', 'Noch einmal versuchen.'],
  },
  'api.tooManyCalls': {
    what: 'Ein Fenster hat mehr als {limit} Anfragen gleichzeitig laufen.',
    causes: [defect],
    remedies: [reload, sendLog],
  },
  'api.connectionLost': {
    what: 'Das Fenster hat die Verbindung zum Host verloren.',
    causes: ['Der Host wurde beendet oder neu gestartet.', 'Der Rechner war im Ruhezustand.'],
    remedies: [
      reload,
      'Hilft das nicht, Joulebench neu starten: Sitzungen gehen dort weiter, wo sie angehalten haben.',
    ],
  },
  'api.noAnswer': {
    what: 'Der Host hat nicht innerhalb von {waitS} Sekunden geantwortet.',
    causes: ['Der Host startet noch oder ist stark ausgelastet.', 'Der Host ist ausgefallen.'],
    remedies: [reload, 'Joulebench neu starten und das Protokoll ansehen.'],
  },
  'api.contractMismatch': {
    what: 'Dieses Fenster spricht Version {page} der Schnittstelle, der Host Version {host}.',
    causes: ['Joulebench wurde aktualisiert, während das Fenster offen war.'],
    remedies: ['Das Fenster neu laden.', 'Joulebench neu starten.'],
  },
  'api.messageTooLarge': {
    what: 'Eine Nachricht von {bytes} Byte ist größer als die {limitBytes} Byte, die auf einmal gesendet werden dürfen.',
    causes: [defect],
    remedies: [sendLog],
  },
  'api.notSendable': {
    what: 'Eine Nachricht enthält an „{place}“ einen Wert der Art {kind}, der nicht gesendet werden kann.',
    causes: [defect],
    remedies: [sendLog],
  },
  'api.badFrame': {
    what: 'Eine Nachricht zwischen Fenster und Host war beschädigt: {problem}',
    causes: ['Ein anderes Programm hat auf dieser Verbindung gesendet.', defect],
    remedies: [reload],
  },
  'api.topicBroken': {
    what: 'Das Fenster kann „{topic}“ nicht folgen: Es fehlen immer wieder Schritte.',
    causes: [defect],
    remedies: [reload, sendLog],
  },
  'api.portInUse': {
    what: 'Port {port} von {address} wird bereits von einem anderen Programm benutzt.',
    causes: [
      'Ein anderes `joulebench serve` läuft mit diesem Port.',
      'Ein anderes Programm nimmt dort Verbindungen an.',
    ],
    remedies: [
      'Einen anderen Port angeben oder keinen: Dann wird ein freier genommen.',
      'Das andere Programm beenden.',
    ],
  },
  'api.portRefused': {
    what: 'Das System erlaubt diesem Benutzer nicht, Port {port} von {address} zu öffnen.',
    causes: ['Ports unter 1024 sind reserviert.'],
    remedies: ['Einen Port über 1023 angeben oder keinen: Dann wird ein freier genommen.'],
  },
  'api.notLoopback': {
    what: 'Joulebench bietet seine Seite nur diesem Rechner an, nicht auf {address}.',
    causes: ['Es wurde eine andere Adresse als 127.0.0.1 oder ::1 angegeben.'],
    remedies: ['Die Adresse weglassen. Um die Seite von anderswo zu benutzen, den Port über SSH weiterleiten.'],
  },
  'api.pageMissing': {
    what: 'Die Seite ist nicht gebaut: In {folder} gibt es keine index.html.',
    causes: ['Joulebench läuft aus seinen Quellen und wurde nie gebaut.'],
    remedies: ['`npm run build` ausführen, dann noch einmal versuchen.'],
  },
} satisfies Record<string, FaultWords>;
