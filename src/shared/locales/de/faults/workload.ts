import type { FaultWords } from '../../words.ts';

export const workloadFaultWords = {
  'workload.unknown': {
    what: 'Es gibt keinen Workload „{id}“. Bekannt: {known}.',
    causes: [
      'Die Kennung ist falsch geschrieben.',
      'Es ist ein eigener Workload, dessen Ordner nicht angegeben wurde.',
    ],
    remedies: [
      'Eine der bekannten Kennungen wählen.',
      'Bei einem eigenen Workload den Ordner mit seiner workload.json angeben.',
    ],
  },
  'workload.notRunnable': {
    what: 'Der Workload {id} ist bekannt, aber Joulebench kann ihn nicht ausführen.',
    causes: ['Er überträgt Ton über ein Interface-Board an das DUT; Joulebench steuert es nicht.'],
    remedies: ['Einen anderen Workload wählen.', 'Ihn mit dem veröffentlichten Runner des Benchmarks ausführen.'],
  },
  'workload.idTaken': {
    what: 'Die Kennung „{id}“ eines eigenen Workloads ist durch einen anderen Workload belegt.',
    causes: [
      'Offizielle Kennungen können nicht für eigene Workloads benutzt werden.',
      'Zwei Ordner definieren denselben Workload.',
    ],
    remedies: ['Dem eigenen Workload in seiner workload.json eine andere Kennung geben.'],
  },
  'workload.definitionMissing': {
    what: 'Es gibt keine Workload-Definition {path}.',
    causes: ['Der Ordner ist nicht der eines eigenen Workloads.'],
    remedies: ['Den Ordner mit einer workload.json angeben.'],
  },
  'workload.definitionInvalid': {
    what: 'Die Workload-Definition {path} kann nicht benutzt werden: {key} {reason}',
    causes: ['Ein Schlüssel fehlt oder hat einen Wert falscher Form.'],
    remedies: ['Die Datei berichtigen; das Handbuch zeigt ein vollständiges Beispiel.'],
  },
  'workload.folderMissing': {
    what: 'Es gibt keinen Datensatzordner {folder} für den Workload {workload}.',
    causes: [
      'Der Pfad ist falsch geschrieben.',
      'Die Festplatte mit den Daten ist nicht angeschlossen.',
      'Die Eingaben wurden noch nicht heruntergeladen.',
    ],
    remedies: [
      'Den Ordner mit y_labels.csv und den Eingabedateien angeben.',
      'Die offiziellen Eingaben gehören nicht zu Joulebench: von der Stelle holen, an der der Benchmark sie veröffentlicht.',
    ],
  },
  'workload.listMissing': {
    what: 'Der Ordner {folder} enthält keine Liste {list} für den Workload {workload}.',
    causes: ['Es war ein anderer Ordner gemeint.', 'Die Liste wurde nicht mit den Eingaben kopiert.'],
    remedies: ['Den Ordner mit {list} angeben.', 'Die offizielle {list} des Workloads in den Ordner kopieren.'],
  },
  'workload.listTooLarge': {
    what: 'Die Liste {list} hat {bytes} Byte, mehr als die {limit}, die eine Liste haben darf.',
    causes: ['Die Datei ist keine Liste von Eingaben.'],
    remedies: ['Die offizielle Liste des Workloads an ihre Stelle setzen.'],
  },
  'workload.tooManyInputs': {
    what: 'Die Liste {list} nennt {inputs} Eingaben, mehr als die {limit}, die ein Lauf haben darf.',
    causes: ['Die Liste ist nicht die eines Benchmarks.'],
    remedies: ['Eine kürzere Liste benutzen.'],
  },
  'workload.datasetInvalid': {
    what: 'Der Datensatz in {folder} hat {total} Mängel; der erste steht in Zeile {firstLine} von {list}.',
    causes: ['Die Liste gehört zu anderen Dateien.', 'Der Datensatz wurde nur teilweise kopiert.'],
    remedies: ['Die aufgeführten Mängel beheben oder den Datensatz von der Veröffentlichung neu kopieren.'],
  },
  'workload.unreadable': {
    what: 'Das System verweigert das Lesen von {path} ({reason}).',
    causes: ['Die Zugriffsrechte verbieten es.', 'Die Festplatte wurde entfernt oder hat einen Fehler.'],
    remedies: [
      'Die Zugriffsrechte des Ordners und der Dateien prüfen.',
      'Den Datensatz auf eine lokale Festplatte kopieren.',
    ],
  },
  'workload.inputChanged': {
    what: 'Die Datei {path} hat sich während des Laufs geändert: {foundBytes} von {expectedBytes} Byte sind ab Position {offsetBytes} übrig.',
    causes: ['Ein anderes Programm hat in den Datensatz geschrieben.'],
    remedies: ['Die Datei wiederherstellen, dann die Sitzung fortsetzen.'],
  },
  'workload.noSuchInput': {
    what: 'Eingabe {index} wurde verlangt, aber der Datensatz hat {inputs}.',
    causes: ['Ein Fehler in Joulebench.'],
    remedies: ['Das Protokoll an die Entwickler senden.'],
  },
  'dataset.listEmpty': {
    what: '{list} nennt keine Eingabe.',
    causes: ['Die Datei ist leer.'],
    remedies: ['Die offizielle Liste des Workloads an ihre Stelle setzen.'],
  },
  'dataset.lineTooLong': {
    what: '{list}, Zeile {line}: länger als {limit} Zeichen.',
    causes: ['Die Datei ist keine Liste von Eingaben.', 'Ihre Zeilenenden gingen verloren.'],
    remedies: ['Die offizielle Liste des Workloads an ihre Stelle setzen.'],
  },
  'dataset.columns': {
    what: '{list}, Zeile {line}: {found} Spalten, erwartet {expected}.',
    causes: ['Die Zeile ist beschädigt.', 'Die Liste gehört zu einem anderen Workload.'],
    remedies: [
      'Jede Zeile enthält: Datei, Anzahl der Klassen, Klasse (ad01 außerdem: Bytes je Fenster, Bytes je Schritt).',
    ],
  },
  'dataset.fileName': {
    what: '{list}, Zeile {line}: „{file}“ ist kein einfacher Dateiname.',
    causes: ['Er enthält einen Ordner, ein Laufwerk oder ein Zeichen, das nicht jedes System zulässt.'],
    remedies: ['Die Datei in den Ordner der Liste legen und nur ihren Namen schreiben.'],
  },
  'dataset.duplicate': {
    what: '{list}, Zeile {line}: {file} steht bereits in Zeile {firstLine}.',
    causes: ['Eine Zeile wurde doppelt kopiert.'],
    remedies: ['Eine der beiden Zeilen entfernen: Jede Eingabe zählt einmal.'],
  },
  'dataset.classCount': {
    what: '{list}, Zeile {line}: „{value}“ Klassen, aber der Workload hat {expected}.',
    causes: ['Die Liste gehört zu einem anderen Workload.'],
    remedies: ['Die Liste dieses Workloads benutzen oder den Workload dieser Liste wählen.'],
  },
  'dataset.label': {
    what: '{list}, Zeile {line}: „{value}“ ist keine Klasse von 0 bis {highest}.',
    causes: ['Die Angabe fehlt, ist ein Name statt einer Zahl oder gehört zu einem anderen Workload.'],
    remedies: ['Die Nummer der wahren Klasse in die dritte Spalte schreiben.'],
  },
  'dataset.window': {
    what: '{list}, Zeile {line}: Fenster und Schritt sind {value} Byte, aber der Workload hat {expected}.',
    causes: ['Die Liste gehört zu einem anderen Workload.'],
    remedies: ['Die offizielle Liste dieses Workloads benutzen.'],
  },
  'dataset.fileMissing': {
    what: '{list}, Zeile {line}: In {folder} gibt es keine Datei {file}.',
    causes: [
      'Der Datensatz wurde nur teilweise kopiert.',
      'Groß- und Kleinschreibung unterscheiden sich zwischen Liste und Datei.',
    ],
    remedies: ['Die Datei in den Ordner kopieren oder die Zeile entfernen, um mit einem Teil des Satzes zu messen.'],
  },
  'dataset.fileSize': {
    what: '{list}, Zeile {line}: {file} hat {bytes} Byte, erwartet {expectedBytes}.',
    causes: ['Die Datei wurde nur teilweise kopiert.', 'Es ist die Eingabe eines anderen Workloads.'],
    remedies: ['Die Datei von der Veröffentlichung des Datensatzes neu kopieren.'],
  },
  'dataset.fileUnreadable': {
    what: '{list}, Zeile {line}: Das System verweigert den Zugriff auf {file} ({reason}).',
    causes: ['Die Zugriffsrechte verbieten es.', 'Die Festplatte wurde entfernt oder hat einen Fehler.'],
    remedies: ['Die Zugriffsrechte des Ordners und der Dateien prüfen.'],
  },
} satisfies Record<string, FaultWords>;
