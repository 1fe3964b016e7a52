import type { FaultWords } from '../../words.ts';

const cable = '`joulebench doctor` an diesem Port ausführen: Es unterscheidet Verdrahtung, Baudrate und Firmware.';

export const dutFaultWords = {
  'dut.busy': {
    what: 'Der Befehl „{command}“ ging an das DUT an {port}, während noch ein anderer lief.',
    causes: ['Zwei Teile der Anwendung haben das DUT gleichzeitig benutzt.'],
    remedies: ['Den Vorgang wiederholen; tritt es wieder auf, mit dem Protokoll melden.'],
  },
  'dut.silent': {
    what: 'Das DUT an {port} hat „{command}“ nicht innerhalb von {waitedS} s beantwortet.',
    causes: [
      'Es hat keine Versorgung oder keine Benchmark-Firmware.',
      'Falscher Port oder falsche Baudrate.',
      'RX und TX sind vertauscht, oder die Masseleitung fehlt.',
    ],
    remedies: [cable, 'Die Reset-Taste des Boards drücken und noch einmal versuchen.'],
  },
  'dut.echoOnly': {
    what: 'Das DUT an {port} wiederholt „{command}“, beantwortet es aber nicht.',
    causes: [
      'RX und TX sind irgendwo verbunden, sodass das Gesendete zurückkommt.',
      'Auf diesem Port läuft eine Konsole statt der Benchmark-Firmware.',
    ],
    remedies: ['Die Verdrahtung zwischen USB-Brücke und Board prüfen und welchen Port die Firmware benutzt.'],
  },
  'dut.garbled': {
    what: 'Was das DUT an {port} sendet, ist nicht lesbar (der Port läuft mit {baud} Baud).',
    causes: [
      'Board und Port benutzen verschiedene Baudraten.',
      'Die Signalpegel passen nicht, oder die Masseleitung fehlt.',
    ],
    remedies: ['`joulebench doctor` an diesem Port ausführen: Es versucht die üblichen Baudraten.'],
  },
  'dut.unknownReply': {
    what: 'Das DUT an {port} hat auf „{command}“ etwas anderes geantwortet: „{text}“.',
    causes: ['Auf dem Board läuft ein anderes Programm als die Benchmark-Firmware.', 'Es ist ein anderes Gerät.'],
    remedies: [cable, 'Die Benchmark-Firmware flashen.'],
  },
  'dut.noReady': {
    what: 'Das DUT an {port} begann „{command}“ zu beantworten und schwieg dann {waitedS} s.',
    causes: ['Die Firmware hängt oder ist abgestürzt.', 'Auf der Verbindung gingen Bytes verloren.'],
    remedies: ['Das Board zurücksetzen und noch einmal versuchen.', cable],
  },
  'dut.timeout': {
    what: 'Das DUT an {port} war nach {deadlineS} s nicht mit „{command}“ fertig.',
    causes: ['Die Inferenz dauert länger als erwartet.', 'Die Firmware hängt.'],
    remedies: [
      'Mehr Zeit für das Fenster zulassen oder weniger Iterationen.',
      'Das Board zurücksetzen und noch einmal versuchen.',
    ],
  },
  'dut.babbling': {
    what: 'Das DUT an {port} hat {seconds} s lang ohne Befehl gesendet.',
    causes: [
      'In der Firmware ist die Debug-Ausgabe eingeschaltet.',
      'Der Port führt ein anderes Signal als das des DUT.',
    ],
    remedies: ['Die Firmware ohne Debug-Ausgabe bauen.', cable],
  },
  'dut.rebooted': {
    what: 'Das DUT an {port} ist während „{command}“ oder davor neu gestartet.',
    causes: [
      'Seine Versorgung brach ein, oder sein Watchdog lief ab.',
      'Die Firmware ist abgestürzt.',
      'Jemand hat die Reset-Taste gedrückt.',
    ],
    remedies: ['Die Versorgung und ihre Strombegrenzung prüfen, dann den Lauf wiederholen.'],
  },
  'dut.refused': {
    what: 'Das DUT an {port} hat „{command}“ abgelehnt: {reply}.',
    causes: [
      'Auf der Verbindung ging ein Zeichen verloren oder wurde verändert.',
      'Die Firmware kennt den Befehl nicht.',
    ],
    remedies: ['Noch einmal versuchen; bleibt es dabei, eine niedrigere Baudrate oder ein anderes Kabel versuchen.'],
  },
  'dut.incompleteReply': {
    what: 'In der Antwort des DUT an {port} auf „{command}“ fehlt {missing}.',
    causes: ['Auf der Verbindung gingen Bytes verloren.', 'Die Firmware weicht vom Protokoll ab.'],
    remedies: ['Noch einmal versuchen; bleibt es dabei, das Protokoll ansehen und die Firmware berichtigen.'],
  },
  'dut.noName': {
    what: 'Das Gerät an {port} antwortet, weist sich aber nicht als DUT aus („{said}“).',
    causes: [
      'Es ist ein Interface-Board, ein IO-Manager oder ein anderes Gerät.',
      'Die Firmware weicht vom Protokoll ab.',
    ],
    remedies: ['Den Port des DUT wählen; `joulebench devices` listet alle Ports.'],
  },
  'dut.notADut': {
    what: 'Das Gerät an {port} ist kein DUT: Es nennt sich „{deviceClass}“.',
    causes: ['Es ist ein Hilfsboard oder eine Firmware, deren Namenszeile geändert wurde.'],
    remedies: ['Den Port des DUT wählen oder die Firmware m-name-dut-[...] antworten lassen.'],
  },
  'dut.wrongMode': {
    what: 'Die Firmware des DUT an {port} ist für {found} gebaut; dieser Lauf braucht den Bau für {expected}.',
    causes: ['Das Board wurde für eine andere Art von Lauf geflasht.'],
    remedies: ['Den Bau für {expected} flashen.'],
  },
  'dut.wrongModel': {
    what: 'Das DUT an {port} enthält das Modell {found}; dieser Lauf braucht {expected}.',
    causes: ['Das Board wurde für einen anderen Workload geflasht, oder an diesem Port ist ein anderes Board.'],
    remedies: ['Den Workload {found} wählen oder die Firmware für {expected} flashen.'],
  },
  'dut.loadFailed': {
    what: '{bytes} Byte in das DUT an {port} zu laden ist {attempts}-mal fehlgeschlagen, zuletzt nahe Byte {offset}: „{reply}“.',
    causes: [
      'Auf der Verbindung gehen Zeichen verloren: Das Board kommt bei dieser Baudrate nicht mit.',
      'Ein Block ist zu lang für den Empfangspuffer der Firmware oder eines Relais.',
    ],
    remedies: ['Blöcke von 26 Byte benutzen.', 'Eine niedrigere Baudrate oder ein besseres Kabel benutzen.'],
  },
  'dut.bufferTooSmall': {
    what: 'Das DUT an {port} hat Platz für {maxBytes} Byte Eingabe; der Workload braucht {bytes}.',
    causes: ['Die Firmware wurde für einen anderen Workload gebaut.'],
    remedies: ['Die Firmware für diesen Workload flashen.'],
  },
  'dut.verifyMismatch': {
    what: 'Die Eingabe im DUT an {port} weicht von der gesendeten ab, zuerst bei Byte {offset} (gesendet {expected}, ausgegeben „{found}“), in {attempts} Versuchen.',
    causes: ['Auf der Verbindung werden Zeichen verändert.', 'Die Firmware schreibt oder druckt ihren Puffer falsch.'],
    remedies: [
      'Eine niedrigere Baudrate oder ein besseres Kabel benutzen.',
      'Die Firmware prüfen: `db print` muss zurückgeben, was `db` gespeichert hat.',
    ],
  },
  'dut.inputSize': {
    what: 'Das DUT an {port} erwartet Eingaben von {expectedBytes} Byte, bekam aber {foundBytes}.',
    causes: ['Workload und Firmware gehören nicht zusammen.', 'Ein Block ging verloren.'],
    remedies: ['Den Workload mit dem Modell im DUT vergleichen.'],
  },
  'dut.noTimestamp': {
    what: 'Das DUT an {port} gibt keinen Zeitstempel in Mikrosekunden.',
    causes: [
      'Der Bau für Energie läuft: Er gibt stattdessen Impulse an einem Pin aus.',
      'Die Firmware zählt in einer anderen Einheit.',
    ],
    remedies: ['Den Bau für Durchsatz flashen.'],
  },
  'dut.relaySilent': {
    what: 'Das Relais an {port} hat `{command}` nicht innerhalb von {waitedS} s bestätigt.',
    causes: [
      'Der IO-Manager ist nicht angeschlossen oder hat keine Firmware.',
      'An diesem Port hängt ein anderes Gerät.',
      'Ein Interface-Board ohne SD-Karte leitet nichts weiter.',
    ],
    remedies: ['Kabel und Port prüfen; joulebench devices nennt die Ports.', 'Die Reset-Taste des Relais drücken.'],
  },
  'dut.relayRefused': {
    what: 'Das Relais an {port} hat `{command}` abgelehnt: {reply}',
    causes: ['Zwischen Host und Relais gingen Zeichen verloren.', 'Der Port gehört zu einem anderen Gerät.'],
    remedies: [
      'Ein besseres Kabel benutzen und das Relais direkt an den Rechner anschließen.',
      'Den richtigen Port wählen.',
    ],
  },
  'dut.badResults': {
    what: 'Die Ergebnisse des DUT an {port} sind keine Zahlen: „{text}“.',
    causes: [
      'Die Firmware gibt NaN-Werte aus: Die Eingabe oder das Modell ist beschädigt.',
      'Auf der Verbindung gingen Bytes verloren.',
    ],
    remedies: ['Die Eingabe noch einmal laden.', 'Das Modell in der Firmware prüfen.'],
  },
} satisfies Record<string, FaultWords>;
