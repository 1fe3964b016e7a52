/** A place that calls a figure a result of MLPerf. */
export interface NameClaim {
  /** The line, shortened. */
  text: string;
  /** Whether it says that the result is an open one. */
  open: boolean;
  /** From 1. */
  line: number;
}

/** The name, at most some words about it, and then what it is the name of. Rules and forms of MLPerf are no results. */
const claim =
  /\bMLPerf(?:\u2122|\u00ae)?(?:[ ,](?:Tiny|Inference|Open|Closed|division|v?\d+\.\d+|benchmark|performance|energy|accuracy)){0,6} (?:results?|scores?|figures?)\b(?! (?:director|repositor|structure|folder|format|guideline|rule|messag))/gi;

/** A sentence that denies it, or says what may be a result and what not. */
const denial = /\b(?:no|not|none|never|without|unverified|cannot|isn't|aren't|must|only|nor)\b/i;

/** Most places that are told. */
const mostClaims = 20;
const shownCharacters = 120;

/** Places in a text that call its figures results of MLPerf; those that deny it are left out. */
export function claimsIn(lines: readonly string[]): NameClaim[] {
  const claims: NameClaim[] = [];
  for (const [k, line] of lines.entries()) {
    if (claims.length >= mostClaims) break;
    for (const match of line.slice(0, 10_000).matchAll(claim)) {
      const sentence = `${lines[k - 1] ?? ''} ${line}`.slice(-10_500);
      if (denial.test(sentence)) continue;
      const text = line.trim().slice(0, shownCharacters);
      claims.push({ text, open: /\bopen\b/i.test(match[0]), line: k + 1 });
      break;
    }
  }
  return claims;
}
