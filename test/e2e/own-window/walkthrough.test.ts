import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { Locator } from 'playwright-core';
import { startServer, type ApiServer } from '../../server/server';
import { machineSettingsFile } from '../../support/vscode-server';
import { openWindow, type TestWindow, type Theme } from '../../support/window';
import { chatPage } from '../chat-page';
import { enterApiKey } from '../enter-api-key';

const themes: readonly Theme[] = [
  'Dark Modern',
  'Light Modern',
  'Default High Contrast',
  'Default High Contrast Light',
];
const steps = ['account', 'apiKey', 'sample', 'localServer'];

describe('The walkthrough for new users', () => {
  let workbench: TestWindow;

  before('open a window', async () => {
    workbench = await openWindow({ api: { key: 'sk-practice', pace: { thinkingMs: 100, deltaMs: 1 } } });
    await open();
  });
  after(() => workbench.close());

  async function open(): Promise<void> {
    await workbench.command('o1-mini: Get Started');
    await step('account').waitFor();
  }

  const step = (name: string): Locator =>
    workbench.page.locator(`.getting-started-step[data-step-id$="#getStarted#${name}"]`);
  const checkbox = (name: string): Locator => step(name).getByRole('checkbox');

  /** Unfolds a step, and activates its link. */
  async function follow(name: string, link: string): Promise<void> {
    if ((await step(name).getAttribute('aria-expanded')) !== 'true') await step(name).click();
    await step(name).getByText(link, { exact: true }).click();
  }

  async function untilComplete(name: string): Promise<void> {
    await step(name).locator('[role=checkbox][aria-checked=true]').waitFor();
  }

  it('shows a picture for each step, in the colors of each theme', async () => {
    for (const theme of themes) {
      await workbench.theme(theme);
      for (const name of steps) {
        await step(name).click();
        await step(name).and(workbench.page.locator('[aria-expanded=true]')).waitFor();
        const picture = workbench.page
          .frameLocator('iframe.webview.ready')
          .frameLocator('iframe#active-frame')
          .locator('svg');
        await picture.waitFor();
        const fills = await picture.evaluate((svg) =>
          [...svg.querySelectorAll('[fill^=var]')].map((shape) => getComputedStyle(shape).fill),
        );
        // A color that the theme does not have would be black.
        assert.ok(fills.length > 5 && new Set(fills).size >= 3, `${theme}, ${name}: ${String(fills)}`);
        const [background] = fills;
        assert.equal(background === 'rgb(255, 255, 255)', theme.includes('Light'), `${theme}: ${background}`);
        await workbench.screenshot(`walkthrough-${name}-${theme.toLowerCase().replaceAll(' ', '-')}`);
      }
    }
  });

  it('has no step that is complete before the user has done it', async () => {
    for (const name of steps) assert.equal(await checkbox(name).getAttribute('aria-checked'), 'false', name);
  });

  it('completes the first step when the page of the API keys is opened', async () => {
    await follow('account', 'Open the API Keys Page');
    // VS Code asks before it opens a page.
    const dialog = workbench.dialog('https://aimlapi.com/app/keys');
    await dialog.waitFor();
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await untilComplete('account');
  });

  it('completes the step of the API key when a key was stored, not when its box is closed', async () => {
    await follow('apiKey', 'Set API Key');
    const input = workbench.page.locator('.quick-input-widget input[type=password]');
    await input.press('Escape');
    await input.waitFor({ state: 'hidden' });
    assert.equal(await checkbox('apiKey').getAttribute('aria-checked'), 'false');
    await follow('apiKey', 'Set API Key');
    await enterApiKey(workbench, 'sk-practice');
    await untilComplete('apiKey');
  });

  it('asks about a sample in an unsaved file, which completes a step', async () => {
    await follow('sample', 'Ask About a Sample');
    const chat = chatPage(workbench.panel());
    await chat.answers.first().waitFor();
    await chat.until('Done');
    assert.match(JSON.stringify(workbench.api.requests[0]?.body), /def integer_sqrt/);
    assert.match(await workbench.editorText(), /^def integer_sqrt/);
    await workbench.screenshot('walkthrough-sample');
    await open();
    await untilComplete('sample');
  });

  it('selects Ollama as the service without an entry in a file, which completes a step', async function () {
    let ollama: ApiServer;
    try {
      ollama = await startServer({ port: 11434, dialect: 'ollama', pace: { thinkingMs: 0, deltaMs: 0 } });
    } catch {
      // Ollama itself uses the port.
      this.skip();
    }
    await follow('localServer', 'Use Ollama');
    await workbench.notification('Questions are now sent to Ollama at http://localhost:11434.');
    const settings = JSON.parse(readFileSync(machineSettingsFile(workbench.dataDir), 'utf8')) as object;
    assert.ok('o1mini.baseUrl' in settings && settings['o1mini.baseUrl'] === 'http://localhost:11434');
    await untilComplete('localServer');
    const chat = chatPage(workbench.panel());
    await chat.ask('Hello?');
    await chat.until('Done');
    assert.equal(ollama.requests.length, 1);
    await ollama.close();
  });
});
