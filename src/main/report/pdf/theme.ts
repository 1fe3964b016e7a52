/** Look of the report: the light tokens of the application's style, in points. */
export const colors = {
  text: '#12161C',
  muted: '#55606E',
  border: '#D5DBE3',
  borderStrong: '#7B8795',
  ground: '#F6F7F9',
  paper: '#FFFFFF',
  accent: '#0A63BF',
  ok: '#17723F',
  warn: '#9A5200',
  bad: '#B92A24',
  sim: '#6F35A5',
  data1: '#0072B2',
  data2: '#D55E00',
  data3: '#008A65',
  data4: '#B5528C',
  grey: '#5F6B7A',
} as const;

export type FontName = 'sans' | 'sansBold' | 'mono';

export interface Style {
  font: FontName;
  size: number;
  /** Distance of two baselines. */
  leading: number;
  color: string;
  /** Extra space after each character, for short capitals. */
  tracking?: number;
}

export const styles = {
  title: { font: 'sansBold', size: 20, leading: 25, color: colors.text },
  page: { font: 'sansBold', size: 16, leading: 20, color: colors.text },
  section: { font: 'sansBold', size: 10.5, leading: 14, color: colors.text },
  body: { font: 'sans', size: 9, leading: 12.5, color: colors.text },
  bold: { font: 'sansBold', size: 9, leading: 12.5, color: colors.text },
  muted: { font: 'sans', size: 9, leading: 12.5, color: colors.muted },
  small: { font: 'sans', size: 7.5, leading: 10, color: colors.muted },
  smallText: { font: 'sans', size: 7.5, leading: 10, color: colors.text },
  cell: { font: 'sans', size: 8.5, leading: 11.5, color: colors.text },
  number: { font: 'mono', size: 8, leading: 11.5, color: colors.text },
  hash: { font: 'mono', size: 7, leading: 10, color: colors.text },
  head: { font: 'sansBold', size: 7.5, leading: 10, color: colors.muted },
  figure: { font: 'mono', size: 20, leading: 24, color: colors.text },
  axis: { font: 'sans', size: 7, leading: 9, color: colors.muted },
  running: { font: 'sans', size: 7.5, leading: 10, color: colors.muted },
  mark: { font: 'sansBold', size: 7.5, leading: 10, color: colors.sim, tracking: 0.8 },
} as const satisfies Record<string, Style>;

export type Paper = 'A4' | 'Letter';

export interface PageGeometry {
  width: number;
  height: number;
  left: number;
  right: number;
  /** First and last place for content; head and foot lie outside. */
  top: number;
  bottom: number;
  contentWidth: number;
}

const mm = 72 / 25.4;

/** Margins of 18 mm; the running head and foot stand inside the upper and lower ones. */
export function pageGeometry(paper: Paper): PageGeometry {
  const [width, height] = paper === 'A4' ? [595.28, 841.89] : [612, 792];
  const margin = 18 * mm;
  return {
    width,
    height,
    left: margin,
    right: width - margin,
    top: margin + 8,
    bottom: height - margin - 4,
    contentWidth: width - 2 * margin,
  };
}
