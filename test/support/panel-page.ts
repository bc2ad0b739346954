import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, extname } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { createNonce, contentSecurityPolicy } from '../../src/host/views/content-security-policy';
import type { FromWebviewMessage, ToWebviewMessage } from '../../src/protocol/messages';
import type { RequestResult, RequestType } from '../../src/protocol/requests';
import { panelThemes } from './panel-themes';
import { inRepository } from './paths';

/** The built panel in a browser, with the test in the place of the host. */
export interface PanelPage {
  readonly page: Page;
  /** Says something to the panel, and waits until it has been drawn. */
  say(...messages: readonly ToWebviewMessage[]): Promise<void>;
  /** Answers the last request of this type, once there is one. */
  respond<T extends RequestType>(type: T, result: RequestResult<T>): Promise<void>;
  /** Posts anything at all to the panel's window. */
  sayAnything(message: unknown): Promise<void>;
  /** What the panel has said so far, `ready` of its beginning left out. */
  posts(): Promise<readonly FromWebviewMessage[]>;
  /** What of this kind it has said. */
  said<T extends FromWebviewMessage['type']>(type: T): Promise<readonly Said<T>[]>;
  theme(name: keyof typeof panelThemes): Promise<void>;
  /** How far the page is wider than its window. */
  overflow(): Promise<number>;
  screenshot(name: string): Promise<void>;
  /** Loads the panel anew, as it was opened; who listens to the page goes on to. */
  reopen(): Promise<void>;
  close(): Promise<void>;
}

type Said<T extends FromWebviewMessage['type']> = Extract<FromWebviewMessage, { readonly type: T }>;

export const panelOrigin = 'https://panel.test';
const origin = panelOrigin;
const types: Readonly<Record<string, string>> = {
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.ttf': 'font/ttf',
  '.woff2': 'font/woff2',
};

/** Text, since tsx would give functions a helper for their names that the page does not have. */
const fakeHost = `
  window.posts = [];
  window.acquireVsCodeApi = () => ({
    postMessage: (message) => window.posts.push(message),
    // Kept while the page is loaded anew, and dropped where a test begins.
    getState: () => JSON.parse(sessionStorage.getItem('state') ?? 'null') ?? undefined,
    setState: (state) => sessionStorage.setItem('state', JSON.stringify(state)),
  });
  window.say = async (message) => {
    dispatchEvent(new MessageEvent('message', { data: message }));
    // What is long is drawn in slices.
    while (document.querySelector(':is(.markdown, .question-text)[aria-busy], [role=log][aria-busy]:has(.turn)')) {
      const { port1, port2 } = new MessageChannel();
      const next = new Promise((resolve) => (port1.onmessage = resolve));
      port2.postMessage(undefined);
      await next;
    }
  };
`;

/** What the page of these tests has beside the panel itself. */
export interface PanelWindow {
  readonly posts: readonly FromWebviewMessage[];
  /** Says something to the panel, and waits until it has been drawn. */
  say(message: unknown): Promise<void>;
}

export interface PanelOptions {
  readonly width?: number;
  readonly height?: number;
  /** Time stands still, and goes on as `page.clock` is told. */
  readonly clock?: 'manual';
  /** As which browser on which platform the page sees itself. */
  readonly userAgent?: string;
  /** The user's language, with its words as the host puts them on the page. */
  readonly language?: { readonly name: string; readonly words: Readonly<Record<string, string>> };
}

export async function openPanel(browser: Browser, options: PanelOptions = {}): Promise<PanelPage> {
  const { width = 420, height = 640 } = options;
  const context = await browser.newContext({
    reducedMotion: 'reduce',
    ...(options.userAgent !== undefined && { userAgent: options.userAgent }),
  });
  context.setDefaultTimeout(60_000);
  await serve(context, options.language);
  const page = await context.newPage();
  if (options.clock === 'manual') await page.clock.install({ time: 0 });
  await page.addInitScript({ content: fakeHost });
  const open = async (): Promise<void> => {
    await page.setViewportSize({ width, height });
    if (page.url().startsWith(origin)) await page.evaluate(() => sessionStorage.clear());
    await page.goto(origin);
    if (options.clock === 'manual') await page.clock.pauseAt(3_600_000);
    await page.waitForFunction(() => (window as unknown as PanelWindow).posts[0]?.type === 'ready');
    await setTheme(page, 'dark');
  };
  await open();
  return panelPage(page, open);
}

function panelPage(page: Page, reopen: () => Promise<void>): PanelPage {
  const sayAnything = (message: unknown): Promise<void> =>
    page.evaluate((posted) => (window as unknown as PanelWindow).say(posted), message);
  const posts = async (): Promise<readonly FromWebviewMessage[]> =>
    (await page.evaluate(() => (window as unknown as PanelWindow).posts)).slice(1);
  return {
    page,
    reopen,
    sayAnything,
    respond: async (type, result) => {
      await page.waitForFunction(
        (wanted) => (window as unknown as PanelWindow).posts.some((message) => message.type === wanted),
        type as string,
      );
      const request = (await posts()).findLast((message) => message.type === type);
      assert.ok(request && 'requestId' in request);
      await sayAnything({ type: 'response', requestId: request.requestId, result });
    },
    say: async (...messages) => {
      for (const message of messages) await sayAnything(message);
    },
    posts,
    said: async <T extends FromWebviewMessage['type']>(type: T) =>
      (await posts()).filter((message): message is Said<T> => message.type === type),
    theme: (name) => setTheme(page, name),
    overflow: () =>
      page.evaluate(() => {
        const widths = [
          document.documentElement,
          ...document.querySelectorAll('[role=log], .question-bar, footer'),
        ];
        return Math.max(...widths.map(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth));
      }),
    screenshot: async (name) => {
      const path = inRepository('out/screenshots/panel', `${name}.png`);
      mkdirSync(dirname(path), { recursive: true });
      await page.screenshot({ path });
    },
    close: () => page.context().close(),
  };
}

/** The page as host/views/webview-html.ts makes it, under the same policy. */
async function serve(
  context: BrowserContext,
  { name, words }: NonNullable<PanelOptions['language']> = { name: 'en', words: {} },
): Promise<void> {
  const nonce = createNonce();
  const policy = contentSecurityPolicy(nonce, origin);
  const html = `<!DOCTYPE html>
<html lang="${name}">
  <head>
    <meta charset="utf-8">
    <meta http-equiv="Content-Security-Policy" content="${policy}">
    <link rel="stylesheet" href="/main.css">
    <title>o1-mini Chat</title>
  </head>
  <body data-l10n="${JSON.stringify(words).replaceAll('&', '&amp;').replaceAll('"', '&quot;')}"><script type="module" nonce="${nonce}" src="/main.js"></script></body>
</html>`;
  await context.route(`${origin}/**`, async (route) => {
    const { pathname } = new URL(route.request().url());
    if (pathname === '/') return route.fulfill({ contentType: 'text/html', body: html });
    const body = await readFile(inRepository('dist/webview', pathname)).catch(() => undefined);
    if (!body) return route.fulfill({ status: 404 });
    return route.fulfill({ contentType: types[extname(pathname)] ?? 'text/plain', body });
  });
}

/** As VS Code does it: variables on the root, and a class on the body. */
async function setTheme(page: Page, name: keyof typeof panelThemes): Promise<void> {
  const { kind, colors } = panelThemes[name];
  const fonts = {
    'font-family': 'system-ui, "Ubuntu", "Droid Sans", sans-serif',
    'font-size': '13px',
    'editor-font-family': '"Droid Sans Mono", monospace',
  };
  await page.evaluate(
    ([bodyClass, values]) => {
      const { style } = document.documentElement;
      style.cssText = '';
      for (const [key, value] of Object.entries(values)) style.setProperty(`--vscode-${key}`, value);
      style.background = 'var(--vscode-sideBar-background)';
      style.colorScheme = /light|^$/.test(bodyClass) ? 'light' : 'dark';
      document.body.className = bodyClass;
    },
    [kind, { ...fonts, ...colors }] as const,
  );
}
