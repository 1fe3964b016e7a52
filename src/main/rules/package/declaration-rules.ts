import type { EvidenceRef } from '../../../shared/domain/verdict.ts';
import { everyRound, failed, notApplicable, passed } from '../rule.ts';
import type { CheckResult } from '../rule.ts';
import { declared } from './declarations.ts';
import type { Declared, DeclarationQuestion } from './declarations.ts';
import type { PackageEvidence, SystemEvidence } from './evidence.ts';
import { officialModels } from './official-models.ts';
import type { PackageRule } from './package-rule.ts';

const common = { scope: 'package', rounds: everyRound, officialChecker: 'no' } satisfies Partial<PackageRule>;

/** Questions behind each rule; one of every group has to be answered. */
const asked = {
  'DIV-01': [
    ['outsideCalibration'],
    ['forbidden', 'retraining', 'weightReplacement', 'pruning', 'timedWeights', 'congruent'],
  ],
  'DIV-02': [['referenceProcessing']],
  'DIV-04': [['sameCode']],
  'DIV-05': [['caching', 'foreknowledge']],
  'CAT-01': [['availability']],
  'CAT-02': [['previewPlan']],
} as const satisfies Record<string, readonly (readonly DeclarationQuestion[])[]>;

/**
 * Round in which a system that was shown as a preview has to be available. All of these rounds came out more than 140 days after the
 * one before, so the rule's next submission is simply the next round. Later rounds are not known here.
 */
const nextRounds: Readonly<Record<string, string>> = {
  'v0.5': 'v0.7',
  'v0.7': 'v1.0',
  'v1.0': 'v1.1',
  'v1.1': 'v1.2',
  'v1.2': 'v1.3',
};

const declaredIn = ({ declarations }: PackageEvidence, rule: keyof typeof asked): Declared =>
  declared(declarations, asked[rule]);

const undecided = {
  absent: 'declarationAbsent',
  unanswered: 'declarationUnanswered',
  unreadable: 'declarationUnreadable',
} as const;

/** A wrong answer breaks the rule; anything but a right one leaves it to a person. */
function judged(found: Declared, { checklists, folder }: PackageEvidence): CheckResult {
  if (found.outcome === 'right') return passed();
  if (found.outcome === 'wrong') return failed({}, found.refs, { message: found.question });
  // A form that does not ask is as good as none.
  const papers = checklists.map(({ file }) => ({ file }));
  const places = found.refs.length > 0 ? found.refs : papers.length > 0 ? papers : [{ file: folder }];
  return failed({}, places, { message: undecided[found.outcome], severity: 'I' });
}

/** DIV-01. A model file with other bytes than the official ones may still have their weights, so it is a remark. */
function checkWeights(evidence: PackageEvidence): CheckResult {
  if (evidence.division !== 'closed') return notApplicable('notClosed');
  const found = declaredIn(evidence, 'DIV-01');
  const unknown = evidence.models.filter(({ sha256 }) => !Object.hasOwn(officialModels, sha256));
  const trained = evidence.systems.filter(isTrained);
  if (found.outcome === 'right' && trained[0])
    return failed({ system: trained[0].system }, descriptionsOf(trained), { message: 'described', severity: 'I' });
  if (found.outcome !== 'right' || unknown.length === 0) return judged(found, evidence);
  return failed(
    { count: unknown.length, first: unknown[0]?.file ?? '' },
    unknown.map(({ file }) => ({ file })),
    { message: 'otherModel', severity: 'I' },
  );
}

/** A description that speaks of training; reference weights may have been trained in such a way, so a person has to look. */
function isTrained({ fields }: SystemEvidence): boolean {
  const framework = (fields.get('Training framework (open division)') ?? '').trim();
  const method = fields.get('Quantization Method') ?? '';
  return !/^(?:|-|n\/?a|none|no)$/i.test(framework) || /aware[- ]training|\bQAT\b|re-?train|fine-?tun/i.test(method);
}

/** DIV-02. */
function checkProcessing(evidence: PackageEvidence): CheckResult {
  if (evidence.division !== 'closed') return notApplicable('notClosed');
  return judged(declaredIn(evidence, 'DIV-02'), evidence);
}

/** DIV-04. What a device says of itself in the logs can speak against a declaration, never for one. */
function checkSameCode(evidence: PackageEvidence): CheckResult {
  const found = declaredIn(evidence, 'DIV-04');
  const [first] = evidence.otherFirmware;
  if (found.outcome === 'wrong' || !first) return judged(found, evidence);
  const facts = { count: evidence.otherFirmware.length, folder: first.folder };
  const places = evidence.otherFirmware.flatMap(({ refs }) => refs);
  return failed(facts, places, { message: 'otherFirmware', severity: 'W' });
}

/** DIV-05. A later window that is faster with the same input is a sign, and no proof. */
function checkCaching(evidence: PackageEvidence): CheckResult {
  const found = declaredIn(evidence, 'DIV-05');
  const drops = [...evidence.runtimeDrops].sort((a, b) => b.fraction - a.fraction);
  const [largest] = drops;
  if (found.outcome === 'wrong' || !largest) return judged(found, evidence);
  const facts = { count: drops.length, input: largest.input, percent: Number((largest.fraction * 100).toFixed(1)) };
  return failed(
    facts,
    drops.flatMap(({ refs }) => refs),
    { message: 'faster', severity: 'W' },
  );
}

const withStatus = ({ systems }: PackageEvidence, status: string): SystemEvidence[] =>
  systems.filter(({ fields }) => (fields.get('Status') ?? '').trim().toLowerCase() === status);

const descriptionsOf = (systems: readonly SystemEvidence[]): EvidenceRef[] =>
  systems.flatMap(({ file }) => (file === null ? [] : [{ file }]));

/** CAT-01. */
function checkAvailable(evidence: PackageEvidence): CheckResult {
  const systems = withStatus(evidence, 'available');
  if (systems.length === 0) return notApplicable('noAvailable');
  return judged(declaredIn(evidence, 'CAT-01'), evidence);
}

/** CAT-02. Whether it came true is in the results of a later round. */
function checkPreview(evidence: PackageEvidence): CheckResult {
  const systems = withStatus(evidence, 'preview');
  const [first] = systems;
  if (!first) return notApplicable('noPreview');
  const found = declaredIn(evidence, 'CAT-02');
  if (found.outcome === 'wrong') return judged(found, evidence);
  const next = evidence.round !== null && Object.hasOwn(nextRounds, evidence.round) ? nextRounds[evidence.round] : null;
  const facts = { count: systems.length, system: first.system, ...(next ? { next } : {}) };
  return failed(facts, descriptionsOf(systems), { message: next ? 'later' : 'undecided', severity: 'I' });
}

/** NAME-01. */
function checkName({ claims, division, unverified }: PackageEvidence): CheckResult {
  const [claim] = unverified ? claims : [];
  if (claim) return failed({ text: claim.text }, refsOfClaims(claims), { message: 'unverified' });
  const plain = division === 'open' ? claims.filter(({ open }) => !open) : [];
  const [first] = plain;
  return first ? failed({ text: first.text }, refsOfClaims(plain)) : passed();
}

const refsOfClaims = (claims: PackageEvidence['claims']): EvidenceRef[] => claims.map(({ ref }) => ref);

/** CLS-01. */
function checkScenario({ scenarios }: PackageEvidence): CheckResult {
  const [first] = scenarios;
  return first
    ? failed(
        { scenario: first.name },
        scenarios.map(({ ref }) => ref),
      )
    : passed();
}

export const declaredDivisionRules: readonly PackageRule[] = [
  { ...common, id: 'DIV-01', severity: 'E', check: checkWeights },
  { ...common, id: 'DIV-02', severity: 'E', check: checkProcessing },
  { ...common, id: 'DIV-04', severity: 'E', check: checkSameCode },
  { ...common, id: 'DIV-05', severity: 'E', check: checkCaching },
];

export const declaredCategoryRules: readonly PackageRule[] = [
  { ...common, id: 'CAT-01', severity: 'E', check: checkAvailable },
  { ...common, id: 'CAT-02', severity: 'W', check: checkPreview },
];

export const nameRules: readonly PackageRule[] = [
  { ...common, id: 'NAME-01', severity: 'E', check: checkName },
  { ...common, id: 'CLS-01', severity: 'I', check: checkScenario },
];
