import type { KeyTrust } from '../../shared/domain/signature.ts';
import { toFault } from '../../shared/fault/index.ts';
import type { KeyRing } from './key-ring.ts';
import type { KnownKeys, SeenKey } from './known-keys.ts';

export interface TrustedKey {
  trust: KeyTrust;
  /** Worth asking about; their words stand under `verify.<key>` in the locales. */
  remarks: { key: string; values: Record<string, string | number> }[];
}

export interface TrustPlaces {
  keys: KeyRing;
  knownKeys: KnownKeys;
}

/**
 * What this computer knows of the keys behind signatures, in their order; new ones are remembered (trust on first use). A list that cannot
 * be read or written makes every key a new one and is a remark: the signatures hold or not without it.
 */
export async function trustKeys(
  signers: readonly SeenKey[],
  sessionId: string,
  { keys, knownKeys }: TrustPlaces,
): Promise<TrustedKey[]> {
  if (signers.length === 0) return [];
  const own = await keys.list();
  let opinions: Awaited<ReturnType<KnownKeys['see']>>;
  try {
    opinions = await knownKeys.see(signers, sessionId);
  } catch (error) {
    const remark = { key: 'knownKeysUnreadable', values: { reason: toFault(error).code } };
    return signers.map(() => ({ trust: { kind: 'new' }, remarks: [remark] }));
  }
  return signers.map(({ publicKey, name }, i) => {
    const mine = own.find((key) => key.publicKey === publicKey);
    const opinion = opinions[i] ?? { trust: { kind: 'new' as const }, otherKeysOfName: [] };
    const trust: KeyTrust = mine ? { kind: 'own', name: mine.name } : opinion.trust;
    const remarks: TrustedKey['remarks'] = [];
    if (trust.kind !== 'new' && trust.name !== name)
      remarks.push({ key: 'signatureKeyName', values: { name, known: trust.name } });
    // A key that was seen before is no news, whatever else signed under its name.
    if (trust.kind === 'new')
      for (const fingerprint of opinion.otherKeysOfName)
        remarks.push({ key: 'signatureOtherKey', values: { name, fingerprint } });
    return { trust, remarks };
  });
}
