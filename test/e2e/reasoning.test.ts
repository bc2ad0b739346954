import assert from 'node:assert/strict';
import { screenshotInThemes } from './screenshots';
import { streamOf, textChunk } from './replies';
import { useChat } from './use-chat';

function reasoningChunk(reasoning: string): object {
  return { choices: [{ index: 0, delta: { reasoning_content: reasoning } }] };
}

describe('The reasoning of a model that shows it', () => {
  const { workbench, api, chat } = useChat({ newChat: 'eachTest' });

  // A name of the limit is learned for each model, and other suites use another model.
  before(() => workbench.settings({ 'o1mini.model': 'o1-mini-2024-09-12' }));
  after(() => workbench.settings({ 'o1mini.model': undefined }));

  it('is collapsed and not sent back, and an ignored token limit is renamed', async () => {
    const usage = { prompt_tokens: 9, completion_tokens: 31_000 };
    api.script(
      streamOf(
        reasoningChunk('**Counting**\n\nIt is `twelve`, '),
        reasoningChunk('I think.'),
        textChunk('Twelve.'),
        { choices: [], usage },
      ),
    );
    await chat.ask('How many?');
    await chat.until('Done');
    const reasoning = chat.answers.locator('.reasoning');
    assert.equal(await reasoning.isVisible(), false);
    await chat.answers.locator('summary', { hasText: 'Reasoning' }).click();
    await reasoning.locator('strong', { hasText: 'Counting' }).waitFor();
    const ignored =
      'The service ignored the limit of 25,000 tokens (max_completion_tokens) and returned 31,000. From now on, the limit is sent to this model as max_tokens.';
    await chat.answers.getByText(ignored).waitFor();
    await screenshotInThemes(workbench, 'reasoning');

    api.script(streamOf(textChunk('Sure.')));
    await chat.ask('Sure?');
    await chat.answers.getByText('Sure.').waitFor();
    await chat.until('Done');
    const [first, second] = api.requests.map(({ body }) => JSON.stringify(body));
    assert.match(first ?? '', /"max_completion_tokens":25000/);
    assert.match(second ?? '', /"max_tokens":25000/);
    assert.match(second ?? '', /Twelve/);
    assert.doesNotMatch(second ?? '', /Counting|I think|reasoning/);
  });
});
