import assert from 'node:assert/strict';
import { chatPage, openChat, type ChatPage } from './chat-page';
import { pausedAnswer } from './replies';
import { useChat } from './use-chat';

const deltas = Array.from({ length: 400 }, (_, index) => `word${index} `);
const fullText = deltas.join('').trim();

describe('The chat in an editor tab', () => {
  const { workbench, api, chat: view } = useChat({ newChat: 'eachTest' });
  let tab: ChatPage;

  before(() => workbench.closeEditors());
  beforeEach(async () => {
    tab = await openTab();
  });
  afterEach(() => workbench.closeEditors());

  async function openTab(): Promise<ChatPage> {
    await workbench.command('o1-mini: Open Chat in Editor');
    await workbench.tab().locator('[role=log]:not([aria-busy])').waitFor();
    return chatPage(workbench.tab());
  }

  /** Asks in the tab. The answer pauses halfway until the returned function is called. */
  async function askInTab(text: string): Promise<() => void> {
    const { reply, resume } = pausedAnswer(deltas, 5);
    api.script(reply);
    await tab.ask(text);
    return resume;
  }

  const answerIn = async (chat: ChatPage): Promise<string> =>
    (await chat.answers.last().locator('.markdown').innerText()).trim();

  it('is opened once and is in sync with the view, and an answer is shown in both', async () => {
    const resume = await askInTab('Count in both');
    await view.questions.getByText('Count in both').waitFor();
    await openTab();
    resume();
    await Promise.all([view.until('Done'), tab.until('Done')]);
    assert.deepEqual([await answerIn(view), await answerIn(tab)], [fullText, fullText]);
    assert.equal(await workbench.page.locator('.part.editor .tab').count(), 1);
    assert.equal(api.requests.length, 1);
  });

  it('has the title of the chat', async () => {
    const label = workbench.page.locator('.part.editor .tab');
    await label.filter({ hasText: /^o1-mini Chat$/ }).waitFor();
    await askInTab('What is in a name?');
    await label.filter({ hasText: 'What is in a name?' }).waitFor();
    await view.button('Stop').click();
    await tab.until('Stopped');
    await workbench.command('o1-mini: New Chat');
    await label.filter({ hasText: /^o1-mini Chat$/ }).waitFor();
  });

  it('shares the draft with the view, even after the question is sent', async () => {
    await view.box.pressSequentially('Wh');
    await waitForText(tab, 'Wh');
    await tab.box.press('End');
    await tab.box.pressSequentially('y?');
    await waitForText(view, 'Why?');
    await askInTab('Why not?');
    await waitForText(view, '');
    await view.button('Stop').click();
    await tab.until('Stopped');
  });

  it('is restored with its chat when the window is reloaded', async () => {
    const resume = await askInTab('Count over the reload');
    resume();
    await tab.until('Done');
    // A tab that VS Code has not stored yet would not be restored.
    await workbench.page.locator('.part.editor .tab').filter({ hasText: 'Count over the reload' }).waitFor();
    await workbench.reloadByCommand();
    await tab.questions.getByText('Count over the reload').waitFor();
    await workbench.page.locator('.part.editor .tab').filter({ hasText: 'Count over the reload' }).waitFor();
    // A long text is rendered in parts.
    await tab.answers.last().getByText('word399').waitFor();
    assert.equal(await answerIn(tab), fullText);
    await openChat(workbench);
    await openTab();
    assert.equal(await workbench.page.locator('.part.editor .tab').count(), 1);
  });

  it('can be moved to a window of its own during an answer without losing text', async () => {
    const resume = await askInTab('Count while moving');
    await tab.answers.last().getByText('word5 ').waitFor();
    const opened = workbench.page.context().waitForEvent('page');
    await workbench.command('View: Move Editor into New Window');
    const other = await opened;
    const moved = chatPage(workbench.tab(other));
    await moved.until('Answering');
    resume();
    await moved.until('Done');
    assert.equal(await answerIn(moved), fullText);
    await moved.box.fill('Written in the other window');
    await waitForText(view, 'Written in the other window');
    await view.box.fill('');
    await waitForText(moved, '');
    await other.close();
    await workbench.page.bringToFront();
    await view.box.click();
  });

  it('gets the focus by Open Chat if it was used last', async () => {
    await tab.box.fill('Last used here');
    await waitForText(view, 'Last used here');
    await view.button('Send').focus();
    await workbench.command('o1-mini: Open Chat');
    await tab.box.evaluate(
      (box) =>
        new Promise<void>((resolve) => {
          setInterval(() => {
            if (document.hasFocus() && document.activeElement === box) resolve();
          }, 10);
        }),
    );
    await workbench.page.keyboard.type('!');
    await waitForText(tab, 'Last used here!');
    await tab.box.fill('');
    await waitForText(view, '');
  });
});

/** Waits until the box has this text, which may be the draft of the other webview. */
async function waitForText({ box }: ChatPage, text: string): Promise<void> {
  await box.evaluate(
    (textArea, expected) =>
      new Promise<void>((resolve, reject) => {
        const deadline = performance.now() + 60_000;
        setInterval(() => {
          const { value } = textArea as HTMLTextAreaElement;
          if (value === expected) resolve();
          else if (performance.now() > deadline) reject(new Error(`The text of the box is: ${value}`));
        }, 10);
      }),
    text,
  );
}
