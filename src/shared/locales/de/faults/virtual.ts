import type { FaultWords } from '../../words.ts';

export const virtualFaultWords = {
  'virtual.firmwareMissing': {
    what: 'Die Firmware des virtuellen DUT kann nicht gelesen werden: {file} ({reason}).',
    causes: ['Die Installation ist unvollständig.', 'Ein Virenscanner hat die Datei verschoben.'],
    remedies: ['Joulebench neu installieren oder die Datei mit `node firmware/ports/virtual/build.mjs` bauen.'],
  },
  'virtual.firmwareManifest': {
    what: 'Die Beschreibung der Firmware des virtuellen DUT ist nicht brauchbar: {file} ({reason}).',
    causes: ['Die Installation ist beschädigt.', 'Die Datei stammt aus einer anderen Version von Joulebench.'],
    remedies: [
      'Joulebench neu installieren oder Firmware und Beschreibung mit `node firmware/ports/virtual/build.mjs` bauen.',
    ],
  },
  'virtual.firmwareHash': {
    what: 'Die Firmware des virtuellen DUT ist nicht die, die ihre Beschreibung nennt: SHA-256 {actual}, erwartet {expected}.',
    causes: [
      'Die Datei wurde nach dem Bau geändert oder beschädigt.',
      'Eine der beiden Dateien stammt aus einer anderen Version.',
    ],
    remedies: [
      'Joulebench neu installieren oder Firmware und Beschreibung mit `node firmware/ports/virtual/build.mjs` bauen.',
    ],
  },
  'virtual.firmwareAbi': {
    what: 'Die Firmware des virtuellen DUT hat Schnittstellenversion {actual}; diese Version von Joulebench braucht {expected}.',
    causes: ['Firmware und Anwendung stammen aus verschiedenen Versionen.'],
    remedies: ['Joulebench neu installieren oder die Firmware mit `node firmware/ports/virtual/build.mjs` bauen.'],
  },
  'virtual.costTable': {
    what: 'Die Kostentabelle des virtuellen DUT ist nicht brauchbar: {file} ({reason}).',
    causes: ['Die Installation ist beschädigt.', 'Die Datei wurde von Hand bearbeitet.'],
    remedies: ['Joulebench neu installieren.'],
  },
  'virtual.modelTooLarge': {
    what: 'Das Modell {model} passt nicht in das virtuelle DUT: {part} braucht {needed} Byte, das virtuelle DUT hat {available}.',
    causes: ['Das Modell ist größer als die der Benchmarks.'],
    remedies: ['Ein kleineres Modell wählen; `joulebench model info` gibt aus, was ein Modell braucht.'],
  },
  'virtual.modelRefused': {
    what: 'Das virtuelle DUT lehnt das Plan-Image des Modells {model} ab (Lader-Code {code}, Operator {operator}).',
    causes: [
      'Das Image ist beschädigt.',
      'Es wurde von einer anderen Version von Joulebench übersetzt als die Firmware.',
    ],
    remedies: ['Das Modell mit `joulebench model compile` neu übersetzen.'],
  },
  'virtual.badSetting': {
    what: 'Der virtuelle Messplatz kann {setting} {value} nicht haben: zulässig ist {allowed}.',
    causes: ['Der Wert ist falsch geschrieben oder außerhalb des Bereichs.'],
    remedies: ['Einen Wert im Bereich wählen und neu starten.'],
  },
  'virtual.dutInUse': {
    what: 'Die Leitung zum Gerät {label} ist bereits geöffnet.',
    causes: ['Ein anderer Teil des Programms oder ein anderer Client benutzt sie.'],
    remedies: ['Zuerst die andere Verbindung schließen.'],
  },
  'virtual.portInUse': {
    what: 'Der Port des Geräts {label} ist bereits geöffnet.',
    causes: ['Ein anderer Teil des Programms oder ein anderer Client benutzt ihn.'],
    remedies: ['Zuerst die andere Verbindung schließen.'],
  },
  'virtual.noInstrument': {
    what: 'Dieser virtuelle Messplatz hat kein solches Gerät: {role}.',
    causes: ['Der Messplatz wurde ohne Energiemessgerät oder IO-Manager geöffnet.'],
    remedies: ['Den Messplatz mit dem Gerät, das die Messung braucht, neu öffnen.'],
  },
  'virtual.dutHung': {
    what: 'Das virtuelle DUT hat einen Arbeitsschritt nicht innerhalb von {seconds} s beendet und wurde angehalten.',
    causes: ['Der Rechner ist viel zu stark ausgelastet.', 'Ein Fehler in der Firmware.'],
    remedies: [
      'Andere Programme schließen und den Lauf wiederholen.',
      'Tritt es wieder auf, mit dem benutzten Modell melden.',
    ],
  },
  'virtual.dutCrashed': {
    what: 'Das Programm des virtuellen DUT ist abgestürzt ({reason}).',
    causes: ['Ein Fehler in der Firmware.', 'Das Plan-Image ist beschädigt.'],
    remedies: ['Das Modell neu übersetzen und wiederholen.', 'Tritt es wieder auf, mit dem benutzten Modell melden.'],
  },
  'virtual.nothingCanHappen': {
    what: 'Die virtuelle Zeit steht bei {atS} s still: Es kann nichts mehr geschehen, aber auf {request} wird noch gewartet.',
    causes: ['Das DUT wird nie antworten, und das Warten hat keine Frist.', 'Ein Fehler in Joulebench.'],
    remedies: ['Den Lauf wiederholen.', 'Tritt es wieder auf, mit dem Sitzungsordner melden.'],
  },
  'virtual.serveFailed': {
    what: 'Das virtuelle DUT kann nicht an {address} angeboten werden ({reason}).',
    causes: ['Ein anderes Programm benutzt diesen Port.', 'Ports unter 1024 brauchen besondere Rechte.'],
    remedies: ['Einen anderen Port wählen.'],
  },
} satisfies Record<string, FaultWords>;
