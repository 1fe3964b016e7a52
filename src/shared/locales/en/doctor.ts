import type { Messages } from '../words.ts';

/** Words of the connection doctor: what each step found, and one sentence with the next step for each diagnosis. */
export const doctorWords = {
  step: {
    open: 'Open the port',
    listen: 'Listen',
    name: 'Ask for the name',
    lineEnd: 'Send a line end',
    identify: 'Ask for identity and build',
    repeat: 'Ask many times',
  },
  outcome: {
    done: 'done',
    failed: 'failed',
    silent: 'nothing came',
    boot: 'a boot block came',
    text: 'other text came',
    garbage: 'unreadable bytes came',
    echo: 'only our own words came back',
    dut: 'a DUT answered',
    otherDevice: 'another device answered',
  },
  diagnosis: {
    healthy: 'A DUT with the model {model} answers at {port} with {baud} baud: you can start a run.',
    healthyNoBaud: 'A DUT with the model {model} answers at {port}: you can start a run.',
    otherBaud:
      'The DUT at {port} (model {model}) talks at {baud} baud, not at {asked}: set the rate of this bench to {baud}.',
    resetOnOpen:
      'A DUT with the model {model} answers at {port} with {baud} baud and starts anew each time its port is opened: allow at least {bootS} s for its boot and start a run.',
    energyBuild:
      'The DUT at {port} (model {model}) runs the energy build, which prints no timestamps: flash the performance build for this kind of run.',
    performanceBuild:
      'The DUT at {port} (model {model}) runs the performance build, which pulses no pin: flash the energy build for this kind of run.',
    otherModel:
      'The DUT at {port} holds the model {model} instead of {expected}: flash the firmware for {expected} or choose the workload {model}.',
    unstable:
      'The DUT at {port} (model {model}) left {failed} of {tried} questions at {baud} baud unanswered: try another cable or a lower rate before you measure.',
    incomplete:
      'The device at {port} names itself as a DUT but does not answer {command} as the protocol wants: correct or flash its firmware.',
    otherDevice: 'The device at {port} is no DUT, it says "{name}": choose the port of the DUT from the list of ports.',
    echo: 'Only what was sent came back at {port}: look for a bridge between TX and RX, or flash the benchmark firmware if a console with echo runs there.',
    console:
      'A console answers at {port} ("{text}") instead of the benchmark firmware: flash the firmware, or choose the other port of the board.',
    chatter:
      'The device at {port} talks ("{text}") but does not know the commands: flash the benchmark firmware, or choose the other port of the board.',
    garbage:
      'Bytes come from {port} but none of the rates {tried} makes text of them: check the ground wire, the signal level and the clock of the board.',
    silent:
      'Nothing comes from {port} at any rate: check that the board has power and benchmark firmware, that TX and RX are not swapped, and press its reset button.',
    busy: 'Port {port} is in use by another program: close terminals, IDEs and other runners, then ask the doctor again.',
    busyHeld: 'Port {port} is in use by {program} (process {pid}): close that program, then ask the doctor again.',
    permission: 'You may not open port {port}: ask the administrator of this computer for access to serial ports.',
    permissionGroup: 'You may not open port {port}: run "sudo usermod -aG {group} $USER", then log out and in again.',
    notFound: 'There is no port {port}: plug the board in and choose its port from the list of ports.',
    baudUnsupported: 'Port {port} cannot run at {baud} baud: choose 115200 baud and build the firmware for it.',
    cannotOpen: 'Port {port} cannot be opened ({reason}): unplug the board, wait five seconds and plug it in again.',
    openTimeout: 'Port {port} does not open: unplug the board, wait five seconds and plug it in again.',
    refused: 'Nothing listens at {port}: start the program that offers the DUT and compare the port numbers.',
    unreachable: 'The computer at {port} cannot be reached: check its name, the network and the firewall.',
    monitorHealthy:
      'The {model} at {port} answers (serial {serial}, firmware {firmware}) and its supply is off: you can measure with it.',
    ioManagerHealthy: 'The IO manager at {port} answers ({name}, {version}): the DUT can be reached through it.',
    instrumentFault: 'The instrument at {port} could be reached but not used: what it complained of stands below.',
    lost: 'The connection to {port} broke off while it was examined: check cable and power, then ask the doctor again.',
  },
} as const satisfies Messages;
