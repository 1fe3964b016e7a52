export { makePackage } from './make.ts';
export type { PackageRequest, PackageTools, RequestedSystem } from './make.ts';
export type { SessionTools } from './tools.ts';
export { planPackage } from './plan.ts';
export { emptyDescription, readDescription } from './read-description.ts';
export type {
  MaterialFile,
  MaterialRun,
  MemoryLine,
  PackagePlan,
  PackagePlanInput,
  PackageSystem,
  PlannedFile,
} from './types.ts';
