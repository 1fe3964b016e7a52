/** The table of the design page. */
export const designTokens: Readonly<Record<string, { light: string; dark: string }>> = {
  bg: { light: '#f6f7f9', dark: '#0e1217' },
  surface: { light: '#ffffff', dark: '#161b22' },
  raised: { light: '#ffffff', dark: '#1d242d' },
  border: { light: '#d5dbe3', dark: '#2c3540' },
  'border-strong': { light: '#7b8795', dark: '#66727f' },
  text: { light: '#12161c', dark: '#e9edf2' },
  muted: { light: '#55606e', dark: '#9da9b7' },
  accent: { light: '#0a63bf', dark: '#62b3ff' },
  'on-accent': { light: '#ffffff', dark: '#0e1217' },
  ok: { light: '#17723f', dark: '#4fc78c' },
  warn: { light: '#9a5200', dark: '#f2a650' },
  bad: { light: '#b92a24', dark: '#ff8077' },
  sim: { light: '#6f35a5', dark: '#c8a2ff' },
  'data-1': { light: '#0072b2', dark: '#56b4e9' },
  'data-2': { light: '#d55e00', dark: '#f08a4b' },
  'data-3': { light: '#008a65', dark: '#3dc79a' },
  'data-4': { light: '#b5528c', dark: '#e29bc6' },
  'data-5': { light: '#8a6a00', dark: '#f0c24b' },
  'data-6': { light: '#5f6b7a', dark: '#a7b2bf' },
};

/** Contrast ratio of two colours (WCAG 2.2, relative luminance). Takes `#rrggbb` and `#rgb`. */
export function contrast(one: string, other: string): number {
  const [high = 0, low = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (high + 0.05) / (low + 0.05);
}

function luminance(colour: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5]
    .map((at) => Number.parseInt(long(colour).slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** The build shortens `#ffffff`. */
export function long(colour: string): string {
  return colour.length === 4 ? `#${[...colour.slice(1)].map((digit) => digit + digit).join('')}` : colour;
}
