import type { FaultWords } from '../../words.ts';

export const virtualFaultWords = {
  'virtual.firmwareMissing': {
    what: 'The firmware of the virtual DUT cannot be read: {file} ({reason}).',
    causes: ['The installation is incomplete.', 'A virus scanner has moved the file away.'],
    remedies: ['Install Joulebench again, or build the file with `node firmware/ports/virtual/build.mjs`.'],
  },
  'virtual.firmwareManifest': {
    what: "The description of the virtual DUT's firmware is not usable: {file} ({reason}).",
    causes: ['The installation is damaged.', 'The file comes from another version of Joulebench.'],
    remedies: [
      'Install Joulebench again, or build firmware and description with `node firmware/ports/virtual/build.mjs`.',
    ],
  },
  'virtual.firmwareHash': {
    what: 'The firmware of the virtual DUT is not the one that its description names: SHA-256 {actual}, expected {expected}.',
    causes: [
      'The file was changed or damaged after it had been built.',
      'One of the two files comes from another version.',
    ],
    remedies: [
      'Install Joulebench again, or build firmware and description with `node firmware/ports/virtual/build.mjs`.',
    ],
  },
  'virtual.firmwareAbi': {
    what: 'The firmware of the virtual DUT has interface version {actual}; this version of Joulebench needs {expected}.',
    causes: ['Firmware and application come from different versions.'],
    remedies: ['Install Joulebench again, or build the firmware with `node firmware/ports/virtual/build.mjs`.'],
  },
  'virtual.costTable': {
    what: 'The cost table of the virtual DUT is not usable: {file} ({reason}).',
    causes: ['The installation is damaged.', 'The file was edited by hand.'],
    remedies: ['Install Joulebench again.'],
  },
  'virtual.modelTooLarge': {
    what: 'The model {model} does not fit into the virtual DUT: its {part} needs {needed} bytes, the virtual DUT has {available}.',
    causes: ['The model is larger than those the benchmarks use.'],
    remedies: ['Choose a smaller model; `joulebench model info` prints what a model needs.'],
  },
  'virtual.modelRefused': {
    what: 'The virtual DUT refuses the plan image of the model {model} (loader code {code}, operator {operator}).',
    causes: ['The image is damaged.', 'It was compiled by another version of Joulebench than the firmware.'],
    remedies: ['Compile the model again with `joulebench model compile`.'],
  },
  'virtual.badSetting': {
    what: 'The virtual bench cannot have {setting} {value}: allowed is {allowed}.',
    causes: ['The value is misspelt or out of range.'],
    remedies: ['Choose a value in the range and start again.'],
  },
  'virtual.dutInUse': {
    what: 'The line to the {label} is open already.',
    causes: ['Another part of the program, or another client, talks to it.'],
    remedies: ['Close the other connection first.'],
  },
  'virtual.portInUse': {
    what: 'The port of the {label} is open already.',
    causes: ['Another part of the program, or another client, talks to it.'],
    remedies: ['Close the other connection first.'],
  },
  'virtual.noInstrument': {
    what: 'This virtual bench has no such instrument: {role}.',
    causes: ['The bench was opened without an energy monitor or an IO manager.'],
    remedies: ['Open the bench anew with the instrument that the measurement needs.'],
  },
  'virtual.dutHung': {
    what: 'The virtual DUT did not finish one step of work within {seconds} s and was stopped.',
    causes: ['The computer is far too busy.', 'A defect in the firmware.'],
    remedies: ['Close other programs and run again.', 'If it happens again, report it with the model used.'],
  },
  'virtual.dutCrashed': {
    what: 'The program of the virtual DUT has crashed ({reason}).',
    causes: ['A defect in the firmware.', 'The plan image is damaged.'],
    remedies: ['Compile the model again and repeat.', 'If it happens again, report it with the model used.'],
  },
  'virtual.nothingCanHappen': {
    what: 'Virtual time stands still at {atS} s: nothing can happen any more, but {request} is still waited for.',
    causes: ['The DUT will never answer and the wait has no deadline.', 'A defect in Joulebench.'],
    remedies: ['Repeat the run.', 'If it happens again, report it with the session folder.'],
  },
  'virtual.serveFailed': {
    what: 'The virtual DUT cannot be offered at {address} ({reason}).',
    causes: ['Another program uses that port.', 'Ports below 1024 need special rights.'],
    remedies: ['Choose another port.'],
  },
} satisfies Record<string, FaultWords>;
