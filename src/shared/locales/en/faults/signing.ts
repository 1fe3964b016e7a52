import type { FaultWords } from '../../words.ts';

export const signingFaultWords = {
  'signing.notClosed': {
    what: 'Session {sessionId} is not finished and cannot be signed.',
    causes: ['A run was interrupted or is still going on, so the session has no seal that a signature could cover.'],
    remedies: ['Resume the session and let it come to its end, then sign it.'],
  },
  'signing.doesNotHold': {
    what: 'Session {sessionId} does not hold, so it cannot be signed: {first}',
    causes: ['A file was changed, removed or added after the session was sealed. Problems found: {problems}.'],
    remedies: ['Look at the result of the verification.', 'Take the session from a backup, or measure again.'],
  },
  'signing.roleSigned': {
    what: 'The session is already signed by {name} in this role.',
    causes: ['Each role has one signature.'],
    remedies: ['Sign in the other role.', 'Replace the signature with --replace if it was made by mistake.'],
  },
  'signing.nameInvalid': {
    what: 'A name of 1 to 120 characters on one line is needed.',
    causes: ['The name is empty, too long, or has characters that cannot be printed.'],
    remedies: ['Give the name as it shall stand on the report.'],
  },
  'signing.keyElsewhere': {
    what: "The signing key of {name} is kept in the system's safe store, which cannot be opened here.",
    causes: [
      'The key was made in the desktop window; the command line and the browser cannot open that store.',
      'The keyring is locked, or belongs to another login or computer.',
    ],
    remedies: ['Sign in the desktop window, logged in as the person who made the key.', 'Unlock the keyring.'],
  },
  'signing.passphraseNeeded': {
    what: 'The signing key of {name} is encrypted: its passphrase is needed.',
    causes: ['The key was made with a passphrase.'],
    remedies: ['Give the passphrase. On the command line: at the prompt, or in JOULEBENCH_PASSPHRASE.'],
  },
  'signing.passphraseWrong': {
    what: 'The passphrase does not open the signing key of {name}.',
    causes: ['It is misspelt.', 'The key file was changed.'],
    remedies: ['Type the passphrase again.', 'A lost passphrase cannot be recovered: sign under another name.'],
  },
  'signing.passphraseShort': {
    what: 'The passphrase is too short: at least {least} characters are needed.',
    causes: ['Short passphrases are guessed too fast.'],
    remedies: ['Choose a longer one; several words are easy to remember.'],
  },
  'signing.passphrasesDiffer': {
    what: 'The two passphrases differ. Nothing was signed.',
    causes: ['One of them is misspelt.'],
    remedies: ['Sign again and type the same passphrase twice.'],
  },
  'signing.noKey': {
    what: 'No signing key of {name} is kept on this computer.',
    causes: ['Nobody has signed under this name here.', 'The name is spelt differently.'],
    remedies: ['List the keys with joulebench keys. A key is made with the first signature.'],
  },
  'signing.keyDamaged': {
    what: 'The key file {path} cannot be read.',
    causes: ['It was edited or is damaged.', 'It comes from a newer version of Joulebench.'],
    remedies: ['Take the file from a backup.', 'Move it away: a new key is made with the next signature.'],
  },
  'signing.keyUnknown': {
    what: 'The fingerprint {fingerprint} fits {matches} known keys; exactly one is needed.',
    causes: ['Too few digits were given, or the key was never seen on this computer.'],
    remedies: ['List the keys with joulebench keys and give more digits.'],
  },
} satisfies Record<string, FaultWords>;
