/**
 * Rendered Markdown as a reader sees it: text, or an element with its visible attributes and its content. The fixtures
 * contain it as JSON.
 */
export type Rendered = string | readonly [name: string, details: Details, ...content: Rendered[]];

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
/** Attributes with a visible effect, and their names in the fixtures. */
const visible: Readonly<Record<string, string>> = {
  href: 'to',
  title: 'title',
  start: 'start',
  align: 'align',
  'data-language': 'language',
  'data-display': 'display',
  'data-file': 'to',
};
/** Elements that only group others. */
const grouping = new Set(['thead', 'tbody']);
const empty = new Set(['br', 'hr']);

/** @param html HTML of the parser, in which all elements are closed and all special characters are escaped */
export function renderedFrom(html: string): readonly Rendered[] {
  return normalized(contentOf(treeOf(html)));
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

function contentOf({ content }: Element): Rendered[] {
  return content.flatMap((each) => (typeof each === 'string' ? [each] : renderedElement(each)));
}

function renderedElement(element: Element): Rendered[] {
  const { tag, attributes } = element;
  const kind = attributes['class'] ?? '';
  if (grouping.has(tag)) return contentOf(element);
  if (kind === 'task-box') return [['box', {}, ...contentOf(element)]];
  const name = names[`${tag}.${kind}`] ?? names[tag] ?? tag;
  if (name === 'block') return [[name, detailsOf(attributes), ...textOf(element)]];
  const content = normalized(contentOf(element));
  const [single] = content;
  // A paragraph with only a display formula looks like the formula itself.
  if (name === 'p' && content.length === 1 && single !== undefined && isDisplayed(single)) return content;
  return [[name, detailsOf(attributes), ...content]];
}

/** The code of a block, in which white space is significant. */
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

/** Decodes an address, so that different encodings of it are equal. */
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

/** Joins adjacent texts, and removes white space that a browser does not show. */
function normalized(content: readonly Rendered[]): Rendered[] {
  const joined: Rendered[] = [];
  for (const each of content) {
    const last = joined.at(-1);
    if (typeof each === 'string' && typeof last === 'string') joined[joined.length - 1] = last + each;
    else joined.push(each);
  }
  return joined.flatMap((each, at): Rendered[] => {
    if (typeof each !== 'string') return [each];
    const text = each.replace(/[ \t\n]+/g, ' ');
    const start = isEdge(joined[at - 1]) ? text.trimStart() : text;
    const trimmed = isEdge(joined[at + 1]) ? start.trimEnd() : start;
    return trimmed === '' ? [] : [trimmed];
  });
}

function isDisplayed(each: Rendered): boolean {
  return typeof each !== 'string' && each[0] === 'formula' && each[1]['display'] === 'true';
}

function isEdge(neighbor: Rendered | undefined): boolean {
  if (neighbor !== undefined && isDisplayed(neighbor)) return true;
  return (
    neighbor === undefined ||
    (typeof neighbor !== 'string' && (blocks.test(neighbor[0]) || neighbor[0] === 'br'))
  );
}

function unescaped(text: string): string {
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&');
}
