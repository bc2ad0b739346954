import { sanitize } from './sanitize';

/** Characters above which code stays plain: a hostile one can make a grammar's time grow with the square of them. */
const longest = 8000;
/** Grammars that take seconds even for that. */
const slow: ReadonlySet<string> = new Set(['markdown', 'md', 'mkdown', 'mkd']);

/** Colours code, where its language is known; its text stays the same. */
export async function highlight(code: HTMLElement, language: string): Promise<void> {
  const text = code.textContent;
  if (language === '' || slow.has(language) || text.length > longest) return;
  const { default: hljs } = await import('highlight.js/lib/common');
  if (!hljs.getLanguage(language)) return;
  const { value } = hljs.highlight(text, { language, ignoreIllegals: true });
  code.replaceChildren(sanitize(value));
}
