import type { FaultWords } from '../../words.ts';

const damagedFile = ['The file was cut off or damaged on its way.', 'It was written by a defective tool.'];
const fetchAgain = ['Fetch or convert the model again and compare its SHA-256.'];
const convertInt8 = [
  'Convert the model with full integer quantisation (int8 weights, activations, input and output).',
  'Run "joulebench model info FILE" to see every operator and type.',
];
const compileAgain = ['Compile the model again with this version of Joulebench.'];
const damagedPlan = ['The image was damaged or edited.', 'It was made by a defective tool.'];

export const modelFaultWords = {
  'model.notTflite': {
    what: '{model} is not a TensorFlow Lite model: {fileBytes} bytes with the identifier "{identifier}" instead of "TFL3".',
    causes: ['Another file was chosen.', 'The download holds an error page or was cut off.'],
    remedies: ['Choose a .tflite file.', 'Fetch the model again and compare its SHA-256.'],
  },
  'model.version': {
    what: '{model} has version {version} of the model format; version 3 is supported.',
    causes: ['A very old or very new converter wrote it.'],
    remedies: ['Convert the model again with a current TensorFlow.'],
  },
  'model.offset': {
    what: '{model} is damaged: {where} points to byte {offset}, the file has {fileBytes}.',
    causes: damagedFile,
    remedies: fetchAgain,
  },
  'model.limit': {
    what: '{model}: {where} is {value}, more than the {limit} that are accepted.',
    causes: ['The file is damaged.', 'The model is far too large for a microcontroller.'],
    remedies: fetchAgain,
  },
  'model.reference': {
    what: '{model}: {where} names entry {index}, and there are only {count}.',
    causes: damagedFile,
    remedies: fetchAgain,
  },
  'model.dataLength': {
    what: '{model}: {where} holds {found} values or bytes where {expected} are needed.',
    causes: damagedFile,
    remedies: fetchAgain,
  },
  'model.graph': {
    what: '{model} has {found} {part}; one of each is needed, and at least one operator.',
    causes: ['The model has several signatures, inputs or outputs.'],
    remedies: ['Export a model with one input tensor and one output tensor.'],
  },
  'model.unsupportedField': {
    what: '{model}: {where} uses "{field}", which the compiler does not support.',
    causes: ['The model was made sparse, stored in parts, or keeps a state.'],
    remedies: ['Export it as one plain int8 file.'],
  },
  'model.unsupportedOperator': {
    what: '{model}: operator {index}, {operator}, is not supported.',
    causes: ['The kernels of the firmware do not have this operator.'],
    remedies: [
      'Use a model made of CONV_2D, DEPTHWISE_CONV_2D, FULLY_CONNECTED, AVERAGE_POOL_2D, ADD, RESHAPE and SOFTMAX.',
      'Run "joulebench model info FILE" to see every operator.',
    ],
  },
  'model.unsupportedTypes': {
    what: '{model}: operator {index}, {operator}, works on {types}; the kernels work on int8 throughout, with int32 biases.',
    causes: ['The model is a float model.', 'Only its weights were quantised (a hybrid or dynamic-range model).'],
    remedies: convertInt8,
  },
  'model.unsupportedOption': {
    what: '{model}: operator {index}, {operator}, has {option} = {value}, which the kernels do not support.',
    causes: ['The model uses an unusual form of the operator.', 'The file is damaged.'],
    remedies: ['Build the layer without this option and convert again.'],
  },
  'model.operands': {
    what: '{model}: operator {index}, {operator}, has unsuitable operands: inputs {inputs}, outputs {outputs}.',
    causes: ['An operand that has to be computed is a constant, or the other way round.', 'The file is damaged.'],
    remedies: ['Run "joulebench model info FILE" to see the operator.', 'Convert the model again.'],
  },
  'model.shape': {
    what: '{model}: operator {index}, {operator}: its {tensor} has the shape {found} where {expected} is needed.',
    causes: ['The model works on batches, or its shape is only known at run time.', 'The file is damaged.'],
    remedies: ['Export the model with a fixed input shape and a batch of 1.'],
  },
  'model.quantization': {
    what: '{model}: operator {index}, {operator}: its {tensor} has {found} where {expected} is needed.',
    causes: ['The model was quantised in an unusual way.', 'The file is damaged.'],
    remedies: convertInt8,
  },
  'model.order': {
    what: '{model}: operator {index}, {operator}, uses tensor {tensor} before it is written, or writes it a second time.',
    causes: damagedFile,
    remedies: fetchAgain,
  },
  'model.tooLarge': {
    what: '{model} is too large: its {part} would take {bytes} bytes, more than {limit}.',
    causes: ['The model is not made for a microcontroller.', 'The file is damaged.'],
    remedies: ['Choose a smaller model.'],
  },
  'model.resultTransform': {
    what: '{model} cannot be scored by its reconstruction: {input} input values, {output} output values, or its input is not float32.',
    causes: ['The workload does not fit the model.'],
    remedies: ['Choose the workload that belongs to the model.'],
  },
  'model.inputFormat': {
    what: 'Inputs in the format "{format}" cannot be loaded into an int8 model.',
    causes: ['The workload is not one that this firmware can run.'],
    remedies: ['Use int8, uint8 or float32le.'],
  },
  'model.id': {
    what: '"{id}" cannot be the name of a model.',
    causes: ['It is too long or has other characters than lower-case letters, digits, "-" and "_".'],
    remedies: ['Use up to 39 of these characters, a letter first.'],
  },
  'model.sourceSha256': {
    what: '"{found}" is not a SHA-256 in hexadecimal.',
    causes: ['The hash of the model file was cut off or mistyped.'],
    remedies: ['Give 64 hexadecimal digits in lower case.'],
  },
  'plan.truncated': {
    what: 'The plan image has {bytes} bytes; {needed} are needed.',
    causes: ['The file was cut off.'],
    remedies: compileAgain,
  },
  'plan.notAPlan': {
    what: 'This is not a plan image.',
    causes: ['Another file was chosen.', 'A .tflite file was given where a compiled image is needed.'],
    remedies: ['Compile the model with "joulebench model compile FILE --out DIR".'],
  },
  'plan.version': {
    what: 'The plan image has format version {found}; this Joulebench knows version {known}.',
    causes: ['It was compiled by a newer Joulebench.'],
    remedies: ['Update Joulebench.', ...compileAgain],
  },
  'plan.damaged': {
    what: 'The plan image is damaged: its checksum is {actual} instead of {expected}.',
    causes: ['The file was damaged or edited.'],
    remedies: compileAgain,
  },
  'plan.header': {
    what: 'The plan image is not valid: the field {field} of its header is {value}.',
    causes: damagedPlan,
    remedies: compileAgain,
  },
  'plan.kernel': {
    what: 'The plan image is not valid here: operator {index} asks for kernel {kernel}, which this version does not have.',
    causes: ['It was compiled by a newer Joulebench.', ...damagedPlan],
    remedies: ['Update Joulebench.', ...compileAgain],
  },
  'plan.shape': {
    what: 'The plan image is not valid: the field {field} of operator {index} is {value}.',
    causes: damagedPlan,
    remedies: compileAgain,
  },
  'plan.offset': {
    what: 'The plan image is not valid: {field} of operator {index} points to {offset}, outside its memory.',
    causes: damagedPlan,
    remedies: compileAgain,
  },
  'plan.constant': {
    what: 'The plan image is not valid: {field} of operator {index} holds a value out of range.',
    causes: damagedPlan,
    remedies: compileAgain,
  },
  'vectors.malformed': {
    what: 'The file with known vectors cannot be used: {where}: {problem}',
    causes: ['It is not a vectors file.', 'It was damaged or edited.'],
    remedies: ['Fetch it again; the format is that of golden.json.'],
  },
  'vectors.otherModel': {
    what: 'There are no known vectors for a model with the SHA-256 {sha256}; the file has them for {known}.',
    causes: ['The model was changed or converted again.', 'The vectors belong to another model.'],
    remedies: ['Use the very model file that the vectors were made for.'],
  },
} satisfies Record<string, FaultWords>;
