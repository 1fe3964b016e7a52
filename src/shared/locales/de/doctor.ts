import type { doctorWords as en } from '../en/doctor.ts';
import type { Translated } from '../words.ts';

/** Words of the connection doctor: what each step found, and one sentence with the next step for each diagnosis. */
export const doctorWords: Translated<typeof en> = {
  step: {
    open: 'Port öffnen',
    listen: 'Zuhören',
    name: 'Nach dem Namen fragen',
    lineEnd: 'Zeilenende senden',
    identify: 'Nach Identität und Ausführung fragen',
    repeat: 'Viele Male fragen',
  },
  outcome: {
    done: 'erledigt',
    failed: 'fehlgeschlagen',
    silent: 'es kam nichts',
    boot: 'eine Startmeldung kam',
    text: 'anderer Text kam',
    garbage: 'unlesbare Bytes kamen',
    echo: 'nur das Gesendete kam zurück',
    dut: 'ein DUT hat geantwortet',
    otherDevice: 'ein anderes Gerät hat geantwortet',
  },
  diagnosis: {
    healthy: 'Ein DUT mit dem Modell {model} antwortet an {port} mit {baud} Baud: Ein Lauf kann gestartet werden.',
    healthyNoBaud: 'Ein DUT mit dem Modell {model} antwortet an {port}: Ein Lauf kann gestartet werden.',
    otherBaud:
      'Das DUT an {port} (Modell {model}) spricht mit {baud} Baud, nicht mit {asked}: die Rate dieses Messplatzes auf {baud} stellen.',
    resetOnOpen:
      'Ein DUT mit dem Modell {model} antwortet an {port} mit {baud} Baud und startet bei jedem Öffnen des Ports neu: mindestens {bootS} s für den Start zulassen und einen Lauf starten.',
    energyBuild:
      'Das DUT an {port} (Modell {model}) hat die Energie-Firmware, die keine Zeitstempel ausgibt: für diese Art von Lauf die Durchsatz-Firmware programmieren.',
    performanceBuild:
      'Das DUT an {port} (Modell {model}) hat die Durchsatz-Firmware, die keine Impulse am Pin gibt: für diese Art von Lauf die Energie-Firmware programmieren.',
    otherModel:
      'Das DUT an {port} enthält das Modell {model} statt {expected}: die Firmware für {expected} programmieren oder den Workload {model} wählen.',
    unstable:
      'Das DUT an {port} (Modell {model}) ließ {failed} von {tried} Fragen bei {baud} Baud unbeantwortet: vor dem Messen ein anderes Kabel oder eine kleinere Rate versuchen.',
    incomplete:
      'Das Gerät an {port} nennt sich DUT, antwortet auf {command} aber nicht nach dem Protokoll: die Firmware berichtigen oder neu programmieren.',
    otherDevice: 'Das Gerät an {port} ist kein DUT, es sagt „{name}“: den Port des DUT aus der Liste der Ports wählen.',
    echo: 'An {port} kam nur das Gesendete zurück: nach einer Brücke zwischen TX und RX suchen oder, falls dort eine Konsole mit Echo läuft, die Benchmark-Firmware programmieren.',
    console:
      'An {port} antwortet eine Konsole („{text}“) statt der Benchmark-Firmware: die Firmware programmieren oder den anderen Port des Boards wählen.',
    chatter:
      'Das Gerät an {port} spricht („{text}“), kennt aber die Befehle nicht: die Benchmark-Firmware programmieren oder den anderen Port des Boards wählen.',
    garbage:
      'Von {port} kommen Bytes, aber keine der Raten {tried} macht Text daraus: Masseleitung, Signalpegel und Takt des Boards prüfen.',
    silent:
      'Von {port} kommt bei keiner Rate etwas: prüfen, ob das Board versorgt ist und die Benchmark-Firmware hat und ob TX und RX vertauscht sind, dann die Reset-Taste drücken.',
    busy: 'Port {port} wird von einem anderen Programm benutzt: Terminals, Entwicklungsumgebungen und andere Runner schließen, dann erneut untersuchen.',
    busyHeld:
      'Port {port} wird von {program} (Prozess {pid}) benutzt: dieses Programm schließen, dann erneut untersuchen.',
    permission:
      'Port {port} darf nicht geöffnet werden: die Verwaltung dieses Rechners um Zugang zu seriellen Ports bitten.',
    permissionGroup:
      'Port {port} darf nicht geöffnet werden: „sudo usermod -aG {group} $USER“ ausführen, dann ab- und wieder anmelden.',
    notFound: 'Es gibt keinen Port {port}: das Board einstecken und seinen Port aus der Liste der Ports wählen.',
    baudUnsupported:
      'Port {port} kann nicht mit {baud} Baud arbeiten: 115200 Baud wählen und die Firmware dafür bauen.',
    cannotOpen:
      'Port {port} lässt sich nicht öffnen ({reason}): das Board abziehen, fünf Sekunden warten und wieder einstecken.',
    openTimeout: 'Port {port} öffnet sich nicht: das Board abziehen, fünf Sekunden warten und wieder einstecken.',
    refused: 'An {port} nimmt niemand an: das Programm starten, das das DUT anbietet, und die Portnummern vergleichen.',
    unreachable: 'Der Rechner an {port} ist nicht erreichbar: Namen, Netz und Firewall prüfen.',
    monitorHealthy:
      'Das {model} an {port} antwortet (Seriennummer {serial}, Firmware {firmware}) und seine Versorgung ist aus: Damit kann gemessen werden.',
    ioManagerHealthy: 'Der IO-Manager an {port} antwortet ({name}, {version}): Darüber ist das DUT erreichbar.',
    instrumentFault:
      'Das Gerät an {port} war erreichbar, aber nicht benutzbar: Was es beanstandet hat, steht darunter.',
    lost: 'Die Verbindung zu {port} brach während der Untersuchung ab: Kabel und Versorgung prüfen, dann erneut untersuchen.',
  },
};
