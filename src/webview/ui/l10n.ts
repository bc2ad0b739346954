import { config } from '@vscode/l10n';

/** The words of the user's language, which the host put on the page; English where it put none. */
const words = document.body.dataset['l10n'];

if (words) config({ contents: words });
