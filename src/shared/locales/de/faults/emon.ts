import type { FaultWords } from '../../words.ts';

export const emonFaultWords = {
  'emon.noMonitor': {
    what: 'Der Messplatz {bench} hat kein Energiemessgerät.',
    causes: ['Er wurde ohne eines geöffnet.'],
    remedies: [
      'Das Messgerät angeben: --monitor lpm01a, --monitor lpm01a:PORT oder --monitor ppk2:PORT.',
      'joulebench devices listet, was angeschlossen ist.',
    ],
  },
  'emon.unknownMonitor': {
    what: 'Es gibt kein Messgerät {monitor}.',
    causes: ['Der Name ist falsch geschrieben, oder der Port fehlt.'],
    remedies: ['Eines von diesen benutzen: {known}; am virtuellen Messplatz lpm01a oder ppk2.'],
  },
  'emon.notThisMonitor': {
    what: '{instrument} ist kein {expected}: Es antwortet {found}.',
    causes: [
      'An diesem Port hängt ein anderes Gerät oder Programm.',
      'Ein PPK2 hat zwei Ports: Der zweite ist seine Textkonsole und misst nichts.',
    ],
    remedies: [
      'Den richtigen Port wählen; joulebench devices nennt sie.',
      'Das Gerät abziehen, wieder anschließen und noch einmal versuchen.',
    ],
  },
  'emon.firmwareTooOld': {
    what: '{instrument} hat Firmware {found}; nötig ist {needed} oder neuer.',
    causes: ['Ältere Firmware beantwortet Befehle zur Versorgung mit Fehlern.'],
    remedies: ['Die Firmware mit dem Werkzeug des Herstellers aktualisieren, dann noch einmal versuchen.'],
  },
  'emon.refused': {
    what: '{instrument} hat {command} abgelehnt: {reply}',
    causes: ['Das Gerät ist in einem anderen Zustand als erwartet oder kennt den Befehl nicht.'],
    remedies: [
      'Das Gerät trennen und wieder anschließen, dann noch einmal versuchen.',
      'Seine Firmware-Version prüfen.',
    ],
  },
  'emon.silent': {
    what: '{instrument} hat {command} nicht innerhalb von {waitedS} s beantwortet.',
    causes: [
      'Das Gerät ist nicht angeschlossen, beschäftigt oder von einem anderen Programm belegt.',
      'Hinter dem angegebenen Namen ist ein anderes Gerät oder der andere Port dieses Geräts.',
    ],
    remedies: [
      'Das Kabel prüfen; andere Programme schließen, die den Port benutzen.',
      'Das Gerät abziehen und wieder anschließen.',
      'joulebench devices sagt, welcher Port zu welchem Messgerät führen kann; joulebench doctor lpm01a:PORT fragt es.',
    ],
  },
  'emon.streamStalled': {
    what: '{instrument} hat {silentS} s lang keine Messwerte gesendet.',
    causes: ['Das Kabel wurde gezogen, der Hub ist überlastet, oder das Gerät hat angehalten.'],
    remedies: [
      'Das Kabel prüfen und das Gerät direkt an den Rechner anschließen.',
      'Den Lauf neu starten: Was aufgezeichnet wurde, bleibt erhalten.',
    ],
  },
  'emon.streamLost': {
    what: 'Die Verbindung zu {instrument} ist abgerissen ({reason}).',
    causes: ['Das Gerät wurde abgezogen oder zurückgesetzt.'],
    remedies: ['Wieder anschließen und den Lauf wiederholen: Was aufgezeichnet wurde, bleibt erhalten.'],
  },
  'emon.endedItself': {
    what: '{instrument} hat die Aufzeichnung von selbst beendet und gemeldet: {said}',
    causes: ['Sein Puffer lief über, weil der Rechner zu langsam las, oder seine Versorgung fiel aus.'],
    remedies: [
      'Direkt an den Rechner anschließen, ohne Hub, und andere Programme schließen.',
      'Den Lauf neu starten: Was aufgezeichnet wurde, bleibt erhalten.',
    ],
  },
  'emon.overcurrent': {
    what: '{instrument} meldet Überstrom und hat die Versorgung abgeschaltet.',
    causes: ['Das DUT oder seine Verdrahtung nimmt mehr Strom auf, als das Gerät messen kann.'],
    remedies: ['Die Verdrahtung auf Kurzschlüsse prüfen.', 'Ein Messgerät mit größerem Messbereich benutzen.'],
  },
  'emon.badSetting': {
    what: '{instrument} kann {setting} nicht auf {value} stellen; zulässig: {allowed}.',
    causes: ['Der Wert liegt außerhalb des Bereichs des Geräts.'],
    remedies: ['Einen Wert im zulässigen Bereich wählen.'],
  },
  'emon.busy': {
    what: '{instrument} ist im Zustand {state}.',
    causes: ['Eine andere Aufzeichnung ist im Gange.'],
    remedies: ['Sie zuerst anhalten.'],
  },
  'emon.voltageAboveLimit': {
    what: '{voltageV} V liegt über der Grenze von {maxV} V des Boards {board}; {instrument} wurde nicht eingestellt.',
    causes: ['Es wurde das falsche Board oder eine falsche Spannung gewählt.'],
    remedies: [
      'Eine Spannung innerhalb der Grenzen des Boards einstellen.',
      'Prüfen, welches Board angeschlossen ist.',
    ],
  },
  'emon.voltageBelowLimit': {
    what: '{voltageV} V liegt unter der Grenze von {minV} V des Boards {board}; {instrument} wurde nicht eingestellt.',
    causes: ['Es wurde das falsche Board oder eine falsche Spannung gewählt.'],
    remedies: ['Eine Spannung innerhalb der Grenzen des Boards einstellen.'],
  },
  'emon.supplyTooHigh': {
    what: '{instrument} wurde auf {setV} V gestellt, misst aber {readV} V, mehr als die Grenze von {maxV} V des Boards {board}; die Versorgung wurde abgeschaltet.',
    causes: [
      'Eine andere Quelle speist dieselbe Schiene (USB, ein Debug-Adapter, eine Batterie).',
      'Das Gerät ist defekt.',
    ],
    remedies: [
      'Das Board trennen, dann den Ausgang des Geräts mit einem Multimeter messen.',
      'Sicherstellen, dass nichts anderes die gemessene Schiene speist.',
    ],
  },
  'emon.noSupplyWatch': {
    what: 'Der Prozess, der die Versorgung von {instrument} nach einem Absturz abschalten würde, kann nicht gestartet werden: {reason}',
    causes: ['Die Installation ist beschädigt, oder der Rechner lässt keinen weiteren Prozess zu.'],
    remedies: ['Andere Programme schließen und noch einmal versuchen.', 'Joulebench neu installieren.'],
  },
  'emon.changeWhilePowered': {
    what: '{instrument} versorgt das DUT mit {fromV} V; der Wechsel auf {toV} V muss bestätigt werden.',
    causes: ['Die Versorgung ist eingeschaltet.'],
    remedies: ['Die Versorgung zuerst ausschalten oder den Wechsel bestätigen.'],
  },
  'emon.voltageNeeded': {
    what: 'Für {instrument} ist keine Versorgungsspannung bekannt.',
    causes: ['Das Board hat keinen Eintrag, daher sind seine Grenzen nicht bekannt.'],
    remedies: ['Das Board (--board) oder die Spannung (--voltage) angeben.'],
  },
  'emon.edgesMissing': {
    what: '{instrument} hat {found} von {expected} Zeitmarken gesehen.',
    causes: [
      'Die Leitung der Zeitmarke ist nicht angeschlossen, oder der Impuls ist kürzer als {shortestPulseS} s.',
      'Dem Logik-Port eines PPK2 fehlt VCC: Ohne die I/O-Spannung des DUT bleiben alle seine Eingänge, wie sie sind.',
      'Auf dem DUT läuft eine Ausführung, die keinen Pin pulst.',
    ],
    remedies: [
      'Die Leitung vom Zeitmarken-Pin des DUT und die gemeinsame Masse prüfen; beim PPK2 auch VCC des Logik-Ports.',
      'Die Firmware den Impuls länger halten lassen.',
    ],
  },
  'emon.badFile': {
    what: '{path} ist keine brauchbare Datei im Format {format}: {reason}',
    causes: ['Die Datei ist beschädigt oder von anderer Art.'],
    remedies: [
      'Eine andere Datei wählen oder ihr Format angeben.',
      'Bei einer Tabelle die Spalten angeben: --time und --value.',
    ],
  },
} satisfies Record<string, FaultWords>;
