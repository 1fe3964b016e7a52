import { defineComponent, h } from 'vue';
import type { PropType, VNode } from 'vue';
import { RouterLink } from 'vue-router';
import { chapterId, pictureUrl } from './manual.ts';
import type { Piece } from './markdown.ts';

/** Shows pieces of a chapter. Links to other chapters become links of the app; the manual has no others but to web addresses as text. */
export const ManualText = defineComponent({
  props: { pieces: { type: Array as PropType<readonly Piece[]>, required: true } },
  setup: (props) => () => props.pieces.map(show),
});

function show(piece: Piece): VNode | string {
  if (typeof piece === 'string') return piece;
  const { tag, attributes, pieces } = piece;
  const inner = pieces.map(show);
  if (tag === 'img') {
    const alt = attributes['alt'] ?? '';
    return h('figure', {}, [
      h('img', { src: pictureUrl(attributes['src'] ?? ''), alt, loading: 'lazy' }),
      h('figcaption', {}, alt),
    ]);
  }
  if (tag === 'a') {
    const [file = '', anchor] = (attributes['href'] ?? '').split('#');
    if (!file.endsWith('.md')) return h('span', {}, inner);
    const to = { path: `/help/${chapterId(file)}`, query: anchor === undefined ? {} : { at: anchor } };
    return h(RouterLink, { to }, () => inner);
  }
  if (tag === 'table') return h('div', { class: 'wide' }, [h('table', { class: 'table' }, inner)]);
  // A picture stands by itself, not inside a paragraph.
  if (tag === 'p' && pieces.length === 1 && typeof pieces[0] !== 'string' && pieces[0]?.tag === 'img')
    return inner[0] ?? '';
  return h(tag, {}, inner);
}
