import type { FaultWords } from '../../words.ts';

const reload = 'Reload the window; a run goes on meanwhile and is shown again.';
const defect = 'A defect in Joulebench.';
const sendLog = 'Send the log to the maintainers.';

export const apiFaultWords = {
  'api.unknownProcedure': {
    what: 'The window asked the host for "{procedure}", which the host does not have.',
    causes: ['The window and the host are of different versions.'],
    remedies: [reload, 'Restart Joulebench.'],
  },
  'api.badInput': {
    what: 'A value for "{procedure}" was not accepted: {field}: {problem}',
    causes: ['A field is empty, too long or out of range.'],
    remedies: ['Correct the field "{field}" and try again.'],
  },
  'api.badOutput': {
    what: 'The host gave an answer to "{procedure}" that it must not give: {field}: {problem}',
    causes: [defect],
    remedies: [sendLog],
  },
  'api.deadline': {
    what: 'The host did not finish "{procedure}" within {deadlineS} seconds.',
    causes: ['An instrument does not answer.', 'The computer is very busy.'],
    remedies: ['Look at the bench: is every instrument plugged in and powered?', 'Try again.'],
  },
  'api.tooManyCalls': {
    what: 'One window has more than {limit} requests under way.',
    causes: [defect],
    remedies: [reload, sendLog],
  },
  'api.connectionLost': {
    what: 'The window lost its connection to the host.',
    causes: ['The host was ended or restarted.', 'The computer slept.'],
    remedies: [reload, 'If that does not help, start Joulebench again: sessions resume where they stopped.'],
  },
  'api.noAnswer': {
    what: 'The host did not answer within {waitS} seconds.',
    causes: ['The host is still starting, or is very busy.', 'The host has failed.'],
    remedies: [reload, 'Start Joulebench again and look at its log.'],
  },
  'api.contractMismatch': {
    what: 'This window speaks version {page} of the contract, the host version {host}.',
    causes: ['Joulebench was updated while the window was open.'],
    remedies: ['Reload the window.', 'Restart Joulebench.'],
  },
  'api.messageTooLarge': {
    what: 'A message of {bytes} bytes is larger than the {limitBytes} bytes that may be sent at once.',
    causes: [defect],
    remedies: [sendLog],
  },
  'api.notSendable': {
    what: 'A message holds a value of kind {kind} at "{place}", which cannot be sent.',
    causes: [defect],
    remedies: [sendLog],
  },
  'api.badFrame': {
    what: 'A message between window and host was damaged: {problem}',
    causes: ['Another program spoke on this connection.', defect],
    remedies: [reload],
  },
  'api.topicBroken': {
    what: 'The window cannot follow "{topic}": steps are missing again and again.',
    causes: [defect],
    remedies: [reload, sendLog],
  },
  'api.portInUse': {
    what: 'Port {port} of {address} is already in use by another program.',
    causes: ['Another `joulebench serve` runs with this port.', 'Another program listens there.'],
    remedies: ['Give another port, or none: a free one is then taken.', 'End the other program.'],
  },
  'api.portRefused': {
    what: 'The system does not allow this user to listen on port {port} of {address}.',
    causes: ['Ports below 1024 are reserved.'],
    remedies: ['Give a port above 1023, or none: a free one is then taken.'],
  },
  'api.notLoopback': {
    what: 'Joulebench serves its page to this computer only, not on {address}.',
    causes: ['An address other than 127.0.0.1 or ::1 was given.'],
    remedies: ['Leave the address out. To use the page from elsewhere, forward the port over SSH.'],
  },
  'api.pageMissing': {
    what: 'The page is not built: there is no index.html in {folder}.',
    causes: ['Joulebench runs from its sources and was never built.'],
    remedies: ['Run `npm run build`, then try again.'],
  },
} satisfies Record<string, FaultWords>;
