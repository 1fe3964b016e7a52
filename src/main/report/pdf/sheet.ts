import { colors, styles } from './theme.ts';
import type { PageGeometry, Style } from './theme.ts';
import { baselineOf, Typesetter } from './typesetter.ts';
import type { Pdf } from './typesetter.ts';

type Element = PDFKit.PDFStructureElement;

export interface ElementOptions {
  title?: string;
  alt?: string;
  scope?: 'Row' | 'Column';
  bbox?: [number, number, number, number];
}

/**
 * The document under construction: pages, the place `y` where the next thing goes, and the structure tree that tells a
 * screen reader what each thing is. Everything drawn is either the content of a structure element or an artifact.
 */
export class Sheet {
  readonly doc: Pdf;
  readonly page: PageGeometry;
  readonly type: Typesetter;
  y: number;
  private readonly root: Element;
  private readonly parents: Element[];
  private outlineParent: PDFKit.PDFOutline;

  constructor(doc: Pdf, page: PageGeometry, hyphenation = '') {
    this.doc = doc;
    this.page = page;
    this.type = new Typesetter(doc, hyphenation);
    this.y = page.top;
    this.root = doc.struct('Document');
    doc.addStructure(this.root);
    this.parents = [this.root];
    this.outlineParent = doc.outline;
  }

  get left(): number {
    return this.page.left;
  }

  get width(): number {
    return this.page.contentWidth;
  }

  newPage(): void {
    this.doc.addPage();
    this.y = this.page.top;
  }

  /** Starts a page when less than `height` is left on this one. Returns whether it did. */
  ensure(height: number): boolean {
    if (this.y + height <= this.page.bottom) return false;
    this.newPage();
    return true;
  }

  gap(height: number): void {
    this.y += height;
  }

  /** A part of the document with its own entry in the outline; the innermost open one takes what follows. */
  section(title: string, body: () => void): void {
    const before = this.outlineParent;
    this.outlineParent = before.addItem(title, { expanded: this.parents.length === 1 });
    this.within('Sect', { title }, body);
    this.outlineParent = before;
  }

  /** Everything that `body` adds becomes a child of a new element. */
  within(type: string, options: ElementOptions, body: () => void): void {
    const element = this.element(type, options);
    this.parents.at(-1)?.add(element);
    this.parents.push(element);
    body();
    this.parents.pop();
    element.end();
  }

  /** One piece of content that a reader meets as a whole. It must not cross a page. */
  leaf(type: string, draw: () => void, options: ElementOptions = {}): void {
    const content = this.doc.markStructureContent(type);
    draw();
    this.doc.endMarkedContent();
    const element = this.element(type, options);
    this.parents.at(-1)?.add(element);
    element.add(content);
    element.end();
  }

  /** Decoration: rules, grounds, running heads. */
  artifact(draw: () => void, type: 'Layout' | 'Pagination' | 'Background' = 'Layout'): void {
    // The library's types do not know the artifact type of grounds.
    this.doc.markContent('Artifact', { type: type as 'Layout' });
    draw();
    this.doc.endMarkedContent();
  }

  private element(type: string, options: ElementOptions): Element {
    // The library's types lag behind its `scope` and `bbox`.
    return this.doc.struct(type, options as { title?: string; alt?: string });
  }

  heading(level: 1 | 2 | 3, text: string, style: Style): void {
    this.paragraph(text, style, { tag: `H${level}` });
  }

  /** Text over the full width or in a column; continues on the next page when it must. */
  paragraph(text: string, style: Style, options: { tag?: string; left?: number; width?: number } = {}): void {
    const left = options.left ?? this.left;
    const lines = this.type.break(text, style, options.width ?? this.width);
    while (lines.length > 0) {
      this.ensure(style.leading * Math.min(lines.length, 2));
      const room = Math.max(1, Math.floor((this.page.bottom - this.y) / style.leading + 1e-6));
      const here = lines.splice(0, room);
      this.leaf(options.tag ?? 'P', () => {
        this.y = this.type.lines(here, left, this.y, style);
      });
      if (lines.length > 0) this.newPage();
    }
  }

  /** Heading of a section inside a page, kept with at least `keep` of what follows. */
  sectionHeading(text: string, keep = 40): void {
    this.ensure(styles.section.leading + keep);
    this.heading(3, text, styles.section);
    this.gap(4);
  }

  /** A chart: one figure with a text that says what it shows. `draw` gets its upper left corner. */
  figure(alt: string, x: number, width: number, height: number, draw: (x: number, y: number) => void): void {
    const top = this.y;
    this.leaf('Figure', () => draw(x, top), { alt, bbox: [x, top, x + width, top + height] });
    this.y = top + height;
  }

  rule(x: number, y: number, width: number, color: string = colors.border, thickness = 0.5): void {
    this.doc
      .lineWidth(thickness)
      .strokeColor(color)
      .moveTo(x, y)
      .lineTo(x + width, y)
      .stroke();
  }

  /** One line at a place, inside content that the caller has marked. */
  put(text: string, x: number, top: number, style: Style, align: 'left' | 'center' | 'right' = 'left'): void {
    this.type.line(text, x, baselineOf(top, style), style, align);
  }

  end(): void {
    this.root.end();
  }
}
