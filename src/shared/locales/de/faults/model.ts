import type { FaultWords } from '../../words.ts';

const damagedFile = [
  'Die Datei wurde unterwegs abgeschnitten oder beschädigt.',
  'Sie wurde von einem fehlerhaften Werkzeug geschrieben.',
];
const fetchAgain = ['Das Modell erneut laden oder umwandeln und seinen SHA-256 vergleichen.'];
const convertInt8 = [
  'Das Modell vollständig auf ganze Zahlen quantisieren (int8 für Gewichte, Aktivierungen, Ein- und Ausgabe).',
  '„joulebench model info FILE“ zeigt alle Operatoren und Typen.',
];
const compileAgain = ['Das Modell mit dieser Version von Joulebench neu übersetzen.'];
const damagedPlan = [
  'Das Image wurde beschädigt oder bearbeitet.',
  'Es wurde von einem fehlerhaften Werkzeug erzeugt.',
];

export const modelFaultWords = {
  'model.notTflite': {
    what: '{model} ist kein Modell von TensorFlow Lite: {fileBytes} Byte mit der Kennung „{identifier}“ statt „TFL3“.',
    causes: ['Es wurde eine andere Datei gewählt.', 'Der Download enthält eine Fehlerseite oder wurde abgeschnitten.'],
    remedies: ['Eine .tflite-Datei wählen.', 'Das Modell erneut laden und seinen SHA-256 vergleichen.'],
  },
  'model.version': {
    what: '{model} hat Version {version} des Modellformats; unterstützt wird Version 3.',
    causes: ['Ein sehr alter oder sehr neuer Umwandler hat es geschrieben.'],
    remedies: ['Das Modell mit einem aktuellen TensorFlow umwandeln.'],
  },
  'model.offset': {
    what: '{model} ist beschädigt: {where} zeigt auf Byte {offset}, die Datei hat {fileBytes}.',
    causes: damagedFile,
    remedies: fetchAgain,
  },
  'model.limit': {
    what: '{model}: {where} ist {value}, mehr als die zulässigen {limit}.',
    causes: ['Die Datei ist beschädigt.', 'Das Modell ist viel zu groß für einen Mikrocontroller.'],
    remedies: fetchAgain,
  },
  'model.reference': {
    what: '{model}: {where} bezeichnet Eintrag {index}, es gibt aber nur {count}.',
    causes: damagedFile,
    remedies: fetchAgain,
  },
  'model.dataLength': {
    what: '{model}: {where} enthält {found} Werte oder Bytes, nötig sind {expected}.',
    causes: damagedFile,
    remedies: fetchAgain,
  },
  'model.graph': {
    what: '{model} hat {found} {part}; nötig ist je eines und mindestens ein Operator.',
    causes: ['Das Modell hat mehrere Signaturen, Eingaben oder Ausgaben.'],
    remedies: ['Ein Modell mit einem Eingabe- und einem Ausgabetensor exportieren.'],
  },
  'model.unsupportedField': {
    what: '{model}: {where} benutzt „{field}“; der Compiler unterstützt dies nicht.',
    causes: ['Das Modell ist dünn besetzt, in Teilen gespeichert oder behält einen Zustand.'],
    remedies: ['Es als eine einfache int8-Datei exportieren.'],
  },
  'model.unsupportedOperator': {
    what: '{model}: Operator {index}, {operator}, wird nicht unterstützt.',
    causes: ['Die Rechenkerne der Firmware haben diesen Operator nicht.'],
    remedies: [
      'Ein Modell aus CONV_2D, DEPTHWISE_CONV_2D, FULLY_CONNECTED, AVERAGE_POOL_2D, ADD, RESHAPE und SOFTMAX benutzen.',
      '„joulebench model info FILE“ zeigt alle Operatoren.',
    ],
  },
  'model.unsupportedTypes': {
    what: '{model}: Operator {index}, {operator}, arbeitet mit {types}; die Rechenkerne arbeiten durchweg mit int8 und int32-Bias.',
    causes: [
      'Das Modell ist ein Gleitkommamodell.',
      'Nur die Gewichte wurden quantisiert (hybrides Modell oder Modell mit dynamischem Bereich).',
    ],
    remedies: convertInt8,
  },
  'model.unsupportedOption': {
    what: '{model}: Operator {index}, {operator}, hat {option} = {value}; die Rechenkerne unterstützen dies nicht.',
    causes: ['Das Modell benutzt eine ungewöhnliche Form des Operators.', 'Die Datei ist beschädigt.'],
    remedies: ['Die Schicht ohne diese Option bauen und neu umwandeln.'],
  },
  'model.operands': {
    what: '{model}: Operator {index}, {operator}, hat unpassende Operanden: Eingaben {inputs}, Ausgaben {outputs}.',
    causes: ['Ein Operand, der zu berechnen ist, ist eine Konstante oder umgekehrt.', 'Die Datei ist beschädigt.'],
    remedies: ['„joulebench model info FILE“ zeigt den Operator.', 'Das Modell neu umwandeln.'],
  },
  'model.shape': {
    what: '{model}: Operator {index}, {operator}: {tensor} hat die Form {found}, nötig ist {expected}.',
    causes: [
      'Das Modell arbeitet mit Stapeln, oder seine Form ist erst zur Laufzeit bekannt.',
      'Die Datei ist beschädigt.',
    ],
    remedies: ['Das Modell mit fester Eingabeform und Stapelgröße 1 exportieren.'],
  },
  'model.quantization': {
    what: '{model}: Operator {index}, {operator}: {tensor} hat {found}, nötig ist {expected}.',
    causes: ['Das Modell wurde auf ungewöhnliche Weise quantisiert.', 'Die Datei ist beschädigt.'],
    remedies: convertInt8,
  },
  'model.order': {
    what: '{model}: Operator {index}, {operator}, benutzt den Tensor {tensor}, bevor er geschrieben ist, oder schreibt ihn ein zweites Mal.',
    causes: damagedFile,
    remedies: fetchAgain,
  },
  'model.tooLarge': {
    what: '{model} ist zu groß: {part} würde {bytes} Byte belegen, mehr als {limit}.',
    causes: ['Das Modell ist nicht für einen Mikrocontroller bestimmt.', 'Die Datei ist beschädigt.'],
    remedies: ['Ein kleineres Modell wählen.'],
  },
  'model.resultTransform': {
    what: '{model} kann nicht nach seiner Rekonstruktion bewertet werden: {input} Eingabewerte, {output} Ausgabewerte, oder die Eingabe ist nicht float32.',
    causes: ['Der Workload passt nicht zum Modell.'],
    remedies: ['Den Workload wählen, der zum Modell gehört.'],
  },
  'model.inputFormat': {
    what: 'Eingaben im Format „{format}“ können nicht in ein int8-Modell geladen werden.',
    causes: ['Diese Firmware kann den Workload nicht ausführen.'],
    remedies: ['int8, uint8 oder float32le benutzen.'],
  },
  'model.id': {
    what: '„{id}“ kann nicht der Name eines Modells sein.',
    causes: ['Er ist zu lang oder enthält andere Zeichen als Kleinbuchstaben, Ziffern, „-“ und „_“.'],
    remedies: ['Bis zu 39 dieser Zeichen benutzen, zuerst einen Buchstaben.'],
  },
  'model.sourceSha256': {
    what: '„{found}“ ist kein SHA-256 in hexadezimaler Schreibweise.',
    causes: ['Der Hash der Modelldatei wurde abgeschnitten oder falsch getippt.'],
    remedies: ['64 hexadezimale Ziffern in Kleinschreibung angeben.'],
  },
  'plan.truncated': {
    what: 'Das Plan-Image hat {bytes} Byte; nötig sind {needed}.',
    causes: ['Die Datei wurde abgeschnitten.'],
    remedies: compileAgain,
  },
  'plan.notAPlan': {
    what: 'Das ist kein Plan-Image.',
    causes: [
      'Es wurde eine andere Datei gewählt.',
      'Es wurde eine .tflite-Datei angegeben, wo ein übersetztes Image nötig ist.',
    ],
    remedies: ['Das Modell mit „joulebench model compile FILE --out DIR“ übersetzen.'],
  },
  'plan.version': {
    what: 'Das Plan-Image hat Formatversion {found}; dieses Joulebench kennt Version {known}.',
    causes: ['Es wurde von einem neueren Joulebench übersetzt.'],
    remedies: ['Joulebench aktualisieren.', ...compileAgain],
  },
  'plan.damaged': {
    what: 'Das Plan-Image ist beschädigt: Seine Prüfsumme ist {actual} statt {expected}.',
    causes: ['Die Datei wurde beschädigt oder bearbeitet.'],
    remedies: compileAgain,
  },
  'plan.header': {
    what: 'Das Plan-Image ist nicht gültig: Das Feld {field} seines Kopfes ist {value}.',
    causes: damagedPlan,
    remedies: compileAgain,
  },
  'plan.kernel': {
    what: 'Das Plan-Image ist hier nicht gültig: Operator {index} verlangt den Rechenkern {kernel}; diese Version hat ihn nicht.',
    causes: ['Es wurde von einem neueren Joulebench übersetzt.', ...damagedPlan],
    remedies: ['Joulebench aktualisieren.', ...compileAgain],
  },
  'plan.shape': {
    what: 'Das Plan-Image ist nicht gültig: Das Feld {field} des Operators {index} ist {value}.',
    causes: damagedPlan,
    remedies: compileAgain,
  },
  'plan.offset': {
    what: 'Das Plan-Image ist nicht gültig: {field} des Operators {index} zeigt auf {offset}, außerhalb seines Speichers.',
    causes: damagedPlan,
    remedies: compileAgain,
  },
  'plan.constant': {
    what: 'Das Plan-Image ist nicht gültig: {field} des Operators {index} enthält einen Wert außerhalb des Bereichs.',
    causes: damagedPlan,
    remedies: compileAgain,
  },
  'vectors.malformed': {
    what: 'Die Datei mit bekannten Vektoren kann nicht benutzt werden: {where}: {problem}',
    causes: ['Sie ist keine Vektordatei.', 'Sie wurde beschädigt oder bearbeitet.'],
    remedies: ['Sie erneut laden; das Format ist das von golden.json.'],
  },
  'vectors.otherModel': {
    what: 'Für ein Modell mit dem SHA-256 {sha256} gibt es keine bekannten Vektoren; die Datei hat sie für {known}.',
    causes: ['Das Modell wurde geändert oder neu umgewandelt.', 'Die Vektoren gehören zu einem anderen Modell.'],
    remedies: ['Genau die Modelldatei benutzen, für die die Vektoren erzeugt wurden.'],
  },
} satisfies Record<string, FaultWords>;
