export { makePackage } from './make.ts';
export type { PackageRequest, PackageTools } from './make.ts';
export { planPackage } from './plan.ts';
export type { MaterialFile, MaterialRun, MemoryLine, PackagePlan, PackagePlanInput, PlannedFile } from './types.ts';
