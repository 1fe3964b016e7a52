import { metadataRules } from './metadata-rules.ts';
import type { PackageRule } from './package-rule.ts';

export type { PackageEvidence, SystemEvidence } from './evidence.ts';
export { applyPackageRule } from './package-rule.ts';
export type { PackageRule } from './package-rule.ts';

/** The rules about packages, in the order of the book. Source: results and submission, Part D. */
export const packageRuleBook: readonly PackageRule[] = [...metadataRules];
