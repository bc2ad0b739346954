/**
 * What a reader sees of a Markdown text: text, and elements with what distinguishes them and what is in them. In the
 * fixtures it is written as JSON, and stands for the outcome of one example.
 */
export type Drawn = string | readonly [name: string, details: Details, ...content: Drawn[]];

type Details = Readonly<Record<string, string>>;

interface Element {
  readonly tag: string;
  readonly attributes: Details;
  readonly content: (Element | string)[];
}

const names: Readonly<Record<string, string>> = {
  blockquote: 'quote',
  hr: 'rule',
  li: 'item',
  em: 'em',
  strong: 'strong',
  s: 'deleted',
  a: 'link',
  tr: 'row',
  th: 'head',
  td: 'cell',
  'span.image': 'image',
  'a.image': 'image',
  'span.formula': 'formula',
  'div.code-block': 'block',
  'span.file': 'file',
};
/** Attributes that a reader sees the effect of, and their names in the fixtures. */
const visible: Readonly<Record<string, string>> = {
  href: 'to',
  title: 'title',
  start: 'start',
  align: 'align',
  'data-language': 'language',
  'data-display': 'display',
  'data-file': 'to',
};
/** Elements that only hold others. */
const transparent = new Set(['thead', 'tbody']);
const empty = new Set(['br', 'hr']);

/** @param html of the parser, in which each element is closed and each character is escaped that must be */
export function drawnFrom(html: string): readonly Drawn[] {
  return tidied(contentOf(treeOf(html)));
}

function treeOf(html: string): Element {
  const root: Element = { tag: '', attributes: {}, content: [] };
  const open = [root];
  for (const [part] of html.matchAll(/<[^>]*>|[^<]+/g)) {
    const top = open.at(-1) ?? root;
    if (!part.startsWith('<')) top.content.push(unescaped(part));
    else if (part.startsWith('</')) open.pop();
    else {
      const element = elementFrom(part);
      top.content.push(element);
      if (!empty.has(element.tag)) open.push(element);
    }
  }
  return root;
}

function elementFrom(opening: string): Element {
  const tag = /^<(\w+)/.exec(opening)?.[1] ?? '';
  const attributes = [...opening.matchAll(/([\w-]+)="([^"]*)"/g)].map(
    ([, name = '', value = '']) => [name, unescaped(value)] as const,
  );
  return { tag, attributes: Object.fromEntries(attributes), content: [] };
}

function contentOf({ content }: Element): Drawn[] {
  return content.flatMap((each) => (typeof each === 'string' ? [each] : drawnElement(each)));
}

function drawnElement(element: Element): Drawn[] {
  const { tag, attributes } = element;
  const kind = attributes['class'] ?? '';
  if (transparent.has(tag)) return contentOf(element);
  if (kind === 'task-box') return [['box', {}, ...contentOf(element)]];
  const name = names[`${tag}.${kind}`] ?? names[tag] ?? tag;
  if (name === 'block') return [[name, detailsOf(attributes), ...textOf(element)]];
  const content = tidied(contentOf(element));
  const [only] = content;
  // A paragraph of nothing else looks like the formula alone.
  if (name === 'p' && content.length === 1 && only !== undefined && isDisplayed(only)) return content;
  return [[name, detailsOf(attributes), ...content]];
}

/** The code of a block, in which each space counts. */
function textOf({ content }: Element): string[] {
  const text = content.flatMap((each) => (typeof each === 'string' ? [each] : textOf(each))).join('');
  return text === '' ? [] : [text];
}

function detailsOf(attributes: Details): Details {
  const details = Object.entries(attributes).flatMap(([name, value]) => {
    const shown = visible[name];
    return shown === undefined || value === ''
      ? []
      : [[shown, shown === 'to' ? decoded(value) : value.trim()]];
  });
  return Object.fromEntries(details) as Details;
}

/** Two ways to write one address are the same. */
function decoded(address: string): string {
  return address.replace(/(?:%[\da-f]{2})+/gi, (bytes) => {
    try {
      return decodeURIComponent(bytes);
    } catch {
      return bytes;
    }
  });
}

const blocks = /^(?:p|h\d|quote|rule|item|ul|ol|table|row|head|cell|block)$/;

/** Joins texts, and leaves out the white space that a page does not show. */
function tidied(content: readonly Drawn[]): Drawn[] {
  const joined: Drawn[] = [];
  for (const each of content) {
    const last = joined.at(-1);
    if (typeof each === 'string' && typeof last === 'string') joined[joined.length - 1] = last + each;
    else joined.push(each);
  }
  return joined.flatMap((each, at): Drawn[] => {
    if (typeof each !== 'string') return [each];
    const text = each.replace(/[ \t\n]+/g, ' ');
    const start = isEdge(joined[at - 1]) ? text.trimStart() : text;
    const trimmed = isEdge(joined[at + 1]) ? start.trimEnd() : start;
    return trimmed === '' ? [] : [trimmed];
  });
}

function isDisplayed(each: Drawn): boolean {
  return typeof each !== 'string' && each[0] === 'formula' && each[1]['display'] === 'true';
}

function isEdge(neighbour: Drawn | undefined): boolean {
  if (neighbour !== undefined && isDisplayed(neighbour)) return true;
  return (
    neighbour === undefined ||
    (typeof neighbour !== 'string' && (blocks.test(neighbour[0]) || neighbour[0] === 'br'))
  );
}

function unescaped(text: string): string {
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&');
}
