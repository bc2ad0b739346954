import { pausedAnswer } from './replies';
import { useChat } from './use-chat';

describe('The item in the status bar', () => {
  const { workbench, api, chat } = useChat({ newChat: 'eachTest' });
  const item = (name: RegExp) => workbench.page.locator('.statusbar').getByRole('button', { name });

  it('shows the model, the state of the answer, and the tokens of the day', async () => {
    await item(/^o1-mini Chat: Idle, Model: o1-mini/)
      .getByText('o1-mini', { exact: true })
      .waitFor();
    const { reply, resume } = pausedAnswer(['One ', 'two'], 0);
    api.script(reply);
    await chat.ask('Count');
    await item(/^o1-mini Chat: Answering/)
      .getByText('o1-mini: Answering', { exact: true })
      .waitFor();
    await workbench.screenshot('status-bar-answering');
    resume();
    await item(/^o1-mini Chat: Idle, Model: o1-mini, Today: [1-9][\d,]* tokens, \$\d/).waitFor();
  });

  it('opens a menu, which opens the chat and shows the usage', async () => {
    await workbench.press('hideOrShowSideBar');
    await chat.box.waitFor({ state: 'hidden' });
    await item(/^o1-mini Chat: Idle/).click();
    await workbench.page.locator('.quick-input-list').getByText('Select Model').waitFor();
    await workbench.screenshot('status-bar-menu');
    await workbench.choose('Open Chat');
    await chat.box.waitFor();
    await item(/^o1-mini Chat: Idle/).click();
    await workbench.choose('Show Usage');
    await workbench.notification("Today's cost in all windows");
  });
});
