import type { FaultWords } from '../../words.ts';

export const flashFaultWords = {
  'flash.imageMissing': {
    what: 'Es gibt kein Image {path}.',
    causes: ['Der Pfad ist falsch geschrieben.', 'Die Firmware wurde noch nicht gebaut.'],
    remedies: ['Sie bauen: joulebench firmware build.', 'Ein anderes Image angeben.'],
  },
  'flash.imageFormat': {
    what: '{name} ist keine ELF-Datei, und weder der Name noch die erste Zeile verrät, was sie sonst ist.',
    causes: ['Es ist ein BIN- oder HEX-Image unter ungewöhnlichem Namen.', 'Es ist kein Firmware-Image.'],
    remedies: ['Das Format angeben (elf, hex oder bin).', 'Die Datei wählen, die der Bau als Image bezeichnet.'],
  },
  'flash.imageNoBase': {
    what: '{name} ist ein BIN-Image: Es sagt nicht, an welche Adresse es gehört.',
    causes: ['Das Format enthält nur Bytes.'],
    remedies: [
      'Die Basisadresse angeben (0x08000000 bei den meisten STM32).',
      'Die ELF- oder HEX-Datei desselben Baus flashen.',
    ],
  },
  'flash.imageEmpty': {
    what: '{name} enthält kein Byte, das programmiert werden könnte.',
    causes: ['Der Bau ist auf halbem Weg gescheitert.', 'Die Kopie wurde abgeschnitten.'],
    remedies: ['Die Firmware neu bauen.', 'Die Datei erneut kopieren und die Größen vergleichen.'],
  },
  'flash.imageTooLarge': {
    what: '{name} würde mindestens {bytes} Byte füllen; ein Image darf {maxBytes} haben.',
    causes: ['Die Datei ist kein Firmware-Image.', 'Die Datei ist beschädigt.'],
    remedies: ['Eine andere Datei wählen.', 'Die Firmware neu bauen.'],
  },
  'flash.imageOverlap': {
    what: '{name} gibt das Byte an {address} zweimal an.',
    causes: ['Zwei Teile des Programms wurden an dieselbe Stelle gebunden.', 'Die Datei ist beschädigt.'],
    remedies: ['Die Ladeadressen im Linker-Skript prüfen.', 'Die Firmware neu bauen.'],
  },
  'flash.imageAddress': {
    what: '{name} geht ab {address} über das Ende des Adressraums hinaus.',
    causes: ['Die Basisadresse ist falsch.', 'Die Datei ist beschädigt.'],
    remedies: ['Die Basisadresse prüfen.', 'Die Firmware neu bauen.'],
  },
  'flash.imageNotElf': {
    what: '{name} ist keine ELF-Datei.',
    causes: ['Es ist ein Image in einem anderen Format.'],
    remedies: ['Das Format selbst ermitteln lassen oder das richtige angeben.'],
  },
  'flash.imageMachine': {
    what: '{name} ist ein Programm für eine andere Maschine ({bits} Bit, {order}-endian, ELF-Maschine {machine}); die Boards hier führen 32-Bit-Arm-Code (little-endian) aus.',
    causes: ['Es ist der Bau für den Rechner statt der für das Board.'],
    remedies: ['Das Image wählen, das für das Board gebaut wurde.'],
  },
  'flash.imageNotLinked': {
    what: '{name} ist kein gebundenes Programm (ELF-Typ {type}).',
    causes: ['Es ist eine Objektdatei oder eine Bibliothek.', 'Es wurde als positionsunabhängiges Programm gebunden.'],
    remedies: ['Das Image wählen, das der Linker geschrieben hat.', 'Ohne -pie binden.'],
  },
  'flash.imageDamaged': {
    what: '{name} ist nicht vollständig: {neededBytes} Byte gehören an Position {offset}; die Datei hat {fileBytes} Byte.',
    causes: ['Die Kopie wurde abgeschnitten.', 'Die Datei ist beschädigt.'],
    remedies: ['Die Datei erneut kopieren.', 'Die Firmware neu bauen.'],
  },
  'flash.imageHexSyntax': {
    what: '{name}, Zeile {line}, ist kein Satz einer Intel-HEX-Datei.',
    causes: [
      'Die Datei wurde abgeschnitten oder in einem Editor geändert.',
      'Es ist eine Datei in einem anderen Format.',
    ],
    remedies: ['Die Datei neu bauen oder kopieren.'],
  },
  'flash.imageHexChecksum': {
    what: '{name}, Zeile {line}: Die Prüfsumme ist {found}, die Bytes ergeben {expected}.',
    causes: ['Die Zeile wurde nach dem Bau geändert.', 'Die Datei wurde unterwegs beschädigt.'],
    remedies: ['Die Datei neu bauen oder kopieren.'],
  },
  'flash.imageHexRecord': {
    what: '{name}, Zeile {line}: Es gibt keinen Satz vom Typ {type} mit {bytes} Byte.',
    causes: ['Die Datei ist beschädigt.', 'Es ist eine Datei in einem anderen Format.'],
    remedies: ['Die Datei neu bauen oder kopieren.'],
  },
  'flash.imageHexOverlap': {
    what: '{name}, Zeile {line}, gibt das Byte an {address} noch einmal an.',
    causes: ['Zwei Images mit gemeinsamen Adressen wurden zusammengefügt.', 'Eine Zeile steht dort zweimal.'],
    remedies: ['Die Datei neu bauen.', 'Nur Images zusammenfügen, die sich nicht überschneiden.'],
  },
  'flash.imageHexAfterEnd': {
    what: '{name}, Zeile {line}, steht nach dem Endesatz.',
    causes: ['Zwei Dateien wurden unverändert aneinandergehängt.'],
    remedies: ['Sie mit einem Werkzeug für HEX-Dateien zusammenfügen.', 'Die Datei neu bauen.'],
  },
  'flash.imageHexNoEnd': {
    what: '{name} hat keinen Endesatz: Die letzten Zeilen fehlen.',
    causes: ['Die Kopie wurde abgeschnitten.'],
    remedies: ['Die Datei erneut kopieren.', 'Die Firmware neu bauen.'],
  },
  'flash.layoutOutside': {
    what: '{name} hat {bytes} Byte an {address}; dort hat das Board keinen Speicher dafür ({regions}).',
    causes: ['Das Image wurde für ein anderes Board gebaut.', 'Die Basisadresse ist falsch.'],
    remedies: ['Das Image dieses Boards wählen oder das Board dieses Images.', 'Die Basisadresse prüfen.'],
  },
  'flash.layoutRam': {
    what: '{name} hat {bytes} Byte an {address}, im RAM des Boards ({region}): Nach dem Reset wären sie verloren.',
    causes: [
      'Es wurde gebunden, um aus dem RAM zu laufen.',
      'Anfangswerte von Variablen haben keine Ladeadresse im Flash.',
    ],
    remedies: [
      'Das Image so binden, dass es aus dem Flash läuft.',
      'Dem Datenabschnitt eine Ladeadresse im Flash geben (AT > FLASH).',
    ],
  },
  'flash.toolMissing': {
    what: '{tool} gibt es auf diesem Rechner nicht: {program} wurde nicht gefunden.',
    causes: ['Es ist nicht installiert oder liegt in einem Ordner, der nicht in PATH steht.'],
    remedies: ['{tool} installieren oder seinen Ort in den Einstellungen angeben.', 'Das andere Werkzeug benutzen.'],
  },
  'flash.toolTooOld': {
    what: '{tool} hat Version {found}; nötig ist {needed} oder neuer.',
    causes: ['Die Distribution liefert eine alte Version.'],
    remedies: ['Ein neueres {tool} installieren und seinen Ort in den Einstellungen angeben.'],
  },
  'flash.toolTooNew': {
    what: '{tool} und {probe} sprechen nicht dieselbe Version ihres Protokolls.',
    causes: ['{tool} ist neuer als der Server des Debug-Adapters.'],
    remedies: ['Den Server des Debug-Adapters aktualisieren oder ein älteres {tool} installieren.'],
  },
  'flash.toolNotStarted': {
    what: '{tool} konnte nicht gestartet werden: {reason}',
    causes: ['Das Programm ist nicht für diesen Rechner bestimmt, oder dieser Benutzer darf es nicht starten.'],
    remedies: ['Es von Hand in einem Terminal starten und die Ausgabe ansehen.', '{tool} neu installieren.'],
  },
  'flash.toolEnded': {
    what: '{tool} hat sich selbst beendet: {said}',
    causes: ['Es ist abgestürzt oder wurde von jemandem beendet.'],
    remedies: ['Noch einmal flashen.', 'Tritt es wieder auf: sein Protokoll in der Sitzung lesen.'],
  },
  'flash.toolFailed': {
    what: '{tool} konnte {board} nicht flashen: {said}',
    causes: ['Das Werkzeug traf auf etwas, das Joulebench nicht kennt.'],
    remedies: ['Sein Protokoll in der Sitzung lesen.', 'Das Board aus- und einschalten, dann noch einmal flashen.'],
  },
  'flash.toolLacksBoard': {
    what: '{tool} {version} kennt {board} nicht.',
    causes: ['Diese Version hat keine Datei für den Chip.'],
    remedies: ['Ein neueres {tool} installieren oder das andere Werkzeug benutzen.'],
  },
  'flash.toolLacksProbe': {
    what: '{tool} kann den Debug-Adapter {probe} nicht benutzen.',
    causes: ['Diese Art von Debug-Adapter ist nicht bekannt.'],
    remedies: [
      'Einen ST-LINK, einen CMSIS-DAP-Adapter oder einen J-Link anschließen.',
      'Das andere Werkzeug benutzen.',
    ],
  },
  'flash.toolLacksUnlock': {
    what: '{tool} kann {board} nicht entsperren.',
    causes: ['Joulebench kennt keinen Befehl von {tool} für diesen Chip.'],
    remedies: ['Das andere Werkzeug oder das Programm des Herstellers benutzen.'],
  },
  'flash.toolPortInUse': {
    what: '{tool} fand einen Port dieses Rechners belegt: {said}',
    causes: ['Ein anderer Debugger oder Server läuft.'],
    remedies: ['Ihn schließen und noch einmal flashen.'],
  },
  'flash.probeMissing': {
    what: '{tool} findet den Debug-Adapter {probe} nicht.',
    causes: [
      'Das Kabel ist lose oder führt nur Strom.',
      'Ein anderes Board ist angeschlossen: Sein Debug-Adapter hat eine andere Seriennummer.',
      'Dieser Benutzer darf den Debug-Adapter nicht öffnen (eine udev-Regel unter Linux), oder sein Treiber fehlt (Windows).',
      'Der Server des Debug-Adapters läuft nicht.',
    ],
    remedies: [
      'Den Debug-Adapter neu anschließen; joulebench devices --probes listet, was angeschlossen ist.',
      'Die udev-Regel oder den Treiber installieren.',
    ],
  },
  'flash.probeBusy': {
    what: 'Der Debug-Adapter {probe} ist von einem anderen Programm belegt.',
    causes: ['Eine Entwicklungsumgebung oder ein anderer Debugger hat ihn geöffnet.'],
    remedies: ['Das Programm schließen und noch einmal flashen.'],
  },
  'flash.probeFirmwareOld': {
    what: 'Die Firmware des Debug-Adapters {probe} ist zu alt.',
    causes: ['Ihr fehlt der direkte Zugriff auf den Debug-Port.'],
    remedies: ['Den Debug-Adapter mit dem Programm des Herstellers aktualisieren, dann noch einmal flashen.'],
  },
  'flash.probeStalled': {
    what: 'Der Debug-Adapter {probe} tat {silentS} s lang nichts, daher wurde {tool} beendet.',
    causes: ['Der Debug-Adapter hängt oder wurde abgezogen.', 'Der USB-Hub ist überlastet.'],
    remedies: [
      'Den Debug-Adapter abziehen, wieder anschließen und noch einmal flashen.',
      'Ihn direkt an den Rechner anschließen.',
    ],
  },
  'flash.probeUnplugged': {
    what: 'Der Debug-Adapter {probe} ging während der Arbeit an {board} verloren.',
    causes: ['Das Kabel wurde gezogen oder ist lose.'],
    remedies: ['Ihn anschließen und noch einmal flashen: Was der Flash jetzt enthält, ist nicht bekannt.'],
  },
  'flash.probeLinkUnstable': {
    what: 'Die Verbindung vom Debug-Adapter {probe} zu {board} setzt zeitweise aus: {said}',
    causes: [
      'Die Leitungen sind lang oder lose, oder der Takt ist zu schnell für sie.',
      'Der Chip schläft oder setzt sich selbst zurück.',
    ],
    remedies: [
      'Kurze Leitungen mit je einer Masse daneben benutzen.',
      'Den Takt des Debug-Adapters senken.',
      'Das Board beim Verbinden im Reset halten.',
    ],
  },
  'flash.targetNoAck': {
    what: '{board} antwortet dem Debug-Adapter {probe} nicht.',
    causes: [
      'Das Board hat keine Versorgung.',
      'SWDIO, SWCLK oder Masse ist nicht angeschlossen.',
      'Der Chip schläft, oder seine Firmware hat die Debug-Pins abgeschaltet.',
    ],
    remedies: ['Versorgung und Debug-Leitungen prüfen.', 'Beim Beginn des Flashens die Reset-Taste halten.'],
  },
  'flash.targetNoPower': {
    what: 'Der Debug-Adapter misst {foundV} V an {board}; unter {minV} V wird nichts gelöscht.',
    causes: [
      'Das Board oder seine Versorgung ist ausgeschaltet.',
      'Ein Jumper für die Strommessung ist offen.',
      'Der Spannungspin des Debug-Steckers ist nicht angeschlossen.',
    ],
    remedies: ['Die Versorgung einschalten und den Jumper schließen, dann noch einmal flashen.'],
  },
  'flash.targetWiring': {
    what: 'Die Scan-Kette von {board} liest nur {level}.',
    causes: [
      'Nur Einsen: Das Board hat keine Versorgung, oder die Leitung ist offen.',
      'Nur Nullen: ein Kurzschluss, oder der Chip wird im Reset gehalten.',
    ],
    remedies: ['Versorgung und Debug-Leitungen prüfen.'],
  },
  'flash.targetUnknown': {
    what: '{tool} kennt das Ziel {target} von {board} nicht.',
    causes: ['Es gehört zu einem CMSIS-Pack, das nicht installiert ist, oder zu einem neueren {tool}.'],
    remedies: [
      'Für pyOCD: pyocd pack install {target}.',
      'Für OpenOCD: eine neuere Version installieren.',
      'Das andere Werkzeug benutzen.',
    ],
  },
  'flash.deviceLocked': {
    what: '{board} ist gegen Debugging gesperrt.',
    causes: ['Die Firmware oder der letzte Flashvorgang hat den Schutz eingeschaltet.'],
    remedies: ['Es entsperren: Das löscht alles darauf, daher wird vorher gefragt.'],
  },
  'flash.deviceWrong': {
    what: 'Das ist nicht {board}: {register} liest {found} statt {expected}. Es wurde nichts gelöscht.',
    causes: ['An diesem Debug-Adapter ist ein anderes Board angeschlossen.', 'Es wurde ein anderes Board gewählt.'],
    remedies: [
      'Das angeschlossene Board wählen.',
      'Bei mehreren angeschlossenen Boards den Debug-Adapter nach Seriennummer wählen.',
    ],
  },
  'flash.deviceUnrecognised': {
    what: 'Der antwortende Chip ist für {board} nicht bekannt: {said}',
    causes: ['Ein anderes Board ist angeschlossen.', 'Die Verbindung verfälscht, was gelesen wird.'],
    remedies: ['Das angeschlossene Board wählen.', 'Die Debug-Leitungen prüfen.'],
  },
  'flash.deviceOutside': {
    what: '{board} hat keinen Flash an {address}.',
    causes: ['Das Image wurde für ein anderes Board gebaut.'],
    remedies: ['Das Image dieses Boards wählen.'],
  },
  'flash.deviceTimeout': {
    what: 'Der Flash-Controller von {board} bleibt beschäftigt.',
    causes: ['Ein früheres Programm schreibt noch, oder die Versorgung ist zu schwach.'],
    remedies: ['Das Board aus- und einschalten, dann noch einmal flashen.'],
  },
  'flash.eraseFailed': {
    what: 'Der Flash von {board} konnte an {address} nicht gelöscht werden.',
    causes: ['Die Sektoren sind geschützt, oder der Flash ist verschlissen.', 'Die Versorgung ist zu schwach.'],
    remedies: ['Das Board aus- und einschalten, dann noch einmal flashen.', 'Die Schutzbits löschen.'],
  },
  'flash.writeFailed': {
    what: 'Der Flash von {board} konnte an {address} nicht beschrieben werden.',
    causes: [
      'Der Sektor ist geschützt oder wurde nicht gelöscht.',
      'Der Flash ist verschlissen, oder die Versorgung ist zu schwach.',
    ],
    remedies: ['Noch einmal flashen.', 'Die Schutzbits löschen.'],
  },
  'flash.writeProtected': {
    what: 'Der Flash von {board} ist an {address} schreibgeschützt.',
    causes: ['Schutzbits des Chips sind gesetzt.'],
    remedies: ['Die Schutzbits mit dem Programm des Herstellers löschen, dann noch einmal flashen.'],
  },
  'flash.verifyMismatch': {
    what: '{board} enthält {found} an {address}, nicht {expected}.',
    causes: ['Die Verbindung verfälscht, was geschrieben wird.', 'Der Flash ist verschlissen.'],
    remedies: [
      'Die Debug-Leitungen neu stecken oder den Takt senken und noch einmal flashen.',
      'Bleibt die Adresse dieselbe: das Board ersetzen.',
    ],
  },
  'flash.verifyFailed': {
    what: 'Was {board} enthält, ist nicht das Geschriebene: {said}',
    causes: ['Die Verbindung verfälscht, was geschrieben wird.', 'Der Flash ist verschlissen.'],
    remedies: ['Die Debug-Leitungen neu stecken oder den Takt senken und noch einmal flashen.'],
  },
  'flash.boardUnknownFlash': {
    what: 'Der Eintrag von {title} sagt nicht, wie es geflasht wird.',
    causes: ['Es ist ein emuliertes oder ein allgemeines Board.', 'Sein Speicher wurde nie beschrieben.'],
    remedies: [
      'Es mit dem Werkzeug des Herstellers flashen und Joulebench beim Lauf beginnen lassen.',
      'Seinen Speicher in resources/boards/{board}.json beschreiben (docs/formats/board.md).',
    ],
  },
  'flash.probeNone': {
    what: 'Kein Debug-Adapter ist angeschlossen, der {board} erreichen könnte.',
    causes: [
      'Das Board ist nicht angeschlossen oder nur mit einem Kabel ohne Datenleitungen.',
      'Der Treiber des Debug-Adapters fehlt (Windows).',
      'Ein Debug-Adapter ohne seriellen Port wird nur unter Linux erkannt.',
    ],
    remedies: ['Das Board am Anschluss seines Debug-Adapters anschließen.', 'joulebench devices --probes ansehen.'],
  },
  'flash.probeUnknown': {
    what: 'Kein Debug-Adapter hat die Seriennummer {serial}. Angeschlossen: {found}.',
    causes: ['Ein anderes Board ist angeschlossen.', 'Die Seriennummer ist falsch geschrieben.'],
    remedies: ['Die Seriennummer aus joulebench devices --probes nehmen.'],
  },
  'flash.probeSeveral': {
    what: 'Mehr als ein Debug-Adapter könnte der von {board} sein: {found}. Es wurde nichts geflasht.',
    causes: ['Mehrere Boards sind angeschlossen.', 'Zwei Debug-Adapter haben dieselbe Seriennummer.'],
    remedies: ['Den Debug-Adapter nach Seriennummer angeben: --probe SERIAL.', 'Die anderen Boards abziehen.'],
  },
  'flash.probeOtherBoard': {
    what: 'Die angeschlossenen Debug-Adapter gehören zu anderen Boards als {board}: {found}. Es wurde nichts geflasht.',
    causes: [
      'Ein anderes Board als das gewählte ist angeschlossen.',
      'Der Debug-Adapter eines Boards ist mit einem anderen verdrahtet.',
    ],
    remedies: [
      'Das angeschlossene Board wählen.',
      'Ist der Debug-Adapter wirklich damit verdrahtet, ihn angeben: --probe SERIAL.',
    ],
  },
  'flash.boardNotForTool': {
    what: '{tool} kann {board} nicht flashen: {reason}',
    causes: ['Diese Version des Werkzeugs kennt das Board nicht.'],
    remedies: ['{remedy}'],
  },
  'flash.imageNeeded': {
    what: 'Für {board} ist kein Image bekannt.',
    causes: ['Für dieses Board gibt es keine Portierung der Referenz-Firmware, daher kann nichts gebaut werden.'],
    remedies: ['Ein Image angeben: --image FILE.'],
  },
} satisfies Record<string, FaultWords>;
