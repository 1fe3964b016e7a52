import type { DeclarationQuestion } from '../../rules/index.ts';

/**
 * How forms ask. A `question` is followed by its answer; a `technique` is one of a list, with a box before it or an answer behind it.
 * `inverse` where the form asks for the opposite of our question.
 */
export interface AskedForm {
  question: DeclarationQuestion;
  kind: 'question' | 'technique';
  /** With the flags `gi`; line breaks are blanks. */
  pattern: RegExp;
  inverse?: true;
}

const question = (id: DeclarationQuestion, pattern: RegExp, inverse?: true): AskedForm => ({
  question: id,
  kind: 'question',
  pattern: new RegExp(pattern.source, 'gi'),
  ...(inverse ? { inverse } : {}),
});

/** Stands at the beginning of its line, behind a bullet, a number and a box. */
const technique = (id: DeclarationQuestion, pattern: RegExp): AskedForm => ({
  question: id,
  kind: 'technique',
  pattern: new RegExp(`(?<=^[-*|\\u2022\\d.) ]{0,12}(?:\\[[x ]\\] ?)?)(?:${pattern.source})`, 'gim'),
});

/** Wordings of the official forms and of our own. Source: results and submission, section 9. */
export const askedForms: readonly AskedForm[] = [
  question('sameCode', /same code\s+(?:\w+\s+){0,2}in\s+(?:both\s+)?accuracy\s+and\s+performance\s+modes?/),
  question(
    'outsideCalibration',
    /calibrated\s+(?:using|with)\s+data\s+(?:from\s+)?outside\s+(?:of\s+)?the\s+calibration\s+(?:data\s*)?set/,
  ),
  question('outsideCalibration', /calibration data (?:are|is|was|were) outside (?:of )?the validation set/, true),
  question('forbidden', /forbidden techniques? (?:was|were|is|are) used/),
  question('forbidden', /forbidden techniques? (?:was|were|is|are) not used/, true),
  question(
    'congruent',
    /congruent\s+with\s+(?:all\s+)?(?:of\s+)?(?:the\s+)?(?:relevant\s+)?(?:MLPerf\s+)?(?:Tiny\s+)?(?:\w+\s+)?rules/,
  ),
  question(
    'referenceProcessing',
    /pre-?\s?(?:and|\/)\s?post-?processing\s+(?:is|are)\s+(?:the\s+same\s+)?as\s+in\s+the\s+reference/,
  ),
  question('availability', /available\s+systems?\s+can\s+be\s+(?:bought|purchased)\s+or\s+downloaded/),
  question('previewPlan', /preview\s+systems?\s+will\s+be\s+available/),
  technique(
    'retraining',
    /(?:the (?:model|weights) (?:was|were) )?(?:re-?trained|re-?training|trained again|fine-?tuned|fine-?tuning)\b/,
  ),
  technique('weightReplacement', /(?:wholesale )?weight (?:replacement|supplements?)/),
  technique('pruning', /pruning\b|discarding non-?zero weight/),
  technique('timedWeights', /modifying weights during the timed/),
  technique('caching', /caching (?:of )?(?:techniques|queries|inputs|responses|results|intermediate)/),
  technique(
    'foreknowledge',
    /hard[- ]?coding the|using knowledge of the|incorporating explicit statistical|techniques that (?:boost|only improve|take advantage)/,
  ),
];

/** Ends a list of techniques: ticked, none of them was used. */
export const noneOfThem = /(?<=\[([x ])\] ?)none of (?:the above|these|them)/gi;
