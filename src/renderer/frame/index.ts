export { default as AppFrame } from './AppFrame.vue';
export { useFrame } from './frame-state.ts';
