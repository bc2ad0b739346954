import { config } from '@vscode/l10n';

/** The words of the user's language, which the host put on the page; English where it put none. */
const words = document.body.dataset['l10n'];

if (words) config({ contents: words });

/** The language that VS Code speaks, which the host put on the page. */
export const language = document.documentElement.lang || 'en';

/** A count as the user's language writes it, such as 25,000. */
export function formatCount(count: number): string {
  return count.toLocaleString(language);
}
