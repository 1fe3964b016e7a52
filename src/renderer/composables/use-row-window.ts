import { useElementSize, useScroll } from '@vueuse/core';
import { computed } from 'vue';
import type { ComputedRef, Ref } from 'vue';

export interface RowWindow<T> {
  /** The rows on the screen (and a few beside it) with their index in the whole list. */
  visible: ComputedRef<readonly { index: number; row: T }[]>;
  /** Keeps the scroll bar true and the rows in place. */
  padding: ComputedRef<{ paddingTop: string; paddingBottom: string }>;
  scrollToEnd: () => void;
  atEnd: () => boolean;
}

/**
 * Renders only the rows of a long list that can be seen; all rows are `rowPx` high.
 * @param overscan rows beside those on the screen; tall rows need fewer
 */
export function useRowWindow<T>(
  container: Readonly<Ref<HTMLElement | null>>,
  rows: () => readonly T[],
  rowPx: number,
  overscan = 6,
): RowWindow<T> {
  const { height } = useElementSize(container);
  const { y } = useScroll(container);

  const range = computed(() => {
    const count = rows().length;
    const first = Math.max(0, Math.min(count, Math.floor(y.value / rowPx)) - overscan);
    const last = Math.min(count, Math.ceil((y.value + Math.max(height.value, rowPx)) / rowPx) + overscan);
    return { count, first: Math.min(first, last), last };
  });

  return {
    visible: computed(() =>
      rows()
        .slice(range.value.first, range.value.last)
        .map((row, offset) => ({ index: range.value.first + offset, row })),
    ),
    padding: computed(() => ({
      paddingTop: `${range.value.first * rowPx}px`,
      paddingBottom: `${(range.value.count - range.value.last) * rowPx}px`,
    })),
    scrollToEnd() {
      const element = container.value;
      if (element) element.scrollTop = element.scrollHeight;
    },
    atEnd() {
      const element = container.value;
      return element === null || element.scrollTop + element.clientHeight >= element.scrollHeight - rowPx;
    },
  };
}
