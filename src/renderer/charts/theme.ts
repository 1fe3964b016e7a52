/** What a chart needs to know of the tokens, resolved to plain colours for the canvas. */
export interface ChartTheme {
  text: string;
  muted: string;
  border: string;
  surface: string;
  raised: string;
  accent: string;
  bad: string;
  data: readonly string[];
  sans: string;
  mono: string;
}

/** Reads the tokens as they stand on the page. */
export function readChartTheme(style: Pick<CSSStyleDeclaration, 'getPropertyValue'>): ChartTheme {
  const token = (name: string): string => style.getPropertyValue(`--${name}`).trim();
  return {
    text: token('text'),
    muted: token('muted'),
    border: token('border'),
    surface: token('surface'),
    raised: token('raised'),
    accent: token('accent'),
    bad: token('bad'),
    data: [1, 2, 3, 4, 5, 6].map((number) => token(`data-${number}`)),
    sans: token('sans'),
    mono: token('mono'),
  };
}
