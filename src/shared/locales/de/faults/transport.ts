import type { FaultWords } from '../../words.ts';

export const transportFaultWords = {
  'transport.badAddress': {
    what: '„{address}“ ist kein Portname und keine Adresse.',
    causes: ['Der Name ist falsch geschrieben oder gehört zu einem anderen Betriebssystem.'],
    remedies: [
      'Einen seriellen Port (COM7, /dev/ttyACM0, /dev/cu.usbmodem1101) oder tcp:HOST:PORT angeben. `joulebench devices` listet die Ports dieses Rechners.',
    ],
  },
  'transport.notFound': {
    what: 'Auf diesem Rechner gibt es keinen Port {port}.',
    causes: [
      'Das Board ist nicht angeschlossen oder hat keine Versorgung.',
      'Beim Wiederanschließen bekam es einen anderen Portnamen.',
      'Sein Treiber fehlt.',
    ],
    remedies: ['Das Board anschließen und seinen jetzigen Portnamen mit `joulebench devices` ansehen.'],
  },
  'transport.busy': {
    what: 'Port {port} wird von einem anderen Programm benutzt.',
    causes: [
      'Ein Terminalprogramm, eine Entwicklungsumgebung oder ein anderer Benchmark-Runner hat ihn geöffnet.',
      'Ein früheres Joulebench läuft noch.',
    ],
    remedies: [
      'Dieses Programm schließen und noch einmal versuchen.',
      'Ist keines zu finden, das Board abziehen und wieder anschließen.',
    ],
  },
  'transport.busyHeld': {
    what: 'Port {port} wird von {program} benutzt (Prozess {pid}).',
    causes: ['{program} hat den Port geöffnet.'],
    remedies: ['{program} schließen und noch einmal versuchen.'],
  },
  'transport.permissionGroup': {
    what: 'Port {port} darf nicht geöffnet werden: Er gehört der Gruppe {group}.',
    causes: [
      'Der Benutzer ist nicht Mitglied der Gruppe {group}.',
      'Der Benutzer wurde in die Gruppe aufgenommen, hat sich seither aber nicht neu angemeldet.',
    ],
    remedies: [
      '`sudo usermod -aG {group} $USER` ausführen, dann ab- und wieder anmelden.',
      'Oder das Board mit einer udev-Regel für jeden freigeben, der an diesem Rechner sitzt (TAG+="uaccess").',
    ],
  },
  'transport.permission': {
    what: 'Port {port} darf nicht geöffnet werden.',
    causes: [
      'Das System gibt diesen Port einem anderen Benutzer.',
      'Eine Sandbox oder Sicherheitseinstellung hält die Anwendung von seriellen Ports fern.',
    ],
    remedies: ['Die Verwaltung dieses Rechners um Zugriff auf serielle Ports bitten.'],
  },
  'transport.baudUnsupported': {
    what: 'Port {port} kann nicht mit {baud} Baud laufen.',
    causes: ['Die USB-Brücke oder ihr Treiber kennt diese Rate nicht.'],
    remedies: ['Eine übliche Rate wählen (9600, 115200, 921600) und die Firmware für dieselbe bauen.'],
  },
  'transport.openFailed': {
    what: 'Port {port} konnte nicht geöffnet werden: {reason}.',
    causes: ['Der Treiber der USB-Brücke ist gestört.'],
    remedies: [
      'Das Board abziehen, fünf Sekunden warten, wieder anschließen.',
      'Ein anderes Kabel oder eine andere USB-Buchse versuchen.',
    ],
  },
  'transport.openTimeout': {
    what: 'Port {port} öffnete sich nicht innerhalb von {deadlineS} s.',
    causes: ['Der Treiber hängt, oder an dieser Adresse antwortet nichts.'],
    remedies: [
      'Das Board abziehen und wieder anschließen; bei einer Adresse prüfen, ob der andere Rechner eingeschaltet und erreichbar ist.',
    ],
  },
  'transport.refused': {
    what: 'An {address} nimmt nichts Verbindungen an.',
    causes: ['Das Programm, das das DUT anbietet, wurde nicht gestartet oder benutzt eine andere Portnummer.'],
    remedies: ['Es starten und die Portnummern vergleichen.'],
  },
  'transport.unknownHost': {
    what: 'Es gibt keinen Rechner namens „{host}“.',
    causes: ['Der Name ist falsch geschrieben, oder dieser Rechner ist nicht in jenem Netz.'],
    remedies: ['Den Namen prüfen oder die numerische Adresse benutzen.'],
  },
  'transport.unreachable': {
    what: 'Der Rechner an {address} ist nicht erreichbar.',
    causes: ['Er ist ausgeschaltet oder in einem anderen Netz.', 'Eine Firewall ist im Weg.'],
    remedies: ['Kabel, Netz und Firewall prüfen.'],
  },
  'transport.unplugged': {
    what: 'Das Gerät an {port} ist verschwunden.',
    causes: [
      'Das USB-Kabel wurde gezogen oder hat schlechten Kontakt.',
      'Das Board verlor seine Versorgung, oder seine USB-Brücke ist abgestürzt.',
    ],
    remedies: ['Kabel und Versorgung prüfen, das Board wieder anschließen, dann fortsetzen.'],
  },
  'transport.lost': {
    what: 'Die Verbindung zu {port} wurde von der Gegenseite beendet.',
    causes: ['Das Programm oder Gerät am anderen Ende hat angehalten.'],
    remedies: ['Es neu starten und fortsetzen.'],
  },
  'transport.closed': {
    what: 'Die Verbindung zu {port} ist geschlossen.',
    causes: ['Sie wurde geschlossen, während sie noch gebraucht wurde.'],
    remedies: ['Den Vorgang neu starten.'],
  },
  'transport.writeFailed': {
    what: 'Senden an {port} ist fehlgeschlagen: {reason}.',
    causes: ['Die USB-Verbindung ist gestört.'],
    remedies: ['Das Board neu anschließen; ein anderes Kabel oder eine andere USB-Buchse versuchen.'],
  },
  'transport.linesUnsupported': {
    what: 'Port {port} kann die Steuerleitungen DTR und RTS nicht schalten.',
    causes: ['Der Port ist kein echter serieller Port, oder seine USB-Brücke hat diese Leitungen nicht.'],
    remedies: ['Die Einstellungen für DTR und RTS leer lassen.'],
  },
  'transport.listFailed': {
    what: 'Die seriellen Ports dieses Rechners konnten nicht aufgelistet werden: {reason}.',
    causes: ['Unter Linux fehlt das Programm udevadm.'],
    remedies: ['Den Port selbst angeben, zum Beispiel /dev/ttyACM0.'],
  },
} satisfies Record<string, FaultWords>;
