/** As much of VS Code as the host needs for an answer, where there is none: words untranslated. */
export const env = { language: 'en' };

export const l10n = { t: (words: string): string => words };
