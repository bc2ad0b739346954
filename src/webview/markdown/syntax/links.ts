import type { MarkdownIt, Token } from 'markdown-it';
import { isFile } from './file-names';

const WEB_OR_MAIL = /^(?:https?|mailto):/i;
const MAY_HAVE_LINK = /:\/\/|www\.|@|mailto:/i;

/**
 * Links lead to the web, to mail, and to files of the workspace, which the host looks for. Without brackets, only an address with a scheme, `www.` or `@` is one:
 * in prose about code, `README.md` and `console.info` are names.
 */
export function links(md: MarkdownIt): void {
  md.validateLink = (address) => WEB_OR_MAIL.test(address) || isFile(address);
  md.linkify.set({ fuzzyLink: false, fuzzyEmail: true, fuzzyIP: false });
  for (const schema of ['ftp:', '//']) md.linkify.add(schema, null);
  md.linkify.add('www.', {
    validate: (text, position, self) => {
      const host = `//www.${text.slice(position)}`;
      const length = self.testSchemaAt(host, 'http:', 0) - '//www.'.length;
      return length > 0 && /^[^/]*\.[^/]/.test(text.slice(position, position + length)) ? length : 0;
    },
    normalize: (match) => {
      match.url = `https://${match.url}`;
    },
  });
  withinEmphasis(md);
  md.renderer.rules.image = (tokens, index, options, environment, self) => {
    const { escapeHtml } = md.utils;
    const image = tokens[index];
    const source = String(image?.attrGet('src') ?? '');
    const text = self.renderInlineAsText(image?.children ?? [], options, environment).trim();
    const name = escapeHtml(text || nameOf(source));
    // A link in a link is none.
    if (isInLink(tokens, index) || !WEB_OR_MAIL.test(source)) return `<span class="image">${name}</span>`;
    return `<a class="image" href="${escapeHtml(source)}">${name}</a>`;
  };
}

/**
 * Finds addresses also between marks of emphasis, as in `_https://example.org/a_`. The library looks for one in the
 * source of a whole paragraph first, where no address may come behind `_` or `~`. As on GitHub, none ends in such a
 * mark.
 */
function withinEmphasis({ linkify }: MarkdownIt): void {
  const match = linkify.match.bind(linkify);
  const lengthAt = linkify.testSchemaAt.bind(linkify);
  linkify.test = (text) => MAY_HAVE_LINK.test(text);
  linkify.match = (text) => match(text) ?? [];
  linkify.testSchemaAt = (text, schema, position) => {
    const length = lengthAt(text, schema, position);
    return text.slice(position, position + length).replace(/[*_~]+$/, '').length;
  };
}

/** An image is not fetched; a link to it names it by its description, its file or its host. */
function nameOf(address: string): string {
  try {
    const { hostname, pathname } = new URL(address);
    return decodeURIComponent(pathname.split('/').at(-1) ?? '') || hostname || address;
  } catch {
    return address;
  }
}

function isInLink(tokens: readonly Token[], index: number): boolean {
  for (let at = index - 1; at >= 0; at--) {
    const type = tokens[at]?.type;
    if (type === 'link_close') return false;
    if (type === 'link_open') return true;
  }
  return false;
}
