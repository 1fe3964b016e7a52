import type { Messages } from '../words.ts';
import { declarationRuleWords } from './declaration-rules.ts';
import { packageRuleWords } from './package-rules.ts';

/** By rule id: title, why it is there, what to do, and one message per outcome; the placeholders are the finding's facts. */
export const ruleWords = {
  /** Messages that several rules share. */
  common: {
    otherMode: 'Does not apply to this mode.',
    noWindows: 'No window was measured.',
    noStamps: 'No window has the stamps that this rule needs.',
    noInputs: 'No input was measured.',
    notReported: 'No printed figure to compare with.',
    notRecorded: 'There are no such files to compare.',
    otherRound: 'Does not apply in this round.',
    noSystems: 'There are no results.',
    notClosed: 'Applies to the closed division only.',
    notOpen: 'Applies to the open division only.',
    notStreaming: 'Applies to the streaming wake word only.',
    streaming: 'Does not apply to the streaming wake word.',
    notAnomaly: 'Applies to anomaly detection only.',
    notOfficial: 'Applies to an official input set only.',
    noTarget: 'The workload has no quality target.',
    noMetric: 'The figure cannot be computed from these results.',
    noCompanion: 'The session holds no other run of this workload to compare with.',
    noIdentity: 'The DUT did not say which model it runs.',
    noEnergy: 'Nothing of the energy side of the run is there.',
    unknown: 'The files do not tell.',
    declarationAbsent: 'It cannot be decided from the files: no checklist declares it. Compare by hand.',
    declarationUnanswered: 'It cannot be decided from the files: the checklist leaves it open. Compare by hand.',
    declarationUnreadable: 'It cannot be decided from the files: the checklist cannot be read. Compare by hand.',
  },
  /** Why a workload of the catalogue cannot be run. */
  notRunnable: {
    sww01: 'It streams sound to the DUT through an interface board, which Joulebench does not drive.',
  },
  /** What an official list of inputs is. */
  list: {
    kws01: 'The official list of 1,000 keyword inputs.',
    vww01: 'The official list of 1,000 pictures, half of them with a person.',
    ic01: 'The official list of 200 pictures, 20 of each class, in force since 2022.',
    ic01Old: 'The first list of 200 pictures, not balanced between the classes, replaced in 2022.',
    ad01: 'The official list of 248 recordings of machines.',
    ad01Alternative: 'The shorter official list of 72 recordings, allowed since round v1.2.',
  },
  'PERF-01': {
    title: 'Five windows with five inputs',
    explanation: 'A performance result is the median of exactly five windows, each on an input of its own.',
    remedy: 'Measure again, all five windows; use a data set of at least five files.',
    passed: '{windows} windows with {inputs} different inputs.',
    failed: '{windows} windows with {inputs} different inputs instead of {expected} each.',
  },
  'PERF-02': {
    title: 'The first five inputs of the official list',
    explanation:
      'Everyone measures with the same five inputs, because the time of an inference may depend on its input.',
    remedy: 'Use the official data set, or a part of it that begins with its first five files.',
    passed: 'The inputs are the first five of the list.',
    failed: 'The inputs are not the first five of the list.',
    listStart: 'The inputs are the first of the list that was used, but not the first five of the official one.',
  },
  'PERF-03': {
    title: 'Windows of at least 10 s',
    explanation: 'Shorter windows give too much weight to the stamps and to what happens once at the start.',
    remedy: 'Raise the number of inferences in a window, or leave it to the calibration run.',
    passed: 'The shortest window lasted {shortestS} s.',
    failed: '{count} windows are shorter than {limitS} s; the shortest, window {window}, lasted {shortestS} s.',
  },
  'PERF-04': {
    title: 'At least 10 inferences in a window',
    explanation: 'The throughput is a mean: it needs several inferences.',
    remedy: 'Raise the number of inferences in a window.',
    passed: 'The fewest inferences in a window are {fewest}.',
    failed: '{count} windows have fewer than {limit} inferences; the fewest are {fewest}.',
  },
  'PERF-05': {
    title: 'The same inferences and warm-ups in all windows',
    explanation: 'Windows of different length cannot be compared as fairly.',
    remedy: 'Measure all windows anew with one setting.',
    passed: '{inferences} inferences in every window; warm-ups before: {warmups}.',
    failed:
      'The windows have {fewestInferences} to {mostInferences} inferences and {fewestWarmups} to {mostWarmups} warm-ups.',
  },
  'PERF-06': {
    title: 'The reported figure is the median',
    explanation: 'The result is the median of the throughputs of the windows, recomputed here from the stamps.',
    remedy: 'Report the median of the windows of this very run.',
    passed: 'The reported {reported} inf./s is the median of the windows.',
    failed: 'Reported are {reported} inf./s, but the median of the windows is {recomputed} inf./s.',
  },
  'PERF-07': {
    title: 'Throughputs of the windows lie close together',
    explanation:
      'A DUT does the same work in each window; a spread points to changing clocks, heat or other tasks on it.',
    remedy: 'Look for other tasks, interrupts or a changing clock on the DUT, then measure again.',
    passed: 'The throughputs of the windows differ by {spreadPercent} %.',
    failed: 'The throughputs of the windows differ by {spreadPercent} %, more than {limitPercent} %.',
  },
  'PERF-08': {
    title: "The DUT's clock agrees with the host's",
    explanation: 'The throughput is measured with the clock of the DUT. If that clock is wrong, so is the result.',
    remedy: "Check the clock and timer settings of the DUT's firmware. A ratio far from 1 is usually a wrong divider.",
    passed: "The DUT's clock agrees with the host's within {deviationPercent} %.",
    failed:
      "In window {window} the DUT counted {ratio} of the host's time: {deviationPercent} % off, more than {limitPercent} %.",
    notComparable: "The DUT of this bench does not keep the host's time, so its clock could not be checked.",
    notTimed: 'The host has no times for {count} windows, so the clock could not be checked there.',
    noTimes: "The runner's log has no times, so the clock cannot be checked.",
    coarse:
      'The comparison is too coarse: it may be {uncertaintyPercent} % off, more than the {limitPercent} % to be checked.',
  },
  'PERF-09': {
    title: 'Stamps fine enough',
    explanation: 'Stamps in steps that are long against the window make its length uncertain.',
    remedy: "Use a faster timer for the DUT's stamps, or longer windows.",
    passed: "The DUT's stamps come in steps of {resolutionUs} us.",
    failed: "The DUT's stamps come in steps of {resolutionUs} us; {limitUs} us are allowed.",
    unknown: 'There are too few stamps to tell their step.',
  },
  'PERF-10': {
    title: 'No absurd length of a window',
    explanation:
      'The 32-bit counter of a DUT wraps every 4295 s. Beyond that, a window cannot take negative time or a day.',
    remedy: 'The DUT was probably reset inside the window: measure again.',
    passed: 'All windows have a sensible length.',
    failed: 'Window {window} seems to have lasted {durationS} s.',
    hostDiffers: 'Window {window} seems to have lasted {durationS} s, while the host saw {hostS} s pass.',
  },
  'PERF-11': {
    title: 'Two stamps for each window',
    explanation:
      'A window lies between the stamp before and the stamp after its inferences. Fewer or more stamps leave it open which ones.',
    remedy: 'Check that the firmware stamps only around the inferences, then measure again.',
    passed: 'Every window has two stamps.',
    failed: '{count} windows do not have two stamps; window {window} has {stamps}.',
  },
  'ACC-01': {
    title: 'Every official input once',
    explanation: 'An accuracy is comparable only when it was measured on the whole official list, each input once.',
    remedy: 'Use the complete official data set for a figure that can be compared.',
    passed: 'All {inputs} inputs of the official list were used once.',
    failed: '{missing} inputs of the set are missing and {repeated} were used again.',
    subset: 'Measured on {inputs} of the {official} inputs of the official list: the figure is that of a part.',
    reordered: 'All inputs of the official list were used, but in another order.',
    own: 'Measured on an own input set: the figure cannot be compared with published ones.',
  },
  'ACC-02': {
    title: 'The official list of the round',
    explanation: 'Lists were replaced over the years; figures of different lists cannot be compared.',
    remedy: 'Use the list that is in force.',
    passed: 'The list {list} is in force.',
    failed: 'The list is not an official one.',
    superseded: 'The list {list} was replaced after round {lastRound}.',
    tooEarly: 'The list {list} is allowed from round {firstRound} on, not in {round}.',
  },
  'ACC-03': {
    title: 'One inference for each input',
    explanation: 'Accuracy is measured with one inference and no warm-up for each input.',
    remedy: 'Measure again with one inference and no warm-up.',
    passed: 'One inference without warm-up for every input.',
    failed: '{count} inputs were measured with more than one inference or with warm-ups.',
  },
  'ACC-04': {
    title: 'Quality target',
    explanation: 'The closed division asks for a least accuracy, so that speed is not bought with it.',
    remedy: 'Check the model and its conversion: the measurement itself is not at fault.',
    passed: 'Reached {value}, {target} is required.',
    failed: 'Reached {value}, less than the required {target}.',
  },
  'ACC-05': {
    title: 'The reported accuracy is that of the results',
    explanation: 'The printed figures are recomputed from the results of every input.',
    remedy: 'Report the figures of this very run.',
    passed: 'The reported figures follow from the results.',
    top1: 'Reported is a top-1 of {reported} %, but the results give {recomputed} %.',
    auc: 'Reported is an AUC of {reported}, but the results give {recomputed}.',
  },
  'ACC-06': {
    title: 'No target met by rounding',
    explanation: 'With two decimals, an area of 0.845 prints as 0.85.',
    remedy: 'Treat the target as missed.',
    passed: 'The unrounded area {value} stands on the same side of the target as the printed one.',
    failed: 'The area is {value}: it prints as {printed}, but is below the target {target}.',
  },
  'ACC-07': {
    title: 'Results complete and sensible',
    explanation:
      'Each inference has to give one number for each class; the same results for all inputs mean that the DUT did not look at them.',
    remedy: "Check the DUT's printing of its results and that the loaded input reaches the model.",
    passed: 'All {inputs} results are complete.',
    missing: '{count} inputs have no results.',
    length: '{count} results have a wrong number of values; the first has {found} instead of {expected}.',
    notFinite: '{count} results hold a value that is no finite number.',
    flat: 'In every result all values are the same.',
    none: 'The DUT printed no results in this mode.',
    same: 'All {inputs} inputs gave the same result.',
  },
  'ACC-08': {
    title: 'Streaming: false alarms and misses',
    explanation: 'The streaming wake word allows at most 8 of each.',
    remedy: 'Check the model and the threshold.',
    passed: '{falseNegatives} words missed, {falsePositives} false alarms.',
    failed: '{falseNegatives} words missed and {falsePositives} false alarms; at most {limit} of each are allowed.',
    words: 'Heard and missed words make {words}; the stream has {expected}.',
  },
  'ACC-09': {
    title: 'Streaming: score recomputed',
    explanation:
      'The score is recomputed from the detections, with the allowance of 2 s after a word that the released runner has.',
    remedy: 'Report the score of this very run.',
    passed: 'Heard / missed / false: {printed}, also when recomputed; with an allowance of 1 s it is {oneSecond}.',
    failed:
      'Heard / missed / false: {printed} are printed, the detections give {recomputed} (with an allowance of 1 s {oneSecond}).',
  },
  'ACC-10': {
    title: 'Open division: accuracy reported',
    explanation: 'The open division has no target, but the accuracy has to be reported.',
    remedy: 'Add an accuracy run.',
    passed: 'The accuracy is {value}.',
    failed: 'There is no accuracy to report.',
    below: 'The accuracy is {value}, less than the {target} that the closed division asks for.',
  },
  'ACC-11': {
    title: 'Open keyword spotting: provided features',
    explanation: 'The open division may use one of the three kinds of features that are provided.',
    remedy: 'Use one of the provided kinds of features.',
    passed: 'The inputs are those of the provided kind.',
    unknown: 'From an own input set it cannot be told how it was made.',
  },
  ...packageRuleWords,
  ...declarationRuleWords,
  'DIV-03': {
    title: 'The same task and accuracy data',
    explanation: 'The open division leaves the model free, but its accuracy is measured on the same official inputs.',
    remedy: 'Measure the accuracy on the official list.',
    passed: 'The inputs are those of an official list.',
    failed: 'The accuracy was measured on {inputs} inputs of no official list.',
  },
  'RUN-03': {
    title: 'The files of a run',
    explanation: 'Whoever checks a result needs its log, its results and what the runner wrote beside them.',
    remedy: 'Copy the whole session folder of the runner, and nothing else, into the result folder.',
    passed: 'All files of the run are there.',
    missing: 'Missing in the result folder: {files}.',
    unreadable: 'Cannot be read as what they should be: {files}.',
    unexpected: 'Does not belong into the result folder: {files}.',
    leftOut: 'Not there, probably because of its size: {files}. What it holds could not be computed again.',
  },
  'RUN-04': {
    title: 'Official runner',
    explanation: 'A submission needs a run of the runner that its round allows.',
    remedy: 'For a submission, repeat the run with the official runner.',
    passed: 'The runner {runner} is allowed in this round.',
    failed: 'The runner {runner} is not allowed in this round.',
    unknownRound: 'The round is not known; the runner {runner} was allowed up to {lastRound}.',
    ownRunner: 'Measured by Joulebench: good for work in the lab, but it cannot be submitted.',
  },
  'RUN-05': {
    title: 'Log and results belong together',
    explanation: 'The values in the results have to be those in the log.',
    remedy: 'Keep the files of one run together.',
    passed: 'The results follow from the log.',
    failed: 'The results do not follow from the log.',
    windowCount: 'The results have {printed} windows, the log has {logged}: it is that of another run.',
    windowValues: 'Window {window} of the results has {printed}, the log gives {logged}: it is that of another run.',
    later: 'The results were written {afterS} s after the log ended; within {limitS} s they belong together.',
    earlier: 'The results were written {beforeS} s before the log ended.',
  },
  'RUN-06': {
    title: 'Script, log and results belong together',
    explanation: 'The script, the log and the results have to name the same inputs and numbers.',
    remedy: 'Keep the files of one run together.',
    passed: 'The script is that of the log.',
    failed: 'The script and the log differ.',
    count: 'The script asks for {scripted} inferences, the log has {logged}.',
    step: 'Inference {number} is {scripted} in the script, but {logged} in the log.',
    broken: 'The script cannot be read beyond character {at}.',
  },
  'RUN-07': {
    title: 'Complete record',
    explanation: 'A record without its start or its end may hide what went wrong.',
    remedy: 'Resume the run and let it come to its end.',
    passed: 'The record has its start and its end.',
    notEnded: 'The run did not come to its end.',
    damaged: 'The record is damaged or lacks its start.',
    empty: 'The log holds nothing of a run.',
    several: 'The log holds more than one session.',
  },
  'RUN-08': {
    title: 'The right model',
    explanation: 'The DUT has to run the model of the workload.',
    remedy: 'Flash the firmware of this workload, or choose the workload of this firmware.',
    passed: 'The DUT runs {model}.',
    failed: 'The DUT runs {model}, but the workload is {workload}.',
    unknownRun: 'Neither the folders nor the files tell which benchmark and mode {folder} is.',
  },
  'RUN-09': {
    title: 'No error inside a measurement',
    explanation: 'A DUT that rebooted or complained inside a counted window did not do the same work.',
    remedy: 'Find the cause (supply, memory, a lost character), then measure again.',
    passed: 'No reboot and no error inside a measurement.',
    retried:
      'No reboot and no error inside a measurement. {count} window was measured once more at the wish of the operator; the last one counts. | No reboot and no error inside a measurement. {count} windows were measured once more at the wish of the operator; the last of each counts.',
    failed: '{count} reboots or errors inside a measurement; the first: {text}',
  },
  'RUN-10': {
    title: 'No contradictory repetitions',
    explanation:
      'Runners repeat their lines when several runs are made in one session; the repetitions have to be the same.',
    remedy: 'Take the results of one run only.',
    passed: 'Repeated blocks are the same.',
    failed: 'The results repeat a block with other values.',
    repeated: 'Every line of the results stands there {times} times, each time the same.',
  },
  'RUN-11': {
    title: 'The same DUT in all runs',
    explanation:
      'Accuracy, performance and energy of a result have to come from one device with one firmware and one model.',
    remedy: 'Measure all modes with the same device, firmware and model.',
    passed: 'Device, firmware, model and outputs agree with the other runs.',
    vendor: 'Another run of this workload was made with another DUT: {other} instead of {own}.',
    profile: 'The DUT of another run of this workload has another profile: {other} instead of {own}.',
    model: 'The DUT of another run of this workload says that it runs {other} instead of {own}.',
    modelFile: 'Another run of this workload was made with another model file: {other} instead of {own}.',
    firmware: 'Another run of this workload was made with another firmware: {other} instead of {own}.',
    outputs: '{count} inputs gave another result than in the other run; the first is {file}.',
    sameOutputs: 'All {windows} windows gave the very same result for different inputs.',
  },
  'NRG-01': {
    title: 'The trace is there',
    explanation: 'An energy is recomputed from the samples. Without them nobody can check it.',
    remedy: 'Measure again, and let the run come to its end so that its trace is kept.',
    passed: 'The trace of the run is there.',
    leftOut:
      'The samples of the stream are not there (they make a large file): the printed energy could not be computed again.',
    failed: 'There is no trace of this run.',
  },
  'NRG-02': {
    title: 'Five windows of at least 10 s by the monitor',
    explanation:
      'An energy result is the median of five windows (one for the streaming wake word). In shorter ones the edges count for too much.',
    remedy: 'Raise the number of inferences in a window, or leave it to the calibration run, which aims at 10.4 s.',
    passed: 'The shortest window lasted {shortestS} s.',
    notProven:
      'The shortest window, number {window}, lasted {shortestS} s: at least {limitS} s, but by less than the {guardS} s that prove it.',
    failed: '{count} windows are shorter than {limitS} s; the shortest, window {window}, lasted {shortestS} s.',
    failedNotProven:
      '{count} windows are shorter than {limitS} s; the shortest, window {window}, lasted {shortestS} s: too short, but within {guardS} s of the limit.',
    count: '{windows} windows instead of {expected}.',
    untimed: '{count} windows have no length, because their edges are missing.',
  },
  'NRG-03': {
    title: 'One single mark and two edges for each window',
    explanation:
      'The DUT marks the start and the end of its inferences on a pin. A lost or an extra edge makes another stretch of the trace look like the window.',
    remedy:
      'Check the wire of the time mark, its voltage and the length of the pulse (a PPK2 needs 20 us), then measure again.',
    passed: 'All {found} edges came where they were expected.',
    pairs: 'Each of {windows} windows has its two edges.',
    missing: '{count} windows lack an edge; window {window} has {edges} instead of 2.',
    extra: '{count} windows have an edge too many; window {window} has {edges} instead of 2.',
    markMissing: 'The trace has {found} edges instead of {expected}: the single mark before the windows is missing.',
    stray: '{count} edges came outside of the windows: {found} in all instead of {expected}.',
    strayOnly: '{count} edges came outside of the windows.',
  },
  'NRG-04': {
    title: 'The printed energies are those of the trace',
    explanation: 'The energy of each window is summed up again from the samples between its edges.',
    remedy: 'Keep trace and results of one run together.',
    passed: 'The printed energies of all {windows} windows follow from the trace.',
    failed: 'For window {window} {reportedUJ} uJ are printed, but the trace gives {recomputedUJ} uJ.',
    noTrace: 'For window {window} {reportedUJ} uJ are printed, but the trace has no such window.',
  },
  'NRG-05': {
    title: 'The printed energy is the median',
    explanation: 'The result is the median of the energies per inference, recomputed here from the trace.',
    remedy: 'Report the median of the windows of this very run.',
    passed: 'The printed {reportedUJPerInf} uJ/inf. are the median of the windows.',
    failed: 'Printed are {reportedUJPerInf} uJ/inf., but the median of the windows is {recomputedUJPerInf} uJ/inf.',
    noEnergyFigure: 'The median energy cannot be computed from these windows.',
  },
  'NRG-06': {
    title: 'A monitor that is accepted',
    explanation:
      'The official runners accept a few energy monitors only. Others are good for exploration, and their figures have to be marked as such.',
    remedy: 'For a submission, measure with an accepted monitor; update the firmware of an old one.',
    passed: 'The {model} is accepted for submissions.',
    untried:
      'The {model} is accepted for submissions; the driver of Joulebench has not yet been tried on the instrument itself.',
    firmwareUnknown:
      'The {model} is accepted for submissions from firmware {needed} on; which one it had is not recorded.',
    failed: 'The {model} is not accepted for submissions: exploration only.',
    explorationUntried:
      'The {model} is not accepted for submissions: exploration only. The driver has not yet been tried on the instrument itself.',
    firmware: 'The {model} has firmware {firmware}; at least {needed} is needed.',
  },
  'NRG-07': {
    title: 'The supply is recorded and right',
    explanation: 'Energy grows with the voltage, and a DUT outside of its limits may not work as it should.',
    remedy: 'Check the supply, its wires and the setting, and choose the board that is powered.',
    passed: 'The supply was set to {setV} V and measured {measuredV} V, within the limits of the board.',
    noBoard:
      'The supply was set to {setV} V and measured {measuredV} V; no board was chosen, so its limits are not known.',
    noReading: 'The supply was set to {setV} V, within the limits of the board; the monitor cannot measure it.',
    noReadingNoBoard:
      'The supply was set to {setV} V; the monitor cannot measure it, and no board was chosen, so its limits are not known.',
    noSetting: 'The supply measured {measuredV} V; what it was set to is not recorded.',
    failed:
      'The supply was set to {setV} V but measured {measuredV} V: {deviationPercent} % off, more than {limitPercent} %.',
    outside: 'The supply measured {voltageV} V; the board allows {minV} V to {maxV} V.',
    setOutside: 'The supply was set to {voltageV} V; the board allows {minV} V to {maxV} V.',
    notRecorded: 'The supply voltage is not recorded.',
  },
  'NRG-08': {
    title: 'Hardly a sample lost',
    explanation:
      'What was lost cannot be summed up. A tenth of a percent of a window is allowed; more, or a loss of unknown size, leaves the energy open.',
    remedy:
      'Connect the monitor directly to the computer, close programs that use the port or the disk, then measure again.',
    passed: 'No sample was lost.',
    outside: '{lost} samples were lost, all outside of the windows.',
    some: 'Window {window} lost {lost} samples, {lostPercent} % of it; up to {limitPercent} % are allowed.',
    failed: 'Window {window} lost {lost} samples, {lostPercent} % of it; only {limitPercent} % are allowed.',
    unknown: '{count} times samples were lost, and nobody knows how many.',
  },
  'NRG-09': {
    title: 'It is declared what is measured',
    explanation:
      'Two figures can be compared only when it is known what the measured supply feeds: the DUT alone, or a level shifter, a probe and lights too.',
    remedy: 'Declare what the measured supply feeds and what it does not, and who says so.',
    passed: 'Measured: {measured}. Declared by {declaredBy}.',
    withRest: 'Measured: {measured}. Not measured: {notMeasured}. Declared by {declaredBy}.',
    failed: 'It is not declared what the measured supply feeds.',
    anonymous: 'It is not said who declared what the measured supply feeds.',
  },
  'NRG-10': {
    title: 'As fast as in the performance run',
    explanation:
      'Energy and performance have to come from the same settings. Another throughput means another clock or voltage, or a clock of the DUT that is wrong.',
    remedy:
      'Use the same clock, voltage and model in both runs. If they are the same, check the clock of the DUT (rule PERF-08).',
    passed:
      'The energy run made {energyInfPerS} inf./s, the performance run {performanceInfPerS} inf./s: {differencePercent} % apart.',
    notProven:
      'The energy run made {energyInfPerS} inf./s, the performance run {performanceInfPerS} inf./s: {differencePercent} % apart, within {limitPercent} %, but by less than the {guardPercent} % that prove it.',
    failed:
      'The energy run made {energyInfPerS} inf./s, the performance run {performanceInfPerS} inf./s: {differencePercent} % apart, more than {limitPercent} %.',
    failedNotProven:
      'The energy run made {energyInfPerS} inf./s, the performance run {performanceInfPerS} inf./s: {differencePercent} % apart, more than {limitPercent} %, but by less than the {guardPercent} % that prove it.',
    noPerformance: 'There is no performance run of this workload to compare with.',
    noThroughput: 'The throughput of the windows cannot be computed.',
  },
  'NRG-11': {
    title: 'The current stays within what the monitor measures',
    explanation: 'A current beyond the range of the monitor is recorded too small, and so is the energy.',
    remedy: 'Use a monitor with a larger range, or find out what draws so much current.',
    passed: 'The highest current in a window was {currentMA} mA, within the range of the monitor.',
    noCurrent: 'No sample was at the end of the range.',
    saturated: '{count} samples in the windows are at the end of the converter.',
    beyond: 'The current reached {currentMA} mA in {count} windows; the {model} measures less than {limitMA} mA.',
    overcurrent: 'The {model} reported too high a current.',
    meanBeyond:
      'The mean current reached {currentMA} mA in {count} windows; the {model} measures less than {limitMA} mA.',
    peaks:
      'Single samples reached {currentMA} mA; the {model} measures less than {limitMA} mA. Their mean is within the range.',
    clamped: '{count} readings in the windows stand at 0: the monitor cannot show less, so the energy may be too high.',
  },
  'NRG-12': {
    title: 'The trace begins before and ends after the windows',
    explanation: 'A second on both sides shows that the edges are real and what the DUT draws at rest.',
    remedy: 'Start recording earlier and stop later.',
    passed: 'The trace begins {headS} s before the first window and ends {tailS} s after the last one.',
    failed:
      'The trace begins {headS} s before the first window and ends {tailS} s after the last one; {limitS} s are asked for.',
  },
  'NRG-13': {
    title: 'Streaming: average power over the file',
    explanation: 'The figure of the streaming wake word is an average power over about 1200 s.',
    remedy: 'Measure over the whole file.',
    passed: '{powerMW} mW over {durationS} s.',
    length: 'The window lasted {durationS} s; between {shortestS} s and {longestS} s are expected.',
    noPower: 'The power over {durationS} s is {powerMW} mW.',
  },
  'NRG-14': {
    title: 'Rest and work are plausible',
    explanation:
      'A DUT at rest draws less than at work, and no window can be shorter than its inferences take. Otherwise the edges do not mark the window.',
    remedy: 'Check which pin marks the time and that the monitor feeds the DUT, then measure again.',
    passed: 'At rest the DUT draws {restUW} uW, in the windows at least {windowUW} uW.',
    high: 'At rest the DUT draws {restUW} uW, more than in a window ({windowUW} uW).',
    negative: 'At rest the monitor reads {restUW} uW, which no DUT can draw.',
    tooShort:
      '{count} windows are too short for their inferences: window {window} lasted {durationS} s, at the speed of the performance run it takes {expectedS} s.',
    noRest: 'The power at rest was not measured.',
  },
  'NRG-15': {
    title: 'The time of the monitor agrees with that of the host',
    explanation:
      'A monitor that loses samples without a word, or whose clock is wrong, makes time shorter and the energy smaller. The host counts along.',
    remedy:
      'Connect the monitor directly to the computer and measure again; if the difference stays, calibrate the time base.',
    passed: 'Windows by the monitor and by the host agree; window {window} differs most, by {deviationPercent} %.',
    rateOnly: 'The sampling rate is right within {ratePercent} %; the host has no times for the windows.',
    rate: 'The monitor delivered its samples at a rate {deviationPercent} % off the nominal one; {limitPercent} % are allowed.',
    deviceRate:
      'By the ticks of the monitor its samples came at a rate {deviationPercent} % off the nominal one; {limitPercent} % are allowed.',
    failed:
      'Window {window} lasted {durationS} s by the monitor and {hostS} s by the host: {deviationPercent} % apart, more than {limitPercent} % and the latency of the host.',
    notTimed: 'The host has no times to compare with.',
  },
  'NRG-16': {
    title: 'Certificates in force',
    explanation:
      'A certificate says how far a monitor was off when it was calibrated. Without one, the uncertainty rests on the specification and on assumptions.',
    remedy: 'Calibrate the monitor, and choose the certificate for the run.',
    passed: 'Corrected beside the official figure with {ids}.',
    expired: 'Out of date when the run began: {ids}.',
    missing: 'No certificate was chosen: the uncertainty rests on the specification of the monitor.',
  },
} as const satisfies Messages;
