import assert from 'node:assert/strict';
import { cannotContainSecret } from '../../../../src/core/privacy/secret-pre-filter';
import { secretSamples } from '../../../fixtures/secrets/samples';

describe('S11 A text that is not searched for secrets', () => {
  it('is a question of sentences in any language that separates words', () => {
    for (const text of [
      '',
      'Why?',
      "Write a function in Python that finds a root by bisection, and don't use a library!",
      'Warum läuft (auch) „das“?'.replace(/[„“]/g, '"'),
      'Зачем это нужно?\n\nPourquoi\tça marche?',
    ])
      assert.ok(cannotContainSecret(text), text);
  });

  it('contains no digit, no other sign and no word longer than 16 letters', () => {
    for (const text of ['Why 2?', 'a:b', 'a_b', 'a=b', 'a-b', 'a/b', 'user@host', '`code`', 'x'.repeat(17)])
      assert.ok(!cannotContainSecret(text), text);
    assert.ok(cannotContainSecret('x'.repeat(16)));
  });

  for (const { kind, text, secret } of secretSamples) {
    it(`does not contain a secret of this kind: ${kind}`, () => {
      assert.ok(!cannotContainSecret(`Is this right? ${secret} I think so.`));
      assert.ok(!cannotContainSecret(text));
    });
  }
});
