import type { FaultWords } from '../../words.ts';

export const calibrationFaultWords = {
  'calibration.unknownProcedure': {
    what: 'There is no procedure {procedure}.',
    causes: ['The name is misspelt.'],
    remedies: ['Use one of: {known}.'],
  },
  'calibration.badCertificate': {
    what: '{path} is no valid certificate: {reason}',
    causes: ['The file was changed or is of another kind.'],
    remedies: ['Calibrate again, or take the file from a backup.'],
    codes: {
      reason: {
        notReadable: 'it cannot be read',
        notValid: 'it is no certificate',
        newerVersion: 'it was written by a newer version of Joulebench',
        changed: 'it was changed after it was written',
        brokenChain: 'it does not follow the certificate before it',
      },
    },
  },
  'calibration.unknownCertificate': {
    what: 'There is no certificate {certificate}.',
    causes: ['The id is misspelt.', 'The certificate was made by another user or on another computer.'],
    remedies: ['See which there are: joulebench calibrate --certificates.'],
  },
  'calibration.certificateMismatch': {
    what: 'Certificate {certificate} cannot be applied: {reason}',
    causes: ['It belongs to another instrument, mode or voltage.'],
    remedies: ['Choose a certificate of this instrument, or run without one.'],
    codes: {
      reason: {
        failed: 'its procedure was not passed',
        future: "it is dated in the future, so this computer's clock or that of its calibration is wrong",
        simulated: 'one of the two is simulated, the other is not',
        instrument: 'it belongs to an instrument of another model or serial number',
        firmware: "the instrument's firmware has changed since",
        constants: "the instrument's calibration constants have changed since",
        voltage: 'it was made at a supply voltage more than 5 % away',
        board: 'its supply was measured at another board',
        mode: 'the monitor was read in another mode',
        filter: 'it was made with another filter of the samples',
        noGain: 'a correction needs a certificate of the gain as well',
        twice: 'two of one kind were chosen',
        zeroRange: 'its zero is that of a range without a certificate of the gain',
        notACorrection: 'a certificate of this procedure corrects no figure',
      },
    },
  },
  'calibration.needs': {
    what: 'Procedure {procedure} needs an instrument that this bench does not have: {what}.',
    causes: ['The bench has no energy monitor, or its line to the DUT is not set up.'],
    remedies: ['Choose a bench with it, or name the monitor with --monitor.'],
  },
  'calibration.noSamples': {
    what: 'The {instrument} did not deliver the samples of a reading within {seconds} s.',
    causes: ['Its stream was interrupted.', 'The USB cable is loose, or the hub is overloaded.'],
    remedies: ['Plug the monitor in again, then resume the calibration.'],
  },
  'calibration.unattended': {
    what: 'The calibration was ended and the supply switched off: a question stood open for {waitedS} s with the supply on, and no page showed it.',
    causes: ['The page was closed, or lost its connection.'],
    remedies: [
      'Start the procedure again.',
      'Or go on where it ended: joulebench calibrate --resume with its journal in the folder calibrations.',
    ],
  },
  'calibration.nothingToResume': {
    what: 'There is no interrupted calibration in this file.',
    causes: ['It was finished, or the file holds something else.'],
    remedies: ['Start the procedure again.'],
  },
  'calibration.voltageNotAllowed': {
    what: '{voltageV} V cannot be set: {minV} V to {maxV} V are allowed.',
    causes: ['The voltage is outside what the monitor supplies or the board stands.'],
    remedies: ['Choose another voltage with --voltage.'],
  },
  'calibration.noLoads': {
    what: 'The procedure has no loads for monitor {monitor} at {voltageV} V.',
    causes: ['The monitor is calibrated at other voltages, or is not made for this procedure.', 'No range was chosen.'],
    remedies: ['Use 3.0 V or 1.8 V.', 'Choose other ranges with --ranges.'],
  },
  'calibration.noQuestion': {
    what: 'Question {number} is not open any more.',
    causes: ['It was answered in another window, or the procedure went on.'],
    remedies: ['Answer the question that is shown now.'],
  },
  'calibration.otherInstrument': {
    what: 'The interrupted calibration was begun with instrument {expected}; this is {found}.',
    causes: ['Another monitor is connected.'],
    remedies: ['Connect the same instrument, or start the procedure again.'],
  },
  'calibration.answerMissing': {
    what: 'There is no usable answer to {place}: {problem}',
    causes: ['The answers file does not have it, or the calibration was started without a terminal.'],
    remedies: ['Add the answer under this name to the file of --answers, or start it in a terminal.'],
  },
  'calibration.badAnswers': {
    what: 'The answers file {path} cannot be used: {reason}',
    causes: ['It is no JSON object of answers by step.'],
    remedies: ['See docs/calibration.md for its form.'],
  },
} satisfies Record<string, FaultWords>;
