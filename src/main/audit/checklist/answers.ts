import type { DeclarationAnswer, DeclarationQuestion } from '../../rules/index.ts';
import { askedForms, noneOfThem } from './questions.ts';
import type { AskedForm } from './questions.ts';

/** An answer in a text, and the line (from 1) on which its question begins. */
export interface ReadAnswer {
  question: DeclarationQuestion;
  answer: DeclarationAnswer;
  line: number;
}

/** How far behind its question an answer may stand. */
const mostAnswerCharacters = 400;
const mostAnswerLines = 6;
/** Answers of one paper; a form asks for some twenty. */
const mostAnswers = 500;

/** The answers that the lines of a filled form give. */
export function readAnswers(lines: readonly string[]): ReadAnswer[] {
  const text = lines.map(withBoxes).join('\n');
  const found = askedForms
    .flatMap((form) =>
      Array.from(text.matchAll(form.pattern), ({ index, 0: words }) => ({ form, index, end: index + words.length })),
    )
    .sort((a, b) => a.index - b.index)
    .slice(0, mostAnswers);
  const ticked = isListAnswered(text, found);
  const lineAt = lineCounter(text);
  return found.map(({ form, index, end }, k) => {
    const limit = Math.min(found[k + 1]?.index ?? text.length, end + mostAnswerCharacters);
    const answer = answerOf(form, text, { index, end, limit }, ticked);
    return { question: form.question, answer: form.inverse ? opposite(answer) : answer, line: lineAt(index) };
  });
}

interface Found {
  form: AskedForm;
  index: number;
}

/** Empty boxes of a list mean "no" where somebody ticked anything in it, and nothing where nobody did. */
function isListAnswered(text: string, found: readonly Found[]): boolean {
  const boxes = found.flatMap(({ form, index }) => (form.kind === 'technique' ? [boxBefore(text, index)] : []));
  return boxes.includes('x') || Array.from(text.matchAll(noneOfThem)).some((match) => match[1]?.toLowerCase() === 'x');
}

/** The box in front of a place, on its own line. */
function boxBefore(text: string, index: number): 'x' | ' ' | undefined {
  const box = /\[([x ])\] ?$/.exec(text.slice(Math.max(0, index - 6), index))?.[1];
  return box === 'x' || box === ' ' ? box : undefined;
}

function answerOf(
  form: AskedForm,
  text: string,
  { index, end, limit }: { index: number; end: number; limit: number },
  ticked: boolean,
): DeclarationAnswer {
  const box = form.kind === 'technique' ? boxBefore(text, index) : undefined;
  if (box === 'x') return 'yes';
  if (box === ' ') return ticked ? 'no' : 'unanswered';
  return answerIn(text.slice(end, limit));
}

/** The answer behind a question: a ticked box beside "yes" or "no", or one of the words alone. */
function answerIn(behind: string): DeclarationAnswer {
  // The rest of the question itself, then the answer; the next question ends it.
  const question = /^[^?:\n]{0,200}(?:\n[^?:\n]{1,200}){0,2}[?:]/.exec(behind)?.[0] ?? '';
  const isAnswered = /\[[x ]\]|\b(?:yes|no)\b/i.test(question);
  const rest = behind
    .slice(isAnswered ? 0 : question.length)
    .split('\n')
    .slice(0, mostAnswerLines)
    .join('\n');
  const next = rest.indexOf('?');
  const answer = next < 0 ? rest : rest.slice(0, Math.max(0, rest.lastIndexOf('\n', next)));
  if (/\[[x ]\]/.test(answer)) return boxedAnswer(answer);
  const words = answer.replace(/\((?:check|choose|select|mark)[^)]{0,40}\)/gi, '').replace(/^[\s:*_|.-]+/, '');
  const word = /^(yes|no|none|n\/a|not used|not applicable)\b/i.exec(words)?.[1]?.toLowerCase();
  if (word === undefined)
    return /^\(?[\w]/.test(words) && !/^\(to be answered\)/i.test(words) ? 'unreadable' : 'unanswered';
  // Both words side by side are what could be ticked.
  if (/^(?:yes|no)[\s/|,_]{1,8}(?:or\s)?(?:yes|no)\b/i.test(words)) return 'unanswered';
  return word === 'yes' ? 'yes' : 'no';
}

/** Boxes stand all before their words or all behind them. */
function boxedAnswer(answer: string): DeclarationAnswer {
  const tokens = Array.from(answer.matchAll(/\[([x ])\]|\b(yes|no)\b/gi), ({ 1: box, 2: word }) => ({
    box: box?.toLowerCase(),
    word: word?.toLowerCase(),
  }));
  const boxFirst = tokens[0]?.box !== undefined;
  const ticked = new Set<string>();
  // The second "yes" belongs to another question.
  const again = tokens.findIndex(
    ({ word }, k) => word !== undefined && tokens.slice(0, k).some((one) => one.word === word),
  );
  const own = again < 0 ? tokens : tokens.slice(0, boxFirst ? again - 1 : again);
  for (const [k, { box }] of own.entries()) {
    const word = own[boxFirst ? k + 1 : k - 1]?.word;
    if (box === 'x' && word !== undefined) ticked.add(word);
  }
  if (ticked.size > 1) return 'unreadable';
  const [only] = ticked;
  return only === 'yes' || only === 'no' ? only : 'unanswered';
}

function opposite(answer: DeclarationAnswer): DeclarationAnswer {
  if (answer === 'yes') return 'no';
  return answer === 'no' ? 'yes' : answer;
}

/** Boxes and ticks of all kinds as `[x]` and `[ ]`. */
function withBoxes(line: string): string {
  return line
    .replaceAll(/[\u2611\u2612\u22a0\u2713-\u2718\uf0fc-\uf0fe\uf052-\uf054]/g, '[x]')
    .replaceAll(/[\u2610\u25a1\u25a2\u274f-\u2752\uf0a8\uf06f\uf071]/g, '[ ]')
    .replaceAll(/\[\s{0,3}[xX]\s{0,3}\]|\(\s{0,3}[xX]\s{0,3}\)/g, '[x]')
    .replaceAll(/\[[\s_]{0,4}\]|\([\s_]{0,4}\)/g, '[ ]')
    .replaceAll(/_{1,6}[xX]_{1,6}/g, '[x]')
    .replaceAll(/[*`]{1,3}/g, '')
    .replaceAll(/[^\S\n]+/g, ' ')
    .replaceAll(/[\u2010\u2011\u00ad]/g, '-');
}

/** The line of a place, for places that only move on. */
function lineCounter(text: string): (index: number) => number {
  let line = 1;
  let at = 0;
  return (index) => {
    for (let next = text.indexOf('\n', at); next >= 0 && next < index; next = text.indexOf('\n', at)) {
      line += 1;
      at = next + 1;
    }
    return line;
  };
}
