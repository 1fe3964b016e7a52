import type { FaultWords } from '../../words.ts';

export const emonFaultWords = {
  'emon.noMonitor': {
    what: 'Bench {bench} has no energy monitor.',
    causes: ['It was opened without one.'],
    remedies: [
      'Name the monitor: --monitor lpm01a, --monitor lpm01a:PORT or --monitor ppk2:PORT.',
      'joulebench devices lists what is attached.',
    ],
  },
  'emon.unknownMonitor': {
    what: 'There is no monitor {monitor}.',
    causes: ['The name is misspelt or lacks its port.'],
    remedies: ['Use one of: {known}; on the virtual bench lpm01a or ppk2.'],
  },
  'emon.notThisMonitor': {
    what: '{instrument} is not a {expected}: it answers {found}.',
    causes: [
      'Another instrument or program hangs on this port.',
      'A PPK2 has two ports: the second one is its text shell and measures nothing.',
    ],
    remedies: [
      'Choose the right port; joulebench devices names them.',
      'Unplug the instrument, plug it in again and try once more.',
    ],
  },
  'emon.firmwareTooOld': {
    what: '{instrument} runs firmware {found}; {needed} or newer is needed.',
    causes: ['Older firmware answers power commands with errors.'],
    remedies: ["Update the firmware with the maker's tool, then try again."],
  },
  'emon.refused': {
    what: '{instrument} refused {command}: {reply}',
    causes: ['The instrument is in another state than expected, or does not know the command.'],
    remedies: ['Disconnect and connect the instrument, then try again.', 'Check its firmware version.'],
  },
  'emon.silent': {
    what: '{instrument} did not answer {command} within {waitedS} s.',
    causes: [
      'The instrument is not connected, is busy or belongs to another program.',
      'Another instrument, or the other port of this one, is behind the name that was given.',
    ],
    remedies: [
      'Check the cable; close other programs that use the port.',
      'Unplug the instrument and plug it in again.',
      'joulebench devices says which port may lead to which monitor; joulebench doctor lpm01a:PORT asks it.',
    ],
  },
  'emon.streamStalled': {
    what: '{instrument} sent no samples for {silentS} s.',
    causes: ['The cable was pulled, the hub is overloaded or the instrument has stopped.'],
    remedies: [
      'Check the cable and connect the instrument directly to the computer.',
      'Start the run again: what was recorded is kept.',
    ],
  },
  'emon.streamLost': {
    what: 'The connection to {instrument} broke off ({reason}).',
    causes: ['The instrument was unplugged or reset.'],
    remedies: ['Connect it again and repeat the run: what was recorded is kept.'],
  },
  'emon.endedItself': {
    what: '{instrument} ended the acquisition by itself and said: {said}',
    causes: ['Its buffer overflowed because the computer read too slowly, or its supply failed.'],
    remedies: [
      'Connect it directly to the computer, without a hub, and close other programs.',
      'Start the run again: what was recorded is kept.',
    ],
  },
  'emon.overcurrent': {
    what: '{instrument} reports over-current and has cut the supply.',
    causes: ['The DUT or its wiring draws more than the instrument can measure.'],
    remedies: ['Check the wiring for shorts.', 'Use a monitor with a higher range.'],
  },
  'emon.badSetting': {
    what: '{instrument} cannot set {setting} to {value}; allowed: {allowed}.',
    causes: ["The value is outside the instrument's range."],
    remedies: ['Choose a value in the allowed range.'],
  },
  'emon.busy': {
    what: '{instrument} is {state}.',
    causes: ['Another acquisition is under way.'],
    remedies: ['Stop it first.'],
  },
  'emon.voltageAboveLimit': {
    what: '{voltageV} V is above the limit of {maxV} V of board {board}; {instrument} was not set.',
    causes: ['The wrong board or a wrong voltage was chosen.'],
    remedies: ['Set a voltage inside the limits of the board.', 'Check which board is connected.'],
  },
  'emon.voltageBelowLimit': {
    what: '{voltageV} V is below the limit of {minV} V of board {board}; {instrument} was not set.',
    causes: ['The wrong board or a wrong voltage was chosen.'],
    remedies: ['Set a voltage inside the limits of the board.'],
  },
  'emon.supplyTooHigh': {
    what: '{instrument} was set to {setV} V but reads {readV} V, more than the limit of {maxV} V of board {board}; the supply was switched off.',
    causes: ['Another supply feeds the same rail (USB, a probe, a battery).', 'The instrument is defective.'],
    remedies: [
      'Disconnect the board, then measure the output of the instrument with a multimeter.',
      'Make sure that nothing else powers the rail that is measured.',
    ],
  },
  'emon.noSupplyWatch': {
    what: 'The process that would switch off the supply of {instrument} after a crash cannot be started: {reason}',
    causes: ['The installation is damaged, or the computer allows no further process.'],
    remedies: ['Close other programs and try again.', 'Install Joulebench again.'],
  },
  'emon.changeWhilePowered': {
    what: '{instrument} powers the DUT with {fromV} V; changing to {toV} V needs a confirmation.',
    causes: ['The supply is on.'],
    remedies: ['Switch the supply off first, or confirm the change.'],
  },
  'emon.voltageNeeded': {
    what: 'No supply voltage is known for {instrument}.',
    causes: ['The board has no entry, so its limits are not known.'],
    remedies: ['Name the board (--board) or state the voltage (--voltage).'],
  },
  'emon.edgesMissing': {
    what: '{instrument} saw {found} of {expected} time marks.',
    causes: [
      'The timestamp line is not connected, or the pulse is shorter than {shortestPulseS} s.',
      'The logic port of a PPK2 has no VCC: without the I/O voltage of the DUT all its inputs stay as they are.',
      'The DUT runs a build that pulses no pin.',
    ],
    remedies: [
      "Check the wire from the DUT's timestamp pin and a common ground; on a PPK2 also VCC of the logic port.",
      'Let the firmware hold the pulse longer.',
    ],
  },
  'emon.badFile': {
    what: '{path} is no usable {format}: {reason}',
    causes: ['The file is damaged or of another kind.'],
    remedies: ['Choose another file or name its format.', 'In a table name the columns: --time and --value.'],
  },
} satisfies Record<string, FaultWords>;
