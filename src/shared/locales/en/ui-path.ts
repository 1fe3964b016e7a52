import type { Messages } from '../words.ts';

/** Words of the guided path: its steps around the runs, and what an operator can do on the way. */
export const uiPathWords = {
  backToRun: 'Back to the run',
  withTime: '{label}, about {duration}',
  goOnWithout: 'Go on without',
  takeUpAgain: 'Take this step up again',
  stepwise: 'Ask before each run',
  stepwiseHelp: 'The bench waits between two runs until the next one is started.',
  startNext: {
    performance: 'Start the performance run',
    accuracy: 'Start the accuracy run',
    energy: 'Start the energy run',
  },
  waitsForStart: 'The bench waits for you: the next run starts when you say so.',
  flash: {
    first: 'Puts the firmware of the workload onto the board and compares every byte with what was meant.',
    second: 'Takes about a minute. What was confirmed goes into the session, with its hash.',
    onBoard: 'What is on the board',
    toFlash: 'Flash the board',
    again: 'Flash it again',
    virtual: 'The virtual bench brings the firmware of the workload: there is nothing to flash.',
    passed:
      'Passed over: the run takes whatever firmware the board has, and the session says that nothing was confirmed.',
    unknown: 'Nothing was flashed onto this board since the app was started, so nobody here can confirm what is in it.',
    confirmed: '{image}, confirmed byte by byte',
    ready: 'Nothing confirmed yet',
    running: 'A flashing is under way.',
    needsBench: 'Open the bench first.',
  },
  calibrate: {
    first: 'Finds how far the energy monitor is off, and writes it into a certificate with its uncertainty.',
    second:
      'Takes 10 to 40 minutes for all ranges and holds for months. Without one, the specification of the monitor is the budget.',
    certificates: 'Certificates of this monitor',
    toCalibrate: 'Calibrate the monitor',
    open: 'Open {procedure}',
    apply: 'Apply it to this run',
    applied: 'applied to this run',
    noneApplied:
      'No certificate is applied: the specification of the monitor is the budget, and the verdict has a remark.',
    virtual:
      'The emulated monitor keeps to its data sheet. A procedure can be tried on it: the virtual bench answers by itself.',
    noEnergy: 'Only energy runs use certificates.',
    valid: 'Valid until {date}',
    soon: 'Expires on {date}',
    expired: 'Expired on {date}: calibrate again, or the verdict has a remark.',
    failed: 'The last procedure was not passed.',
    never: 'This monitor was never calibrated here.',
    passed: 'Passed over: the specification of the monitor is the budget.',
    running: 'A procedure is under way.',
  },
  precondition: {
    setVoltage: 'Set {voltage}',
    calibrate: 'Calibrate again',
    examine: 'Examine on the bench page',
    leaveOut: 'Leave the energy run out',
    certificatesValid: 'Applied certificates are valid.',
    certificatesExpired: '{procedure} expired on {date}: the verdict would have a remark.',
  },
} as const satisfies Messages;
