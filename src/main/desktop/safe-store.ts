import type { SafeStorage } from 'electron';

/** What the system encrypts for this login, and only this login can decrypt. */
export interface SafeStore {
  encrypt(text: string): Promise<Uint8Array>;
  decrypt(bytes: Uint8Array): Promise<string>;
}

/**
 * Electron's safe storage, by its asynchronous calls; undefined where what it offers is none. On Linux without a keyring Electron encrypts with a
 * password that everybody knows: that is no safe store.
 */
export async function findSafeStore(
  safeStorage: SafeStorage,
  platform: NodeJS.Platform,
): Promise<SafeStore | undefined> {
  if (!(await safeStorage.isAsyncEncryptionAvailable())) return undefined;
  // Which backend it is shows only after it was set up.
  if (platform === 'linux' && ['basic_text', 'unknown'].includes(safeStorage.getSelectedStorageBackend()))
    return undefined;
  return {
    encrypt: (text) => safeStorage.encryptStringAsync(text),
    decrypt: async (bytes) => (await safeStorage.decryptStringAsync(Buffer.from(bytes))).result,
  };
}
