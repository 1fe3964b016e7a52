import { deflateSync } from 'node:zlib';
import { TextReader, Uint8ArrayWriter, ZipWriter, configure } from '@zip.js/zip.js';

/** Objects as a PDF file, the last one first where `reversed`; no table: readers of damaged files do without. */
export function madePdf(objects: readonly (string | { dict: string; stream: string })[], trailer = ''): Buffer {
  const parts = objects.map((object, k) => {
    if (typeof object === 'string') return Buffer.from(`${k + 1} 0 obj\n${object}\nendobj\n`, 'latin1');
    const packed = deflateSync(Buffer.from(object.stream, 'latin1'));
    return Buffer.concat([
      Buffer.from(`${k + 1} 0 obj\n<< /Length ${packed.length} /Filter /FlateDecode ${object.dict} >>\nstream\n`),
      packed,
      Buffer.from('\nendstream\nendobj\n'),
    ]);
  });
  return Buffer.concat([Buffer.from('%PDF-1.7\n'), ...parts, Buffer.from(`trailer\n<< /Root 1 0 R ${trailer} >>\n`)]);
}

/** One page with the given operators, further entries and objects (from number 6 on); its fonts are F1 (plain) and F2 (given). */
export function madePage(
  content: string,
  options: { page?: string; font?: string; objects?: readonly (string | { dict: string; stream: string })[] } = {},
): Buffer {
  const { page = '', font = '<< /Type /Font /Subtype /Type1 /BaseFont /ZapfDingbats >>', objects = [] } = options;
  return madePdf([
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 /Resources << /Font << /F1 5 0 R /F2 6 0 R >> /XObject << /X1 7 0 R >> >> >>',
    `<< /Type /Page /Parent 2 0 R /Contents 4 0 R ${page} >>`,
    { dict: '', stream: content },
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
    font,
    ...objects,
  ]);
}

/** A Word document with the given body. */
export async function madeDocx(body: string, name = 'word/document.xml'): Promise<Uint8Array> {
  configure({ useWebWorkers: false });
  const zip = new ZipWriter(new Uint8ArrayWriter());
  await zip.add('[Content_Types].xml', new TextReader('<Types/>'));
  await zip.add(name, new TextReader(`<?xml version="1.0"?><w:document><w:body>${body}</w:body></w:document>`));
  return zip.close();
}
