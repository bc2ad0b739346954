import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { screenshotInThemes } from './screenshots';
import { streamOf, textChunk } from './replies';
import { useChat } from './use-chat';

interface Body {
  readonly messages: readonly { readonly role: string; readonly content: string }[];
  readonly max_completion_tokens: number;
}

describe('An answer that was cut off at the token limit', () => {
  const { workbench, api, chat } = useChat({ newChat: 'eachTest' });

  const cutOffText = 'Two functions:\n\n```python\ndef f(x):\n    return x +';
  const body = (index: number): Body => api.requests[index]?.body as Body;
  const code = (): Promise<string | null> => chat.answers.last().locator('pre code').textContent();

  async function askForCutOffAnswer(): Promise<void> {
    api.script(streamOf(textChunk(cutOffText, 'length')));
    await chat.ask('Write f and g');
    await chat.until('Incomplete');
    await chat.answers.getByText('The answer was cut off at the limit of 25,000 tokens.').waitFor();
  }

  it('becomes one answer with one code block after Continue, which is inserted completely', async () => {
    await askForCutOffAnswer();
    await screenshotInThemes(workbench, 'continue');
    const rest = ' 1\n\ndef g(x):\n    return 2 * x\n```\n\nThat is all.';
    api.script(streamOf(textChunk(rest)));
    await chat.button('Continue').click();
    await chat.answers.getByText('That is all.').waitFor();
    await chat.until('Done');
    const completeCode = 'def f(x):\n    return x + 1\n\ndef g(x):\n    return 2 * x\n';
    assert.equal(await chat.answers.count(), 1);
    assert.equal(await code(), completeCode);
    assert.equal(await chat.answers.getByText('Cut off at').count(), 0);
    assert.equal(await chat.questions.count(), 1);

    assert.equal(api.requests.length, 2);
    const [question, answer, instruction, ...others] = body(1).messages;
    assert.deepEqual([question, answer], [body(0).messages[0], { role: 'assistant', content: cutOffText }]);
    assert.match(instruction?.content ?? '', /Go on exactly where it stopped/);
    assert.deepEqual(others, []);

    writeFileSync(join(workbench.folder, 'continued.py'), '');
    await workbench.openFile('continued.py');
    await chat.answers.getByRole('button', { name: 'Insert at Cursor' }).click();
    await workbench.page.locator('.tab.active.dirty').waitFor();
    assert.equal(await workbench.editorText(), completeCode.trimEnd());
    await workbench.command('File: Save');
    await workbench.closeEditors();
  });

  it('is continued by the command too, and text that the model repeats at the join appears once', async () => {
    await askForCutOffAnswer();
    api.script(streamOf(textChunk('```python\n    return x + 1\n```\n\nThe end.')));
    await workbench.command('o1-mini: Continue Answer');
    await chat.answers.getByText('The end.').waitFor();
    await chat.until('Done');
    assert.equal(await code(), 'def f(x):\n    return x + 1\n');
  });

  it('can be continued several times, and later questions include it as one answer', async () => {
    api.script(streamOf(textChunk('One, two, ', 'length')));
    api.script(streamOf(textChunk('three, four, ', 'length')));
    api.script(streamOf(textChunk('five.')));
    await chat.ask('Count to five');
    await chat.button('Continue').click();
    await chat.answers.getByText('One, two, three, four,').waitFor();
    await chat.button('Continue').click();
    await chat.answers.getByText('One, two, three, four, five.').waitFor();
    await chat.until('Done');
    assert.equal(await chat.button('Continue').count(), 0);
    await chat.ask('And then?');
    await chat.until('Done');
    const [, answer] = body(3).messages;
    assert.equal(answer?.content, 'One, two, three, four, five.');
  });
});

describe('An answer that is empty because reasoning used all tokens', () => {
  const { workbench, api, chat } = useChat({ newChat: 'once' });

  before(() => workbench.settings({ 'o1mini.maxCompletionTokens': 64 }));
  after(() => workbench.settings({ 'o1mini.maxCompletionTokens': undefined }));

  const limits = (): readonly number[] =>
    api.requests.map(({ body }) => (body as Body).max_completion_tokens);

  it('says so, and waits for the user', async () => {
    await chat.ask('Think it over');
    await chat.until('Incomplete');
    await chat.answers
      .getByText('The model used all 64 tokens for reasoning; none were left for the answer.')
      .waitFor();
    const buttons = await chat.answers.last().getByRole('note').getByRole('button').allInnerTexts();
    assert.deepEqual(buttons, ['Retry with 128 tokens, at most $0.0006', 'Open Settings']);
    await screenshotInThemes(workbench, 'all-thinking');
    assert.deepEqual(limits(), [64]);
  });

  it('is requested once with twice the limit, however quickly the user clicks, and the setting stays the same', async () => {
    api.script({ kind: 'answer', text: 'Now there is room.' });
    await workbench
      .panel()
      .getByRole('button', { name: /^Retry with 128 tokens/ })
      .dblclick();
    await chat.answers.getByText('Now there is room.').waitFor();
    await chat.until('Done');
    assert.deepEqual(limits(), [128]);
    await chat.ask('Think again');
    await chat.until('Incomplete');
    assert.deepEqual(limits(), [128, 64]);
  });
});
