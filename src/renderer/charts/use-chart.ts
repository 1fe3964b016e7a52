import { useDevicePixelRatio, useMutationObserver, usePreferredReducedMotion, useResizeObserver } from '@vueuse/core';
import { onBeforeUnmount, onMounted, shallowRef, watch } from 'vue';
import type { Ref, ShallowRef } from 'vue';
import { createChart } from './echarts.ts';
import type { Chart, ChartOption } from './echarts.ts';
import { readChartTheme } from './theme.ts';
import type { ChartTheme } from './theme.ts';

/**
 * Draws `option(theme)` into an element and keeps it true: at new data, at another size, theme or pixel density. The chart is
 * disposed of with its component.
 */
export function useChart(
  element: Readonly<ShallowRef<HTMLElement | null>>,
  option: (theme: ChartTheme) => ChartOption,
): { theme: Readonly<Ref<ChartTheme>> } {
  const { pixelRatio } = useDevicePixelRatio();
  const motion = usePreferredReducedMotion();
  const theme = shallowRef(readChartTheme(getComputedStyle(document.documentElement)));
  let chart: Chart | undefined;

  function draw(): void {
    chart?.setOption({ ...option(theme.value), animation: motion.value !== 'reduce' }, { notMerge: true });
  }

  function rebuild(): void {
    chart?.dispose();
    chart = element.value ? createChart(element.value, pixelRatio.value) : undefined;
    draw();
  }

  onMounted(() => {
    rebuild();
    // Text on the canvas is drawn once more when its font has come.
    void document.fonts?.ready.then(draw);
  });
  onBeforeUnmount(() => chart?.dispose());
  watch(pixelRatio, rebuild);
  watch(() => option(theme.value), draw);
  useResizeObserver(element, () => chart?.resize());
  useMutationObserver(
    document.documentElement,
    () => (theme.value = readChartTheme(getComputedStyle(document.documentElement))),
    { attributes: true, attributeFilter: ['data-theme', 'data-contrast'] },
  );
  return { theme };
}
