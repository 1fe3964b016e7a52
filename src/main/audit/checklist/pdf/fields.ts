import type { PdfFile } from './file.ts';
import { utf16Of } from './fonts.ts';
import type { PlacedText } from './layout.ts';
import type { PdfDict, PdfValue } from './scanner.ts';

const mostAnnotations = 5_000;
const mostParents = 20;
const pushButton = 1 << 16;

/** What was filled into the fields of a page, and remarks written onto it, as text at their places; boxes as `[x]` and `[ ]`. */
export function pdfFields(file: PdfFile, page: PdfDict): PlacedText[] {
  return file
    .items(page, 'Annots')
    .slice(0, mostAnnotations)
    .flatMap((item) => {
      const annotation = file.dict(item);
      const text = annotation && textOf(file, annotation);
      const [x0 = 0, y0 = 0, x1 = 0, y1 = 0] = file.numbers(annotation, 'Rect');
      if (text === undefined || text === '') return [];
      const height = Math.abs(y1 - y0);
      const size = Math.min(12, height);
      // The text of a field stands in its middle, as a line of text of its size would.
      const y = (y0 + y1) / 2 - size * 0.35;
      return [{ x: Math.min(x0, x1), y, toX: Math.max(x0, x1), size, text: ` ${text} ` }];
    });
}

function textOf(file: PdfFile, annotation: PdfDict): string | undefined {
  const subtype = file.get(annotation, 'Subtype');
  if (subtype?.kind !== 'name') return undefined;
  if (subtype.value === 'FreeText') return stringOf(file.get(annotation, 'Contents'));
  if (subtype.value !== 'Widget') return undefined;
  const type = inherited(file, annotation, 'FT');
  const value = inherited(file, annotation, 'V');
  if (type?.kind !== 'name') return undefined;
  if (type.value !== 'Btn') return stringOf(value);
  const flags = inherited(file, annotation, 'Ff');
  if (flags?.kind === 'number' && (flags.value & pushButton) !== 0) return undefined;
  const state = file.get(annotation, 'AS') ?? value;
  return state?.kind === 'name' && state.value !== 'Off' ? '[x]' : '[ ]';
}

function inherited(file: PdfFile, field: PdfDict, key: string): PdfValue | undefined {
  let node: PdfDict | undefined = field;
  for (let k = 0; node && k < mostParents; k += 1) {
    const found = file.get(node, key);
    if (found) return found;
    node = file.dict(node.entries.get('Parent'));
  }
  return undefined;
}

function stringOf(value: PdfValue | undefined): string | undefined {
  if (value?.kind === 'name') return value.value;
  if (value?.kind !== 'string') return undefined;
  return value.value.startsWith('\xfe\xff') ? utf16Of(value.value.slice(2)) : value.value;
}
