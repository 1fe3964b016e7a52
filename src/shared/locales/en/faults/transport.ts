import type { FaultWords } from '../../words.ts';

export const transportFaultWords = {
  'transport.badAddress': {
    what: '"{address}" is not a port name or address.',
    causes: ['The name is misspelt, or belongs to another operating system.'],
    remedies: [
      'Give a serial port (COM7, /dev/ttyACM0, /dev/cu.usbmodem1101) or tcp:HOST:PORT. `joulebench devices` lists the ports of this computer.',
    ],
  },
  'transport.notFound': {
    what: 'There is no port {port} on this computer.',
    causes: [
      'The board is not plugged in or has no power.',
      'It got another port name when it was plugged in again.',
      'Its driver is missing.',
    ],
    remedies: ['Plug the board in and look at `joulebench devices` for its present port name.'],
  },
  'transport.busy': {
    what: 'Port {port} is in use by another program.',
    causes: [
      'A terminal program, an IDE or another benchmark runner has it open.',
      'An earlier Joulebench still runs.',
    ],
    remedies: ['Close that program and try again.', 'If you find none, unplug the board and plug it in again.'],
  },
  'transport.busyHeld': {
    what: 'Port {port} is in use by {program} (process {pid}).',
    causes: ['{program} has the port open.'],
    remedies: ['Close {program} and try again.'],
  },
  'transport.permissionGroup': {
    what: 'You may not open port {port}: it belongs to the group {group}.',
    causes: [
      'Your user is not a member of the group {group}.',
      'You were added to the group but have not logged in again since.',
    ],
    remedies: [
      'Run `sudo usermod -aG {group} $USER`, log out and in again.',
      'Or let a udev rule give the board to everyone who sits at this computer (TAG+="uaccess").',
    ],
  },
  'transport.permission': {
    what: 'You may not open port {port}.',
    causes: [
      'The system gives this port to another user.',
      'A sandbox or security setting keeps the application from serial ports.',
    ],
    remedies: ['Ask the administrator of this computer for access to serial ports.'],
  },
  'transport.baudUnsupported': {
    what: 'Port {port} cannot run at {baud} baud.',
    causes: ['The USB bridge or its driver does not know this rate.'],
    remedies: ['Choose a usual rate (9600, 115200, 921600) and build the firmware for the same.'],
  },
  'transport.openFailed': {
    what: 'Port {port} could not be opened: {reason}.',
    causes: ['The driver of the USB bridge is in trouble.'],
    remedies: ['Unplug the board, wait five seconds, plug it in again.', 'Try another cable or USB socket.'],
  },
  'transport.openTimeout': {
    what: 'Port {port} did not open within {deadlineS} s.',
    causes: ['The driver hangs, or nothing answers at that address.'],
    remedies: [
      'Unplug the board and plug it in again; for an address, check that the other computer is on and reachable.',
    ],
  },
  'transport.refused': {
    what: 'Nothing listens at {address}.',
    causes: ['The program that offers the DUT has not been started, or listens at another port number.'],
    remedies: ['Start it and compare the port numbers.'],
  },
  'transport.unknownHost': {
    what: 'There is no computer called "{host}".',
    causes: ['The name is misspelt, or this computer is not on that network.'],
    remedies: ['Check the name, or use the numeric address.'],
  },
  'transport.unreachable': {
    what: 'The computer at {address} cannot be reached.',
    causes: ['It is off or on another network.', 'A firewall is in the way.'],
    remedies: ['Check cable, network and firewall.'],
  },
  'transport.unplugged': {
    what: 'The device at {port} is gone.',
    causes: ['The USB cable was pulled or has a bad contact.', 'The board lost its power or its USB bridge crashed.'],
    remedies: ['Check cable and power, plug the board in again, then resume.'],
  },
  'transport.lost': {
    what: 'The connection to {port} was ended by the other side.',
    causes: ['The program or device at the other end stopped.'],
    remedies: ['Start it again and resume.'],
  },
  'transport.closed': {
    what: 'The connection to {port} is closed.',
    causes: ['It was closed while something still wanted to use it.'],
    remedies: ['Start the action again.'],
  },
  'transport.writeFailed': {
    what: 'Sending to {port} failed: {reason}.',
    causes: ['The USB connection is disturbed.'],
    remedies: ['Plug the board in again; try another cable or USB socket.'],
  },
  'transport.linesUnsupported': {
    what: 'Port {port} cannot switch the control lines DTR and RTS.',
    causes: ['The port is no real serial port, or its USB bridge has no such lines.'],
    remedies: ['Leave the settings for DTR and RTS empty.'],
  },
  'transport.listFailed': {
    what: 'The serial ports of this computer could not be listed: {reason}.',
    causes: ['On Linux the program udevadm is missing.'],
    remedies: ['Name the port yourself, for example /dev/ttyACM0.'],
  },
} satisfies Record<string, FaultWords>;
