import type { MadeFile } from '../../shared/domain/made-file.ts';
import { bridged, useClient, useDesktop } from '../client/index.ts';

/**
 * Saves a file that the host made: on the desktop where a dialog says, in a browser as a download.
 * @returns false when the dialog was left.
 */
export function useSaveFile(): (file: MadeFile) => Promise<boolean> {
  const client = useClient();
  const desktop = useDesktop();
  return async ({ fileId, name }) => {
    if (desktop) {
      const path = await bridged(desktop.desktop.saveAs(name));
      if (path === undefined) return false;
      await client.call('file.save', { fileId, path });
      return true;
    }
    const link = document.createElement('a');
    link.href = madeUrl(fileId);
    link.download = name;
    link.click();
    return true;
  };
}

/** Where the page finds a made file, for previews. */
export function madeUrl(fileId: string): string {
  return `/made/${encodeURIComponent(fileId)}`;
}
