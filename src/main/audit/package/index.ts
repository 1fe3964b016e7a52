import type { Finding } from '../../../shared/domain/verdict.ts';
import { applyPackageRule, packageRuleBook } from '../../rules/index.ts';
import type { FileSource } from '../source/index.ts';
import type { TreeSurvey } from '../tree/index.ts';
import { findPackages } from './find-packages.ts';
import { packageEvidence } from './package-evidence.ts';
import type { PackageOptions } from './package-evidence.ts';

/** Judges every organisation's package in a tree; answers the rules that failed. */
export async function auditPackages(
  source: FileSource,
  survey: TreeSurvey,
  options: PackageOptions,
): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const found of findPackages(survey, source.context)) {
    options.signal?.throwIfAborted();
    const evidence = await packageEvidence(source, found, options);
    findings.push(...packageRuleBook.map((rule) => applyPackageRule(rule, evidence)).filter(isFailure));
  }
  return findings;
}

const isFailure = (finding: Finding): boolean => finding.outcome === 'failed';
