import { declaredCategoryRules, declaredDivisionRules, nameRules } from './declaration-rules.ts';
import { categoryRules, documentRules, metadataRules } from './metadata-rules.ts';
import type { PackageRule } from './package-rule.ts';
import { divisionRules, entryRules, runFolderRules, treeRules } from './tree-rules.ts';

export { declarationQuestions } from './declarations.ts';
export type { DeclarationAnswer, DeclarationEvidence, DeclarationQuestion } from './declarations.ts';
export type { EntryEvidence, PackageEvidence, SystemEvidence } from './evidence.ts';
export { applyPackageRule } from './package-rule.ts';
export type { PackageRule } from './package-rule.ts';
export { fileLimits } from './tree-rules.ts';

/** The rules about packages, in the order of the book. Source: results and submission, Part D. */
export const packageRuleBook: readonly PackageRule[] = [
  ...treeRules,
  ...metadataRules,
  ...entryRules,
  ...documentRules,
  ...runFolderRules,
  ...declaredDivisionRules,
  ...divisionRules,
  ...declaredCategoryRules,
  ...categoryRules,
  ...nameRules,
];
