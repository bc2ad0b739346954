import assert from 'node:assert/strict';
import { chatPage, openChat, type ChatPage } from './chat-page';
import { pausedAnswer } from './replies';
import { useChat } from './window';

const deltas = Array.from({ length: 400 }, (_, index) => `word${index} `);
const whole = deltas.join('').trim();

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

  /** Gives what lets the answer go on, once it is half there. */
  async function askInTab(text: string): Promise<() => void> {
    const { reply, resume } = pausedAnswer(deltas, 5);
    api.script(reply);
    await tab.ask(text);
    return resume;
  }

  const answerIn = async (chat: ChatPage): Promise<string> =>
    (await chat.answers.last().locator('.markdown').innerText()).trim();

  it('is one, and in step with the view: what is asked here is answered in both', async () => {
    const resume = await askInTab('Count in both');
    await view.questions.getByText('Count in both').waitFor();
    await openTab();
    resume();
    await Promise.all([view.until('Done'), tab.until('Done')]);
    assert.deepEqual([await answerIn(view), await answerIn(tab)], [whole, whole]);
    assert.equal(await workbench.page.locator('.part.editor .tab').count(), 1);
    assert.equal(api.requests.length, 1);
  });

  it('has the name of the chat', async () => {
    const label = workbench.page.locator('.part.editor .tab');
    await label.filter({ hasText: /^o1-mini Chat$/ }).waitFor();
    await askInTab('What is in a name?');
    await label.filter({ hasText: 'What is in a name?' }).waitFor();
    await view.button('Stop').click();
    await tab.until('Stopped');
    await workbench.command('o1-mini: New Chat');
    await label.filter({ hasText: /^o1-mini Chat$/ }).waitFor();
  });

  it('has what is written in the view, and the view what is written here, also once it is sent', async () => {
    await view.box.pressSequentially('Wh');
    await untilWritten(tab, 'Wh');
    await tab.box.press('End');
    await tab.box.pressSequentially('y?');
    await untilWritten(view, 'Why?');
    await askInTab('Why not?');
    await untilWritten(view, '');
    await view.button('Stop').click();
    await tab.until('Stopped');
  });

  it('comes back when the window is loaded anew, with its chat', async () => {
    const resume = await askInTab('Count over the reload');
    resume();
    await tab.until('Done');
    // A tab that is not yet written down would not come back.
    await workbench.page.locator('.part.editor .tab').filter({ hasText: 'Count over the reload' }).waitFor();
    await workbench.reloadInOrder();
    await tab.questions.getByText('Count over the reload').waitFor();
    await workbench.page.locator('.part.editor .tab').filter({ hasText: 'Count over the reload' }).waitFor();
    // A long text is drawn piece by piece.
    await tab.answers.last().getByText('word399').waitFor();
    assert.equal(await answerIn(tab), whole);
    await openChat(workbench);
    await openTab();
    assert.equal(await workbench.page.locator('.part.editor .tab').count(), 1);
  });

  it('goes to a window of its own in mid-stream, and loses nothing', async () => {
    const resume = await askInTab('Count while moving');
    await tab.answers.last().getByText('word5 ').waitFor();
    const opened = workbench.page.context().waitForEvent('page');
    await workbench.command('View: Move Editor into New Window');
    const other = await opened;
    const moved = chatPage(workbench.tab(other));
    await moved.until('Answering');
    resume();
    await moved.until('Done');
    assert.equal(await answerIn(moved), whole);
    await moved.box.fill('Written over there');
    await untilWritten(view, 'Written over there');
    await view.box.fill('');
    await untilWritten(moved, '');
    await other.close();
    await workbench.page.bringToFront();
    await view.box.click();
  });

  it('is what Open Chat opens where it was used last', async () => {
    await tab.box.fill('Last used here');
    await untilWritten(view, 'Last used here');
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
    await untilWritten(tab, 'Last used here!');
    await tab.box.fill('');
    await untilWritten(view, '');
  });
});

/** The box has this text, once it has come over. */
async function untilWritten({ box }: ChatPage, text: string): Promise<void> {
  await box.evaluate(
    (area, expected) =>
      new Promise<void>((resolve, reject) => {
        const deadline = performance.now() + 60_000;
        setInterval(() => {
          const { value } = area as HTMLTextAreaElement;
          if (value === expected) resolve();
          else if (performance.now() > deadline) reject(new Error(`The box has: ${value}`));
        }, 10);
      }),
    text,
  );
}
