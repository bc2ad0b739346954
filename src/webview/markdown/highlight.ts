import { sanitize } from './sanitize';

/** Characters above which code stays plain: colouring takes about a millisecond for each thousand. */
const longest = 50_000;

/** Colours code, where its language is known; its text stays the same. */
export async function highlight(code: HTMLElement, language: string): Promise<void> {
  const text = code.textContent;
  if (language === '' || text.length > longest) return;
  const { default: hljs } = await import('highlight.js/lib/common');
  if (!hljs.getLanguage(language)) return;
  const { value } = hljs.highlight(text, { language, ignoreIllegals: true });
  code.replaceChildren(sanitize(value));
}
