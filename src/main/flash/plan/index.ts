export { flashableBoard } from './board.ts';
export { explainLayout } from './layout.ts';
export { planFlash } from './plan.ts';
