import assert from 'node:assert/strict';
import { lastTurn } from '../../src/core/chat/conversation';
import type { EnumParameter } from '../../src/core/models/parameter-values';
import { createChatServiceContext } from './chat-service-test-context';

const parameters: readonly { readonly parameter: EnumParameter; readonly sentAs: string }[] = [
  { parameter: 'reasoningEffort', sentAs: 'reasoning_effort' },
  { parameter: 'verbosity', sentAs: 'verbosity' },
];

describe('A question to a model with a reasoning effort and a verbosity', () => {
  const context = createChatServiceContext();
  const { untilAnswered, sentBodies, withServer } = context;
  /** The values in the requests, in order. */
  const sentValues = (name: string): readonly unknown[] => sentBodies().map((body) => body[name]);

  for (const { parameter, sentAs } of parameters) {
    const settings = { model: 'gpt-5-mini', [parameter]: 'low' };
    const selectForNext = (value: string): unknown =>
      context.nextValues.set(context.session.conversation.id, { [parameter]: value });

    it(`is sent with the ${parameter} of its chat, and once with that of the next question`, async () => {
      await withServer(settings, async () => {
        await untilAnswered(() => context.chatService.sendRequest({ text: 'One?' }));
        context.session.change({ type: 'valueSelected', parameter, value: 'medium' });
        await untilAnswered(() => context.chatService.sendRequest({ text: 'Two?' }));
        selectForNext('high');
        const { runs } = await untilAnswered(() => context.chatService.sendRequest({ text: 'Three?' }));
        assert.equal(runs.at(-1)?.[parameter], 'high');
        await untilAnswered(() => context.chatService.sendRequest({ text: 'Four?' }));
        context.session.change({ type: 'valueSelected', parameter, value: 'default' });
        await untilAnswered(() => context.chatService.sendRequest({ text: 'Five?' }));
        assert.deepEqual(sentValues(sentAs), ['low', 'medium', 'high', 'medium', undefined]);
      });
    });

    it(`keeps the ${parameter} that was selected for it when it is sent again or edited`, async () => {
      await withServer(settings, async () => {
        selectForNext('high');
        await untilAnswered(() => context.chatService.sendRequest({ text: 'One?' }));
        await untilAnswered(() => context.chatService.regenerate());
        const { id } = lastTurn(context.session.conversation) ?? { id: '' };
        await untilAnswered(() => context.chatService.editRequest(id, 'Another?'));
        assert.deepEqual(sentValues(sentAs), ['high', 'high', 'high']);
      });
    });
  }

  it('is sent with the nearest reasoning effort that the list of the service has', async () => {
    context.listedModels = [{ id: 'o3', aliases: [], efforts: ['low', 'medium'] }];
    await withServer({ model: 'o3', reasoningEffort: 'low' }, async () => {
      await untilAnswered(() => context.chatService.sendRequest({ text: 'The list is read with this one.' }));
      context.nextValues.set(context.session.conversation.id, { reasoningEffort: 'max' });
      const { runs } = await untilAnswered(() => context.chatService.sendRequest({ text: 'One?' }));
      assert.deepEqual(sentValues('reasoning_effort'), ['low', 'medium']);
      assert.equal(runs[0]?.terms.reasoningEffort, 'max');
    });
  });
});
