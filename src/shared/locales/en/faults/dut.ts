import type { FaultWords } from '../../words.ts';

const cable = 'Run `joulebench doctor` on this port: it tells wiring, baud rate and firmware apart.';

export const dutFaultWords = {
  'dut.busy': {
    what: 'The command "{command}" was given to the DUT at {port} while another one was still running.',
    causes: ['Two parts of the application used the DUT at the same time.'],
    remedies: ['Repeat the action; if it happens again, report it with the log.'],
  },
  'dut.silent': {
    what: 'The DUT at {port} did not answer "{command}" within {waitedS} s.',
    causes: [
      'It has no power, or no benchmark firmware.',
      'Wrong port or wrong baud rate.',
      'RX and TX are swapped, or the ground wire is missing.',
    ],
    remedies: [cable, 'Press the reset button of the board and try again.'],
  },
  'dut.echoOnly': {
    what: 'The DUT at {port} repeats "{command}" but does not answer it.',
    causes: [
      'RX and TX are joined somewhere, so that you hear yourself.',
      'A console runs on that port instead of the benchmark firmware.',
    ],
    remedies: ['Check the wiring between USB bridge and board, and which port the firmware uses.'],
  },
  'dut.garbled': {
    what: 'What the DUT at {port} sends is not readable (the port runs at {baud} baud).',
    causes: ['Board and port use different baud rates.', 'Signal levels do not fit, or the ground wire is missing.'],
    remedies: ['Run `joulebench doctor` on this port: it tries the usual baud rates.'],
  },
  'dut.unknownReply': {
    what: 'The DUT at {port} answered "{command}" with something else: "{text}".',
    causes: ['Another program than the benchmark firmware runs on the board.', 'It is another device.'],
    remedies: [cable, 'Flash the benchmark firmware.'],
  },
  'dut.noReady': {
    what: 'The DUT at {port} began to answer "{command}" and then stopped for {waitedS} s.',
    causes: ['The firmware hangs or crashed.', 'The connection lost bytes.'],
    remedies: ['Reset the board and try again.', cable],
  },
  'dut.timeout': {
    what: 'The DUT at {port} had not finished "{command}" after {deadlineS} s.',
    causes: ['The inference takes longer than expected.', 'The firmware hangs.'],
    remedies: ['Allow more time for the window, or fewer iterations.', 'Reset the board and try again.'],
  },
  'dut.babbling': {
    what: 'The DUT at {port} kept sending for {seconds} s without a command.',
    causes: ['Debug output is on in the firmware.', 'The port carries another signal than the DUT.'],
    remedies: ['Build the firmware without debug output.', cable],
  },
  'dut.rebooted': {
    what: 'The DUT at {port} restarted during or before "{command}".',
    causes: ['Its supply dipped, or its watchdog ran out.', 'The firmware crashed.', 'Somebody pressed reset.'],
    remedies: ['Check the supply and its current limit, then repeat the run.'],
  },
  'dut.refused': {
    what: 'The DUT at {port} refused "{command}": {reply}.',
    causes: ['The connection lost or changed a character.', 'The firmware does not know the command.'],
    remedies: ['Try again; if it stays, try a lower baud rate or another cable.'],
  },
  'dut.incompleteReply': {
    what: 'The answer of the DUT at {port} to "{command}" lacks {missing}.',
    causes: ['The connection lost bytes.', 'The firmware deviates from the protocol.'],
    remedies: ['Try again; if it stays, look at the log and correct the firmware.'],
  },
  'dut.noName': {
    what: 'The device at {port} answers but does not name itself as a DUT ("{said}").',
    causes: ['It is an interface board, an IO manager or other equipment.', 'The firmware deviates from the protocol.'],
    remedies: ['Choose the port of the DUT; `joulebench devices` lists all ports.'],
  },
  'dut.notADut': {
    what: 'The device at {port} is no DUT: it calls itself "{deviceClass}".',
    causes: ['It is a helper board, or firmware whose name line was changed.'],
    remedies: ['Choose the port of the DUT, or let the firmware answer m-name-dut-[...].'],
  },
  'dut.wrongMode': {
    what: 'The firmware of the DUT at {port} is the {found} build; this run needs the {expected} build.',
    causes: ['The board was flashed for another kind of run.'],
    remedies: ['Flash the {expected} build.'],
  },
  'dut.wrongModel': {
    what: 'The DUT at {port} holds the model {found}; this run needs {expected}.',
    causes: ['The board was flashed for another workload, or another board is at this port.'],
    remedies: ['Choose the workload {found}, or flash the firmware for {expected}.'],
  },
  'dut.loadFailed': {
    what: 'Loading {bytes} bytes into the DUT at {port} failed {attempts} times, last near byte {offset}: "{reply}".',
    causes: [
      'The connection loses characters: the board cannot keep up with the baud rate.',
      'A chunk is too long for the receive buffer of the firmware or a relay.',
    ],
    remedies: ['Use a chunk size of 26 bytes.', 'Use a lower baud rate or a better cable.'],
  },
  'dut.bufferTooSmall': {
    what: 'The DUT at {port} has room for {maxBytes} bytes of input; the workload needs {bytes}.',
    causes: ['The firmware was built for another workload.'],
    remedies: ['Flash the firmware for this workload.'],
  },
  'dut.verifyMismatch': {
    what: 'The input in the DUT at {port} differs from what was sent, first at byte {offset} (sent {expected}, printed "{found}"), in {attempts} attempts.',
    causes: ['The connection changes characters.', 'The firmware writes or prints its buffer wrongly.'],
    remedies: [
      'Use a lower baud rate or a better cable.',
      'Check the firmware: `db print` must give back what `db` stored.',
    ],
  },
  'dut.inputSize': {
    what: 'The DUT at {port} expects inputs of {expectedBytes} bytes but got {foundBytes}.',
    causes: ['Workload and firmware do not belong together.', 'A chunk was lost.'],
    remedies: ['Compare the workload with the model in the DUT.'],
  },
  'dut.noTimestamp': {
    what: 'The DUT at {port} gives no timestamp in microseconds.',
    causes: ['The energy build runs: it pulses a pin instead.', 'The firmware counts in another unit.'],
    remedies: ['Flash the performance build.'],
  },
  'dut.relaySilent': {
    what: 'The relay at {port} did not acknowledge `{command}` within {waitedS} s.',
    causes: [
      'The IO manager is not connected or has no firmware.',
      'Another instrument hangs on this port.',
      'An interface board without its SD card relays nothing.',
    ],
    remedies: ['Check cable and port; joulebench devices names the ports.', 'Press the reset button of the relay.'],
  },
  'dut.relayRefused': {
    what: 'The relay at {port} refused `{command}`: {reply}',
    causes: ['Characters were lost between host and relay.', 'The port belongs to another instrument.'],
    remedies: ['Use a better cable and connect the relay directly to the computer.', 'Choose the right port.'],
  },
  'dut.badResults': {
    what: 'The results of the DUT at {port} are no numbers: "{text}".',
    causes: [
      'The firmware prints not-a-number values: the input or the model is damaged.',
      'The connection lost bytes.',
    ],
    remedies: ['Load the input again.', 'Check the model in the firmware.'],
  },
} satisfies Record<string, FaultWords>;
