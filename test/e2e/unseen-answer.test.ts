import assert from 'node:assert/strict';
import { countUnseenAnswer, untilChatHidden } from './editor-flows';
import { pausedAnswer } from './replies';
import { useChat } from './use-chat';

describe('An answer that ends out of sight', () => {
  const { workbench, api, chat } = useChat({ newChat: 'eachTest' });

  describe('behind another view', () => {
    const files = () => workbench.page.getByRole('button', { name: 'Explorer Section: workspace' });
    const explorer = (badge: string) =>
      workbench.page.locator('.activitybar').getByRole('tab', { name: badge }).locator('.badge-content');

    before(async () => {
      await workbench.press('viewToExplorer');
      await workbench.press('openChat');
      // Makes room for the conversation.
      await files().click();
      await chat.log.waitFor();
    });
    after(async () => {
      await files().click();
      await workbench.press('viewBack');
    });

    it('is counted on the icon of the view until the chat is shown', async () => {
      for (const question of ['First?', 'Second?']) {
        const { reply, resume } = pausedAnswer(['One ', 'two'], 0);
        api.script(reply);
        await chat.ask(question);
        await chat.until('Answering');
        await workbench.press('showSearch');
        await untilChatHidden(workbench, chat);
        resume();
        await explorer('1 new answer').getByText('1', { exact: true }).waitFor();
        await workbench.screenshot('unseen-answer');
        await workbench.press('showExplorer');
        await explorer('1 new answer').waitFor({ state: 'detached' });
      }
    });
  });

  it('is counted in the status bar until the chat is shown', () => countUnseenAnswer(workbench, chat));

  it('is announced by a notification if it took long, whose button shows the answer', async () => {
    api.script({ kind: 'answer', text: 'At last', thinkingMs: 30_500 });
    await chat.ask('What takes half a minute?');
    await workbench.press('hideOrShowSideBar');
    await chat.box.waitFor({ state: 'hidden' });
    assert.equal(await api.requests[0]?.ended, 'answered');
    const notification = await workbench.notification('o1-mini answered after 3');
    await notification.getByRole('button', { name: 'Show Answer' }).click();
    await chat.answers.getByText('At last').waitFor();
  });
});
