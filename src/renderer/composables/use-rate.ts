import { ref, watch } from 'vue';
import type { Ref } from 'vue';

/** How long the rate looks back, in milliseconds. */
const spanMs = 5000;

/** How fast a count grows by the reader's clock, per second, over the last few seconds; undefined while it does not count. */
export function useRate(count: () => number | undefined): Readonly<Ref<number | undefined>> {
  const rate = ref<number>();
  let points: { atMs: number; count: number }[] = [];

  watch(
    count,
    (value) => {
      if (value === undefined) {
        points = [];
        rate.value = undefined;
        return;
      }
      const nowMs = performance.now();
      points = [...points.filter((point) => nowMs - point.atMs <= spanMs), { atMs: nowMs, count: value }];
      const [first] = points;
      if (first && nowMs - first.atMs > 500) rate.value = ((value - first.count) * 1000) / (nowMs - first.atMs);
    },
    { immediate: true },
  );
  return rate;
}
