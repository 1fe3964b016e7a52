import type { Messages } from '../words.ts';

/** Who signed a session: words that screens, command line and report share. */
export const signingWords = {
  role: { operator: 'Operator', reviewer: 'Reviewer' },
  /** What a person puts their name to. */
  statement: { operator: 'I measured this.', reviewer: 'I reviewed this.' },
  by: { operator: 'Measured by {name}', reviewer: 'Reviewed by {name}' },
  covers: 'Signatures cover the sealed session: every file of its manifest, the journal, the verdicts.',
  fingerprint: 'Key {fingerprint}',
  kept: {
    system: "The key is kept in this system's safe store: whoever is logged in as you can sign with it.",
    passphrase: 'The key is kept in a file of yours, encrypted with your passphrase.',
    memory:
      'The key is not kept: there is no safe store here and no passphrase was given. It signs until Joulebench ends; the next time you sign with a new key.',
  },
  keptShort: { system: 'key in the safe store', passphrase: 'key with passphrase', memory: 'key not kept' },
  trust: {
    own: 'your own key on this computer',
    known: 'known as {name}, first seen {date}',
    new: 'first seen now: compare the fingerprint with its owner',
  },
  holds: 'holds',
  broken: 'does not hold any more',
  keys: {
    heading: 'Keys of this computer:',
    own: '  {fingerprint}  {name} ({kept}, made {date})',
    noOwn: '  none; a key is made with the first signature',
    known: 'Keys of signatures seen here:',
    other: '  {fingerprint}  {name} (first seen {date} in {session})',
    noOther: '  none',
    renamed: '{fingerprint} is known as {name} from now on.',
  },
  cli: {
    signed: '{session}: signed by {name} ({role}) with key {fingerprint}.',
    sameKey: 'The same key signed in both roles: the signatures show no second pair of eyes.',
    line: '  {role} {name}, {date}: {state}. Key {fingerprint} ({trust}).',
    remark: '    “{remark}”',
    passphrase: 'Passphrase of the key of {name}: ',
    newPassphrase: 'Passphrase for a new key of {name} (empty: the key is not kept): ',
    again: 'The same again: ',
  },
} as const satisfies Messages;
