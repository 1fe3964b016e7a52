export { benchmarkOf, modeOf, roundOf, workloadOfBenchmark } from './names.ts';
export { placeOf } from './place.ts';
export { folderOf, nameOf } from './paths.ts';
export { surveyTree } from './survey.ts';
export { systemFinder } from './systems.ts';
export type { FoundRun, RunGroup, TreeSurvey } from './survey.ts';
