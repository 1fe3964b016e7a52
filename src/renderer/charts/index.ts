export { default as ClockChart } from './ClockChart.vue';
export { default as ConfusionMatrix } from './ConfusionMatrix.vue';
export { default as ScoreBars } from './ScoreBars.vue';
export { default as WindowBars } from './WindowBars.vue';
