import type { SignatureView, SignerRole } from '../../../../shared/domain/signature.ts';
import { drawMark, marks, markWidth } from '../marks.ts';
import type { Sheet } from '../sheet.ts';
import { colors, styles } from '../theme.ts';
import type { Style } from '../theme.ts';
import type { Words } from '../words.ts';
import type { SessionView } from '../../view.ts';

const gap = 16;
const padding = 6;
/** Room for a signature by hand. */
const lineHeight = 44;
const mono: Style = { ...styles.hash, size: 7.5 };

interface Line {
  text: string;
  style: Style;
}

interface Foot {
  roles: { role: SignerRole; signature: SignatureView | undefined; lines: Line[] }[];
  width: number;
  height: number;
  below: string[];
  /** Height of all of it. */
  whole: number;
}

/** How much of the cover its foot takes. */
export function signaturesHeight(sheet: Sheet, words: Words, view: SessionView): number {
  return layFoot(sheet, words, view).whole + 6;
}

/**
 * The foot of the cover: who signed the session and with which key; a line to sign by hand for each role that nobody took. At the foot of
 * the page, where a signature is looked for.
 */
export function drawSignatures(sheet: Sheet, words: Words, view: SessionView): void {
  const { roles, width, height, below, whole } = layFoot(sheet, words, view);
  // On a page of their own they have a heading and stand at its head.
  const apart = sheet.ensure(whole + 6);
  if (apart) sheet.sectionHeading(words.t('signature.heading'), whole);
  const top = apart ? sheet.y + 4 : Math.max(sheet.y + 6, sheet.page.bottom - whole);
  roles.forEach(({ role, signature, lines }, i) => {
    const x = sheet.left + i * (width + gap);
    if (signature) drawBox(sheet, signature, lines, { x, top, width, height });
    else drawLine(sheet, lineName(words, view, role), x, top + height - lineHeight, width);
  });
  sheet.y = top + height;
  if (below.length > 0) {
    sheet.gap(4);
    sheet.leaf('P', () => {
      sheet.y = sheet.type.lines(below, sheet.left, sheet.y, styles.small);
    });
  }
}

function layFoot(sheet: Sheet, words: Words, view: SessionView): Foot {
  const signatures = view.signatures ?? [];
  const width = (sheet.width - gap) / 2;
  const roles = (['operator', 'reviewer'] as const).map((role) => {
    const signature = signatures.find((one) => one.role === role);
    return { role, signature, lines: signature ? boxLines(sheet, words, signature, width - 2 * padding) : [] };
  });
  const boxHeight = Math.max(...roles.map(({ lines }) => heightOf(lines) + 2 * padding));
  const height = signatures.length > 0 ? Math.max(boxHeight, lineHeight) : lineHeight;
  const below = signatures.length > 0 ? sheet.type.break(footText(words, signatures), styles.small, sheet.width) : [];
  const whole = height + below.length * styles.small.leading + (below.length > 0 ? 4 : 0);
  return { roles, width, height, below, whole };
}

function drawLine(sheet: Sheet, name: string, x: number, top: number, width: number): void {
  sheet.artifact(() => sheet.rule(x, top + 28, width, colors.borderStrong, 0.6));
  sheet.leaf('P', () => sheet.put(sheet.type.shorten(name, styles.small, width), x, top + 31, styles.small));
}

function drawBox(
  sheet: Sheet,
  { holds }: SignatureView,
  lines: readonly Line[],
  { x, top, width, height }: { x: number; top: number; width: number; height: number },
): void {
  sheet.artifact(
    () =>
      sheet.doc
        .lineWidth(0.8)
        .roundedRect(x, top, width, height, 4)
        .strokeColor(holds ? colors.borderStrong : colors.bad)
        .stroke(),
    'Background',
  );
  sheet.leaf('P', () => {
    drawMark(sheet.doc, holds ? marks.ok : marks.bad, x + padding, top + padding + 1.6, 9);
    let y = top + padding;
    lines.forEach(({ text, style }, i) => {
      sheet.put(text, x + padding + (i === 0 ? markWidth : 0), y, style);
      y += style.leading;
    });
  });
}

function boxLines(sheet: Sheet, words: Words, signature: SignatureView, width: number): Line[] {
  const { name, role, statement, remark, signedAt, fingerprint, keyKeeping, holds } = signature;
  const t = (key: string, values: Record<string, string> = {}): string => words.text.t(`signing.${key}`, values);
  const wrap = (text: string, style: Style): Line[] =>
    sheet.type.break(text, style, width).map((line) => ({ text: line, style }));
  const who = sheet.type.shorten(t(`by.${role}`, { name }), styles.bold, width - markWidth);
  return [
    { text: who, style: styles.bold },
    ...(holds ? [] : wrap(words.t('signature.broken'), { ...styles.smallText, color: colors.bad })),
    ...wrap(`${statement} ${words.date(signedAt)}, ${t(`keptShort.${keyKeeping}`)}.`, styles.smallText),
    ...(remark === '' ? [] : wrap(words.t('signature.remark', { remark }), styles.smallText)),
    ...wrap(fingerprint, mono),
  ];
}

function footText(words: Words, signatures: readonly SignatureView[]): string {
  const [a, b] = signatures;
  const same = a && b && a.fingerprint === b.fingerprint;
  return [words.t('signature.check'), ...(same ? [words.text.t('verify.signatureSameKey')] : [])].join(' ');
}

function lineName(words: Words, view: SessionView, role: SignerRole): string {
  if (role === 'reviewer') return words.t('signature.reviewer');
  return view.operator === '' ? words.t('signature.anyone') : words.t('signature.operator', { name: view.operator });
}

function heightOf(lines: readonly Line[]): number {
  return lines.reduce((sum, { style }) => sum + style.leading, 0);
}
