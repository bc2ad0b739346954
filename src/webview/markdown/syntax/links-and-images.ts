import type { MarkdownIt, Token } from 'markdown-it';
import { ALLOWED_LINK } from '../../../core/text/allowed-links';
import { isFileName, withoutFragment } from './file-names';

const MAY_CONTAIN_LINK = /:\/\/|www\.|@|mailto:/i;

/**
 * Allows links to the web, to mail, and to files of the workspace; links within the answer become plain text. Text becomes
 * a link without brackets only if it has a scheme, `www.` or `@`, because `README.md` and `console.info` in prose about
 * code are names.
 */
export function linksAndImages(md: MarkdownIt): void {
  md.validateLink = (address) =>
    ALLOWED_LINK.test(address) || address.startsWith('#') || isFileName(withoutFragment(address));
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
  linkifyWithinEmphasis(md);
  md.core.ruler.after('inline', 'empty_links', ({ tokens, Token }) => {
    for (const { children } of tokens) {
      children?.forEach((link, index) => {
        if (link.type !== 'link_open' || children[index + 1]?.type !== 'link_close') return;
        // A link without a text would not be visible.
        const name = new Token('text', '', 0);
        name.content = String(link.attrGet('href') ?? '');
        children.splice(index + 1, 0, name);
      });
    }
  });
  md.renderer.rules.image = (tokens, index, options, environment, self) => {
    const { escapeHtml } = md.utils;
    const image = tokens[index];
    const source = String(image?.attrGet('src') ?? '');
    const text = self.renderInlineAsText(image?.children ?? [], options, environment).trim();
    const name = escapeHtml(text || nameOf(source));
    // Links cannot be nested.
    if (isInLink(tokens, index) || !ALLOWED_LINK.test(source)) return `<span class="image">${name}</span>`;
    return `<a class="image" href="${escapeHtml(source)}">${name}</a>`;
  };
}

/**
 * Also finds URLs between emphasis delimiters, as in `_https://example.org/a_`. The library first searches the source of the
 * whole paragraph, where a URL cannot follow `_` or `~`. As on GitHub, a URL does not end with such a delimiter.
 */
function linkifyWithinEmphasis({ linkify }: MarkdownIt): void {
  const match = linkify.match.bind(linkify);
  const lengthAt = linkify.testSchemaAt.bind(linkify);
  linkify.test = (text) => MAY_CONTAIN_LINK.test(text);
  linkify.match = (text) =>
    (match(text) ?? []).filter(
      ({ raw, index, lastIndex }) =>
        !/^[^/:]*@/.test(raw) || isMail(text.slice(0, index), raw, text.slice(lastIndex)),
    );
  linkify.testSchemaAt = (text, schema, position) => {
    HOST_BEFORE_CJK.lastIndex = position;
    const host = HOST_BEFORE_CJK.exec(text)?.[0];
    const length = host === undefined ? lengthAt(text, schema, position) : lengthAt(host, schema, 0);
    const address = text.slice(position, position + length);
    return isIncomplete(address, text.slice(position + length)) ? 0 : address.replace(/[*_~]+$/, '').length;
  };
}

/** "https://example.org的": text without a space after a host, which would be part of its name. */
const HOST_BEFORE_CJK =
  /\/\/(?:[\w.-]*\.[a-z]{2,}|[\w.-]+:\d+|localhost)(?=[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}])/iuy;

/** Whether only the beginning of an address is one: `https://user:token@host`, `https://${HOST}/a`, `//api-{env}.org`. */
function isIncomplete(address: string, textAfter: string): boolean {
  if (!address.startsWith('//')) return false;
  return (
    /^(?::[^\s/@]*)?@/.test(textAfter) ||
    !/^\/\/[^/?#]*[\p{L}\d]/u.test(address) ||
    (!/^\/\/[^/]+\//.test(address) && /^:?[-.]?\$?\{/.test(textAfter))
  );
}

/**
 * Whether an address with `@` is one for mail, and neither `package@1.2.3` or `package@next.js` nor a part of
 * `git@example.org:owner/repository`, `https://user:token@host` or `${user}@host`.
 */
function isMail(textBefore: string, address: string, textAfter: string): boolean {
  return (
    !/@v?[\d.]+[a-z]?$|@[\w-]+\.[cm]?[jt]sx?$|[{}$]/i.test(address) &&
    !/\}$|\/\/[^\s/]*$/.test(textBefore) &&
    !/^:[\w~.-]*\//.test(textAfter)
  );
}

/** Images are not loaded but linked. Without a description, the link has the name of the file or the host. */
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
