import { useClipboard } from '@vueuse/core';
import type { Ref } from 'vue';

/** Copies text; `copied` is true for a moment afterwards, so that the button can say so. */
export function useCopy(): { copied: Readonly<Ref<boolean>>; copy: (text: string) => Promise<void> } {
  const { copied, copy } = useClipboard({ legacy: true, copiedDuring: 1600 });
  return { copied, copy };
}
