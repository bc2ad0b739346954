import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, extname } from 'node:path';
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { createNonce } from '../../src/host/views/content-security-policy';
import { webviewTemplate } from '../../src/host/views/webview-template';
import type { FromWebviewMessage, ToWebviewMessage } from '../../src/protocol/messages';
import type { RequestResult, RequestType } from '../../src/protocol/requests';
import { panelThemes, themeNames, type ThemeName } from './panel-themes';
import { inRepository } from './paths';

/** The built panel in a browser, with the test in place of the host. */
export interface PanelPage {
  readonly page: Page;
  questionBox(): Locator;
  questions(): Locator;
  answers(): Locator;
  button(name: string): Locator;
  /** Waits until the element with this label has the focus. */
  untilFocused(label: string): Promise<void>;
  /** Posts messages to the panel as the host does, and waits until they are rendered. */
  post(...messages: readonly ToWebviewMessage[]): Promise<void>;
  /** Responds to the last request of this type, once there is one. */
  respond<T extends RequestType>(type: T, result: RequestResult<T>): Promise<void>;
  /** Posts anything to the window of the panel, also invalid messages. */
  postUnchecked(message: unknown): Promise<void>;
  /** The messages of the panel, without its first one, `ready`. */
  received(): Promise<readonly FromWebviewMessage[]>;
  /** The messages of the panel of one type. */
  receivedOf<T extends FromWebviewMessage['type']>(type: T): Promise<readonly MessageOf<T>[]>;
  theme(name: ThemeName): Promise<void>;
  /** The number of pixels by which the content is wider than the panel. */
  overflow(): Promise<number>;
  screenshot(name: string): Promise<void>;
  /** Takes a screenshot in each theme, with the name of the theme as its suffix. */
  screenshotInThemes(name: string): Promise<void>;
  /** Loads the panel again as it was opened. Listeners of the page are kept. */
  reopen(): Promise<void>;
  close(): Promise<void>;
}

type MessageOf<T extends FromWebviewMessage['type']> = Extract<FromWebviewMessage, { readonly type: T }>;

export const panelOrigin = 'https://panel.test';
const origin = panelOrigin;
const types: Readonly<Record<string, string>> = {
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.ttf': 'font/ttf',
  '.woff2': 'font/woff2',
};

/** A string, because tsx would add a helper to a function that the page does not have. */
const fakeHost = `
  window.received = [];
  window.acquireVsCodeApi = () => ({
    postMessage: (message) => window.received.push(message),
    // Kept when the page is loaded again, and cleared when a test begins.
    getState: () => JSON.parse(sessionStorage.getItem('state') ?? 'null') ?? undefined,
    setState: (state) => sessionStorage.setItem('state', JSON.stringify(state)),
  });
  window.postToPanel = async (message) => {
    dispatchEvent(new MessageEvent('message', { data: message }));
    // Long texts are rendered in slices.
    while (document.querySelector(':is(.markdown, .question-text)[aria-busy], [role=log][aria-busy]:has(.turn)')) {
      const { port1, port2 } = new MessageChannel();
      const next = new Promise((resolve) => (port1.onmessage = resolve));
      port2.postMessage(undefined);
      await next;
    }
  };
`;

/** Globals of the page in these tests. */
export interface PanelWindow {
  readonly received: readonly FromWebviewMessage[];
  /** Posts a message to the panel, and waits until it is rendered. */
  postToPanel(message: unknown): Promise<void>;
}

export interface PanelOptions {
  readonly width?: number;
  readonly height?: number;
  /** Time stands still and is advanced with `page.clock`. */
  readonly clock?: 'manual';
  /** The user agent, by which the panel recognizes browser and platform. */
  readonly userAgent?: string;
  /** The display language, with the translations as the host writes them into the page. */
  readonly language?: { readonly name: string; readonly translations: Readonly<Record<string, string>> };
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
    if (page.url().startsWith(origin)) await page.evaluate(clearState);
    await page.goto(origin);
    if (options.clock === 'manual') await page.clock.pauseAt(3_600_000);
    await page.waitForFunction(() => (window as unknown as PanelWindow).received[0]?.type === 'ready');
    await setTheme(page, 'dark');
  };
  await open();
  return panelPage(page, open);
}

/** Clears the state of the panel, which may still be about to save its scroll position. */
function clearState(): void {
  Storage.prototype.setItem = () => undefined;
  sessionStorage.clear();
}

function panelPage(page: Page, reopen: () => Promise<void>): PanelPage {
  const postUnchecked = (message: unknown): Promise<void> =>
    page.evaluate((posted) => (window as unknown as PanelWindow).postToPanel(posted), message);
  const received = async (): Promise<readonly FromWebviewMessage[]> =>
    (await page.evaluate(() => (window as unknown as PanelWindow).received)).slice(1);
  return {
    page,
    questionBox: () => page.getByRole('textbox', { name: 'Ask o1-mini' }),
    questions: () => page.getByRole('article', { name: 'You' }),
    answers: () => page.getByRole('article', { name: 'o1-mini' }),
    button: (name) => page.getByRole('button', { name, exact: true }),
    untilFocused: async (label) => {
      await page.waitForFunction(
        (name) => document.activeElement?.getAttribute('aria-label') === name,
        label,
      );
    },
    reopen,
    postUnchecked,
    respond: async (type, result) => {
      await page.waitForFunction(
        (wanted) => (window as unknown as PanelWindow).received.some((message) => message.type === wanted),
        type as string,
      );
      const request = (await received()).findLast((message) => message.type === type);
      assert.ok(request && 'requestId' in request);
      await postUnchecked({ type: 'response', requestId: request.requestId, result });
    },
    post: async (...messages) => {
      for (const message of messages) await postUnchecked(message);
    },
    received,
    receivedOf: async <T extends FromWebviewMessage['type']>(type: T) =>
      (await received()).filter((message): message is MessageOf<T> => message.type === type),
    theme: (name) => setTheme(page, name),
    overflow: () =>
      page.evaluate(() => {
        const widths = [
          document.documentElement,
          ...document.querySelectorAll('[role=log], .question-bar, footer'),
        ];
        return Math.max(...widths.map(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth));
      }),
    screenshot: (name) => screenshot(page, name),
    screenshotInThemes: async (name) => {
      for (const theme of themeNames) {
        await setTheme(page, theme);
        await screenshot(page, `${name}-${theme}`);
      }
    },
    close: () => page.context().close(),
  };
}

async function screenshot(page: Page, name: string): Promise<void> {
  const path = inRepository('out/screenshots/panel', `${name}.png`);
  mkdirSync(dirname(path), { recursive: true });
  await page.screenshot({ path });
}

/** Serves the page of the extension. */
async function serve(
  context: BrowserContext,
  { name, translations }: NonNullable<PanelOptions['language']> = { name: 'en', translations: {} },
): Promise<void> {
  const urlOf = (file: string): string => `/${file}`;
  const html = webviewTemplate({
    language: name,
    translations,
    nonce: createNonce(),
    ownSource: origin,
    urlOf,
  });
  await context.route(`${origin}/**`, async (route) => {
    const { pathname } = new URL(route.request().url());
    if (pathname === '/') return route.fulfill({ contentType: 'text/html', body: html });
    const body = await readFile(inRepository('dist/webview', pathname)).catch(() => undefined);
    if (!body) return route.fulfill({ status: 404 });
    return route.fulfill({ contentType: types[extname(pathname)] ?? 'text/plain', body });
  });
}

/** Sets a theme as VS Code does: variables on the root element, and a class on the body. */
async function setTheme(page: Page, name: ThemeName): Promise<void> {
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
