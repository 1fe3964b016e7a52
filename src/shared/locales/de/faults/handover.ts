import type { FaultWords } from '../../words.ts';

export const handoverFaultWords = {
  'session.running': {
    what: 'Die Sitzung {sessionId} wird gerade gemessen und kann nicht angerührt werden.',
    causes: [
      'Ein Lauf ist im Gange, hier oder in einem anderen Programm.',
      'Er wurde vor weniger als zwei Minuten angehalten.',
    ],
    remedies: ['Den Lauf anhalten oder sein Ende abwarten; nach zwei Minuten noch einmal versuchen.'],
  },
  'session.outside': {
    what: '{sessionId} ist kein eigener Ordner innerhalb des Sitzungsordners.',
    causes: ['Es ist ein Link an einen anderen Ort.'],
    remedies: ['Mit dem Dateimanager löschen oder verschieben; dort ist zu sehen, wohin der Link führt.'],
  },
  'import.notAZip': {
    what: 'Die Datei kann nicht als Zip-Datei gelesen werden: {reason}',
    causes: ['Es ist eine andere Art von Datei.', 'Sie wurde unterwegs abgeschnitten oder geändert.'],
    remedies: [
      'Die Sitzungen erneut exportieren und die Größen beider Dateien vergleichen.',
      'Stattdessen den entpackten Ordner importieren.',
    ],
  },
  'import.refusedEntry': {
    what: 'Die Zip-Datei enthält einen Eintrag, der nicht angenommen wird: {entry} ({reason}). Es wurde nichts importiert.',
    causes: [
      'Die Datei stammt nicht aus einem Export dieses Programms.',
      'Sie soll außerhalb des Sitzungsordners schreiben, einem Link folgen oder die Festplatte füllen.',
    ],
    remedies: [
      'Den Absender um einen Export der Sitzungen bitten.',
      'Die Datei nicht anders entpacken, solange nicht bekannt ist, was sie ist.',
    ],
  },
  'import.tooLarge': {
    what: 'Entpackt würden die Sitzungen {bytes} Byte belegen; {limit} Byte sind erlaubt. Es wurde nichts importiert.',
    causes: ['Die Festplatte des Sitzungsordners ist fast voll.', 'Die Zip-Datei soll eine Festplatte füllen.'],
    remedies: [
      'Platz schaffen oder in den Einstellungen einen anderen Sitzungsordner wählen.',
      'Den Absender der Datei fragen, wie groß die Sitzungen sind.',
    ],
  },
  'import.noSession': {
    what: 'Darin ist keine Sitzung: kein Ordner mit einer journal.jsonl.',
    causes: ['Es war eine andere Datei oder ein anderer Ordner gemeint.'],
    remedies: ['Eine exportierte Zip-Datei, einen Ordner einer Sitzung oder einen Ordner mit Sitzungen wählen.'],
  },
  'import.doesNotHold': {
    what: 'Die Sitzung {session} ist nicht vollständig ({problem} {file}). Es wurde nichts importiert.',
    causes: [
      'Eine Datei wurde nach dem Ende der Sitzung geändert, entfernt oder hinzugefügt.',
      'Die Kopie ist unvollständig.',
    ],
    remedies: [
      'Die Sitzung dort, wo sie gemessen wurde, erneut kopieren oder exportieren.',
      'joulebench verify am Original ausführen, um alle Unterschiede zu sehen.',
    ],
  },
  'import.gone': {
    what: 'Die geprüften Sitzungen stehen nicht mehr bereit.',
    causes: ['Der Import wurde verlassen, oder das Programm wurde inzwischen neu gestartet.'],
    remedies: ['Die Datei erneut importieren.'],
  },
} as const satisfies Record<string, FaultWords>;
