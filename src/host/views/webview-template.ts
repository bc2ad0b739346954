import { contentSecurityPolicy } from './content-security-policy';

export interface WebviewTemplateOptions {
  /** A language tag, such as `de`. */
  readonly language: string;
  readonly translations: object;
  readonly nonce: string;
  /** The source of the extension's own files in the Content Security Policy. */
  readonly ownSource: string;
  /** The URL of a file in the folder of the webview's code. */
  readonly urlOf: (file: string) => string;
}

/** The HTML of a webview, with its Content Security Policy. */
export function webviewTemplate({
  language,
  translations,
  nonce,
  ownSource,
  urlOf,
}: WebviewTemplateOptions): string {
  // The icons are preloaded, because the page counts as loaded only when they are, and its styles name them late.
  return `<!DOCTYPE html>
<html lang="${language}">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta http-equiv="Content-Security-Policy" content="${contentSecurityPolicy(nonce, ownSource)}">
    <link rel="modulepreload" nonce="${nonce}" href="${urlOf('main.js')}">
    <link rel="preload" as="font" crossorigin href="${urlOf('fonts/codicon.ttf')}">
    <link rel="stylesheet" href="${urlOf('main.css')}">
    <title>o1-mini Chat</title>
  </head>
  <body data-l10n="${attribute(JSON.stringify(translations))}">
    <script type="module" nonce="${nonce}" src="${urlOf('main.js')}"></script>
  </body>
</html>`;
}

/** A text within the quotes of an attribute. */
function attribute(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
}
