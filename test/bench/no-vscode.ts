/** As much of VS Code as the host needs for an answer, where there is none: words untranslated, nothing set. */
export const env = { language: 'en' };

export const l10n = { t: (words: string): string => words };

export const workspace = { getConfiguration: (): object => ({ get: (): undefined => undefined }) };
