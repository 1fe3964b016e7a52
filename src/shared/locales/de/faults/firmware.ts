import type { FaultWords } from '../../words.ts';

export const firmwareFaultWords = {
  'firmware.unknownBoard': {
    what: 'Für das Board {board} gibt es keine Portierung der Firmware.',
    causes: ['Der Name ist falsch geschrieben.', 'Diese Portierung hat noch niemand geschrieben.'],
    remedies: ['Eines von diesen wählen: {known}.', 'Die Portierung schreiben: firmware/PORTING.md zeigt, wie.'],
  },
  'firmware.portFile': {
    what: 'Die Beschreibung der Portierung des Boards ist nicht brauchbar: {file} ({problem}).',
    causes: ['Die Datei wurde von Hand bearbeitet.', 'Sie stammt aus einer anderen Version von Joulebench.'],
    remedies: ['Mit firmware/ports/template/port.json vergleichen.'],
  },
  'firmware.sourcesMissing': {
    what: 'Die Quellen der Firmware können nicht gelesen werden: {folder} ({reason}).',
    causes: ['Die Installation ist unvollständig.', 'Der Ordner wurde verschoben oder ist nicht lesbar.'],
    remedies: ['Joulebench neu installieren oder aus einem Auszug seiner Quellen bauen.'],
  },
  'firmware.toolchainMissing': {
    what: 'Die Firmware kann nicht gebaut werden: Das Programm {tool} ist nicht installiert.',
    causes: [
      'Der Compiler von Arm für Mikrocontroller ist nicht installiert.',
      'Er ist installiert, aber nicht im Suchpfad.',
    ],
    remedies: [
      'Unter Debian oder Ubuntu: sudo apt-get install gcc-arm-none-eabi.',
      'Unter Windows und macOS: die Arm GNU Toolchain (arm-none-eabi) installieren und ihren Ordner bin in PATH aufnehmen.',
    ],
  },
  'firmware.tooLarge': {
    what: 'Das Modell {model} passt nicht auf das Board {board}: Es braucht {needed} Byte {memory}, das Board hat {available}.',
    causes: ['Das Modell ist größer als der Speicher dieses Boards.'],
    remedies: [
      'Ein Board mit mehr Speicher oder ein kleineres Modell wählen; `joulebench model info` gibt aus, was ein Modell braucht.',
    ],
  },
  'firmware.compile': {
    what: 'Die Firmware ließ sich nicht bauen: {file}.\n{output}',
    causes: [
      'Eine Quelle oder eine Portierung wurde geändert.',
      'Der Compiler ist viel älter oder neuer als der des Projekts.',
    ],
    remedies: ['Berichtigen, was der Compiler nennt, und neu bauen.'],
  },
  'firmware.elf': {
    what: 'Das gebaute Image ist keine vollständige ELF-Datei ({problem}).',
    causes: ['Die Festplatte ist voll.', 'Der Compiler ist nicht der für 32-Bit-Arm.'],
    remedies: ['`arm-none-eabi-gcc --version` prüfen und neu bauen.'],
  },
  'firmware.write': {
    what: 'Das Image kann nicht geschrieben werden: {file} ({reason}).',
    causes: ['Der Ordner ist schreibgeschützt.', 'Die Festplatte ist voll.'],
    remedies: ['Mit --out einen anderen Ordner wählen.'],
  },
  'firmware.imageUnusable': {
    what: 'Das Firmware-Image ist nicht brauchbar: {file} ({problem}).',
    causes: ['Der Ordner enthält kein Image oder nur einen Teil davon.', 'Eine Datei wurde nach dem Bau geändert.'],
    remedies: ['Das Image mit `joulebench firmware build` neu bauen.'],
  },
  'firmware.imageOther': {
    what: 'Das Firmware-Image in {folder} ist für das Board {board} und das Modell {model} (Plan {planSha256}), nicht für das Verlangte.',
    causes: [
      'Es war ein anderer Ordner gemeint.',
      'Das Modell wurde mit einer anderen Version von Joulebench übersetzt.',
    ],
    remedies: ['Den Ordner weglassen, damit das Image gebaut wird, oder es mit `joulebench firmware build` neu bauen.'],
  },
  'qemu.unknownMachine': {
    what: 'Es gibt kein emuliertes Board {machine}.',
    causes: ['Der Name ist falsch geschrieben.', 'Für das Board gibt es eine Portierung, aber keinen Emulator.'],
    remedies: ['Eines von diesen wählen: {known}.'],
  },
  'qemu.missing': {
    what: 'Der emulierte Messplatz braucht das Programm {program}; es ist nicht installiert.',
    causes: ['QEMU ist nicht installiert.', 'Es ist installiert, aber nicht im Suchpfad.'],
    remedies: [
      'Unter Debian oder Ubuntu: sudo apt-get install qemu-system-arm.',
      'Den virtuellen Messplatz benutzen; er braucht kein anderes Programm.',
    ],
  },
  'qemu.startFailed': {
    what: 'Der Emulator von {machine} ist nicht gestartet: {reason}.',
    causes: ['Dieses QEMU kennt die Maschine nicht.', 'Das Image ist beschädigt.'],
    remedies: ['`qemu-system-arm -M help` prüfen.', 'Das Image mit `joulebench firmware build` neu bauen.'],
  },
  'qemu.ended': {
    what: 'Der Emulator von {machine} hat sich selbst mit Code {code} beendet.\n{output}',
    causes: ['Jemand hat den Prozess beendet.', 'In QEMU trat ein Fehler auf.'],
    remedies: [
      'Noch einmal starten. Tritt es wieder auf, QEMU von Hand mit dem Image starten, um die Meldung zu sehen.',
    ],
  },
} satisfies Record<string, FaultWords>;
