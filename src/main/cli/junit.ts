/** One case of a JUnit file. `failure` is a regression, `error` could not be judged, `skipped` was not decided. */
export interface JunitCase {
  className: string;
  name: string;
  outcome: 'passed' | 'failure' | 'error' | 'skipped';
  /** What stands in the outcome, or in `system-out` of a case that passed. */
  message: string;
}

export interface JunitSuite {
  name: string;
  cases: readonly JunitCase[];
}

/**
 * A JUnit file as build servers read it: `testsuites` > `testsuite` > `testcase`, with counts. The form is that of the common `junit.xsd`
 * of Jenkins' plug-in; nobody standardised it.
 */
export function junitXml(name: string, suites: readonly JunitSuite[]): string {
  const all = suites.flatMap(({ cases }) => cases);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="${escaped(name)}"${counts(all)}>`,
    ...suites.flatMap((suite) => [
      `  <testsuite name="${escaped(suite.name)}"${counts(suite.cases)}>`,
      ...suite.cases.flatMap(testCase),
      '  </testsuite>',
    ]),
    '</testsuites>',
    '',
  ].join('\n');
}

function testCase({ className, name, outcome, message }: JunitCase): string[] {
  const head = `    <testcase classname="${escaped(className)}" name="${escaped(name)}" time="0">`;
  const body =
    outcome === 'passed'
      ? `      <system-out>${escaped(message)}</system-out>`
      : outcome === 'skipped'
        ? `      <skipped message="${escaped(message)}"/>`
        : `      <${outcome} message="${escaped(message)}"/>`;
  return [head, body, '    </testcase>'];
}

function counts(cases: readonly JunitCase[]): string {
  const of = (outcome: JunitCase['outcome']): number => cases.filter((one) => one.outcome === outcome).length;
  return ` tests="${cases.length}" failures="${of('failure')}" errors="${of('error')}" skipped="${of('skipped')}"`;
}

/** Characters that XML 1.0 cannot hold, not even escaped, are left out. */
function escaped(text: string): string {
  const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
  return [...text]
    .filter((char) => {
      const code = char.codePointAt(0) ?? 0;
      return code >= 0x20
        ? code < 0xd800 || (code > 0xdfff && code !== 0xfffe && code !== 0xffff)
        : code === 9 || code === 10 || code === 13;
    })
    .map((char) => entities[char] ?? char)
    .join('')
    .replace(/[\t\n\r]/g, ' ');
}
