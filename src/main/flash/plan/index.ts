export { explainLayout } from './layout.ts';
export { planFlash } from './plan.ts';
