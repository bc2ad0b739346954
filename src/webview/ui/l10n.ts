import { config } from '@vscode/l10n';

/** The translations, which the host has written into the page; without them the texts are English. */
const translations = document.body.dataset['l10n'];

if (translations) config({ contents: translations });

/** The display language of VS Code, which the host has written into the page. */
export const language = document.documentElement.lang || 'en';

/** A number in the format of the display language, such as 25,000. */
export function formatCount(count: number): string {
  return count.toLocaleString(language);
}
