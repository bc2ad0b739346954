import assert from 'node:assert/strict';
import { emptyConversation, reduce, type Conversation } from '../../../../src/core/chat/conversation';
import { chatTitle, MAX_DEFAULT_TITLE_LENGTH } from '../../../../src/core/chat/chat-list-entry';

function chatWith(text: string): Conversation {
  return reduce(emptyConversation('a'), { type: 'asked', turnId: 't', question: { text }, at: 0 });
}

describe('The title of a chat', () => {
  it('is its first question in one line', () => {
    assert.equal(chatTitle(chatWith('Why is\n\n  the sky blue?')), 'Why is the sky blue?');
  });

  it('is the beginning of a long question, without splitting a character', () => {
    for (let shift = 0; shift < 3; shift++) {
      const title = chatTitle(chatWith('x'.repeat(shift) + '𝔸'.repeat(200)));
      assert.ok(title.length <= MAX_DEFAULT_TITLE_LENGTH && title.endsWith('𝔸…'), title);
    }
  });

  it('is the title given by the user until this is removed', () => {
    const renamed = reduce(chatWith('Why?'), { type: 'renamed', title: 'Causes' });
    assert.equal(chatTitle(renamed), 'Causes');
    assert.equal(chatTitle(reduce(renamed, { type: 'renamed', title: '' })), 'Why?');
  });

  it('is empty if there is no question', () => assert.equal(chatTitle(emptyConversation('a')), ''));
});
