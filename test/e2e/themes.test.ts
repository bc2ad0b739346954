import assert from 'node:assert/strict';
import { axeFindings } from '../support/axe';
import type { ChatPage } from './chat-page';
import { contrastRatio } from '../support/contrast';
import { THEMES } from '../support/window';
import { useChat } from './use-chat';

describe('The panel in every theme', () => {
  const { workbench, api, chat } = useChat({ newChat: 'once' });

  before(async () => {
    await workbench.openFile('orbits.py');
    await workbench.select(21, 31);
    await chat.askBy(() => workbench.command('o1-mini: Explain'));
    await chat.until('Done');
    await chat.ask('Prove that the first n odd numbers add up to n².');
    await chat.until('Done');
    api.script({ kind: 'status', status: 401, body: '{"message":"Invalid token"}' });
    await chat.ask('And with a wrong key?');
    await chat.until('Failed');
  });

  for (const theme of THEMES) {
    it(`is readable in ${theme}`, async () => {
      await workbench.theme(theme);
      await workbench.panel().locator(`body[data-vscode-theme-id="${theme}"]`).waitFor();
      for (const [index, name] of [
        [0, 'code'],
        [1, 'mathematics'],
        [2, 'error'],
      ] as const) {
        await chat.answers.nth(index).scrollIntoViewIfNeeded();
        await workbench.screenshot(`${theme.toLowerCase().replaceAll(' ', '-')}-${name}`);
      }
      assert.ok((await contrast(chat)) >= 4.5);
      const frame = await (await chat.answers.first().elementHandle()).ownerFrame();
      assert.ok(frame);
      // axe-core does not know the background behind the frame.
      await frame.evaluate(
        () => (document.documentElement.style.background = 'var(--vscode-sideBar-background)'),
      );
      assert.deepEqual(await axeFindings(frame), []);
    });
  }
});

/** The contrast ratio of the text of an answer to its background. */
async function contrast(chat: ChatPage): Promise<number> {
  const { text, background } = await chat.answers.first().evaluate((answer) => {
    const probe = document.body.appendChild(document.createElement('span'));
    probe.style.color = 'var(--vscode-sideBar-background)';
    return { text: getComputedStyle(answer).color, background: getComputedStyle(probe).color };
  });
  return contrastRatio(text, background);
}
