/** The parts of the VS Code API that an answer needs, without translations and settings. */
export const env = { language: 'en' };

export const l10n = { t: (text: string): string => text };

export const workspace = { getConfiguration: (): object => ({ get: (): undefined => undefined }) };
