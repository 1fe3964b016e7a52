export { default as ClockChart } from './ClockChart.vue';
export { default as ConfusionMatrix } from './ConfusionMatrix.vue';
export { default as ScoreBars } from './ScoreBars.vue';
export { default as WindowBars } from './WindowBars.vue';
export { default as EnergyBars } from './EnergyBars.vue';
export { default as PowerPlot } from './trace/PowerPlot.vue';
export { lengthOf, niceTop } from './trace/plot-view.ts';
export type { PlotColumns, PlotView } from './trace/plot-view.ts';
export type { PlotBand, PlotMarker, PlotPicture } from './trace/plot-picture.ts';
