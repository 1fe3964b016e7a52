import type { FaultWords } from '../../words.ts';

export const runnerFaultWords = {
  'runner.differentInputs': {
    what: 'Run {runId} was begun with another input set than the one given now.',
    causes: ['Another data set folder was named.', 'A file of the data set was changed since.'],
    remedies: ['Name the folder that the run was begun with.', 'Start a new session to measure with other inputs.'],
  },
  'runner.differentModel': {
    what: 'Run {runId} was begun with another model than the one given now.',
    causes: ['Another model file was named, or the file was changed since.'],
    remedies: ['Name the model that the run was begun with.', 'Start a new session to measure another model.'],
  },
  'runner.modelNeeded': {
    what: 'The virtual bench needs a model for workload {workload}.',
    causes: ['Official models are not shipped with Joulebench; the user brings them.'],
    remedies: ['Name the .tflite file with --model FILE.', 'Run the built-in workload demo01, which needs no file.'],
  },
  'runner.datasetNeeded': {
    what: 'Workload {workload} needs a data set.',
    causes: ['Official data sets are not shipped with Joulebench; the user brings them.'],
    remedies: [
      'Name the folder that holds y_labels.csv with --dataset DIR.',
      'Run the built-in workload demo01, which needs no file.',
    ],
  },
  'runner.modeUnknown': {
    what: 'There is no mode {mode}.',
    causes: ['The name is misspelt.'],
    remedies: ['Use one or more of: {known}, separated by commas.'],
  },
  'runner.modelUnreadable': {
    what: 'The model file {path} cannot be read: {reason}',
    causes: ['The path is misspelt, or the file belongs to another user.'],
    remedies: ['Check the path.'],
  },
  'runner.simulatedDut': {
    what: 'The DUT at {port} is a simulation of Joulebench ({vendor}), and this bench would not mark its figures SIMULATED.',
    causes: ['The virtual DUT is offered at this port, for foreign programs.'],
    remedies: [
      'Use the bench "virtual", or "qemu:MACHINE".',
      'Add --simulated to measure it through this port all the same: everything is then marked SIMULATED.',
    ],
  },
  'runner.differentBench': {
    what: 'Session {sessionId} cannot be continued here: what is SIMULATED and what was measured on hardware never stand in one session.',
    causes: ['It was begun on a bench of the other kind.'],
    remedies: ['Continue it on the kind of bench that it was begun on.', 'Start a new session.'],
  },
  'runner.differentMonitor': {
    what: 'Run {runId} was begun with monitor {before}; now there is {now}.',
    causes: ['Another instrument is connected than when the session was begun.'],
    remedies: ['Connect the same instrument, or begin a new session.'],
  },
  'runner.noRetry': {
    what: 'Window {window} of run {runId} cannot be measured once more now.',
    causes: ['The run has ended or has not got that far.', 'It is an accuracy run, which has no windows.'],
    remedies: ['Ask for it while the run is under way, after the window was measured; afterwards repeat the run.'],
  },
  'runner.unattended': {
    what: 'The run was stopped and the supply switched off: it stood paused for {waitedS} s with the supply on, and no page showed it.',
    causes: ['The page was closed, or lost its connection.'],
    remedies: ['Take the session up again: what was measured is kept, and an energy run begins anew.'],
  },
  'runner.notUnderWay': {
    what: 'Session {sessionId} is not under way: nothing can be added to its journal.',
    causes: ['The run has ended, and its records are sealed.'],
    remedies: ['Write the note while the run is under way.'],
  },
} satisfies Record<string, FaultWords>;
