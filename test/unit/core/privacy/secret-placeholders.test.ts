import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  createChatPlaceholders,
  createSecretPlaceholders,
  hideInAddress,
  type SecretPlaceholders,
} from '../../../../src/core/privacy/secret-placeholders';
import { recordFigure, runs } from '../../../support/promises';

function placeholdersFor(...values: readonly string[]): SecretPlaceholders {
  const placeholders = createSecretPlaceholders();
  placeholders.add(values, []);
  return placeholders;
}

/** The text that the panel shows for an answer that arrives in these pieces. */
function restoreInPieces(placeholders: SecretPlaceholders, pieces: readonly string[]): string {
  let [text, restored, from] = ['', '', 0];
  for (const piece of pieces) {
    text += piece;
    const to = placeholders.settledLength(text);
    restored += placeholders.restore(text, from, to);
    from = to;
  }
  return restored + placeholders.restore(text, from);
}

describe('S11 Placeholders for secrets', () => {
  it('stay the same in a chat and differ between secrets', () => {
    const placeholders = placeholdersFor('alpha-secret', 'beta-secret');
    placeholders.add(['beta-secret', 'gamma-secret'], []);
    assert.equal(placeholders.hide('alpha-secret beta-secret gamma-secret'), 'SECRET_1 SECRET_2 SECRET_3');
  });

  it('of a copied chat stand for the same secrets, and are extended independently', () => {
    const placeholders = createChatPlaceholders();
    placeholders.of('first').add(['alpha-secret'], []);
    placeholders.copy('first', 'second');
    placeholders.copy('unknown', 'third');
    placeholders.of('second').add(['beta-secret'], []);
    const shown = ['first', 'second', 'third'].map((chat) =>
      placeholders.of(chat).restore('SECRET_1 SECRET_2'),
    );
    assert.deepEqual(shown, ['alpha-secret SECRET_2', 'alpha-secret beta-secret', 'SECRET_1 SECRET_2']);
  });

  it('differ from names that the texts already contain', () => {
    const placeholders = createSecretPlaceholders();
    placeholders.add(['alpha', 'beta'], ['const SECRET_1 = 1; // SECRET_3']);
    assert.equal(placeholders.hide('alpha beta'), 'SECRET_2 SECRET_4');
    assert.equal(placeholders.restore('SECRET_1 SECRET_2'), 'SECRET_1 alpha');
  });

  it('hide a secret that is part of another one in both places', () => {
    const placeholders = placeholdersFor('hunter22', 'app:hunter22');
    assert.equal(placeholders.hide('app:hunter22 hunter22'), 'SECRET_2 SECRET_1');
  });

  it('are replaced by the secrets in code, in prose, and if Markdown escapes them', () => {
    const placeholders = placeholdersFor('s3cr3t');
    assert.equal(
      placeholders.restore('key = "SECRET_1", `SECRET_1`, SECRET\\_1.'),
      'key = "s3cr3t", `s3cr3t`, s3cr3t.',
    );
  });

  it('are not replaced within other words, or if they do not belong to the chat', () => {
    const placeholders = placeholdersFor('s3cr3t');
    const text = 'MY_SECRET_1 SECRET_12 SECRET_2 SECRET_1x SECRET_ secret_1';
    assert.equal(placeholders.restore(text), text);
  });

  it('hide secrets that contain any characters', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ minLength: 4 }), { minLength: 1, maxLength: 5 }),
        fc.string(),
        (values, text) => {
          fc.pre(values.every((value) => !'SECRET_0123456789'.includes(value)));
          const placeholders = placeholdersFor(...values);
          const sent = placeholders.hide(values.map((value) => `${text} ${value} `).join('\n'));
          for (const value of values) assert.ok(!sent.includes(value) || /^[\w\\]*$/.test(value));
        },
      ),
      { numRuns: runs(200, 5_000) },
    );
  });

  it('are replaced by the secrets however an answer is split', () => {
    const placeholders = placeholdersFor(
      'first secret',
      'second/secret$&',
      ...Array.from({ length: 10 }, (_, index) => `more ${index}`),
    );
    const anyPart = fc.constantFrom(
      'SECRET_1',
      'SECRET_2',
      'SECRET_12',
      'SECRET\\_1',
      'SECRET_',
      'S',
      'SECRETS',
      '1',
      '_',
      ' ',
      '`',
      'MY_SECRET_1',
      'ß',
    );
    const count = runs(2_000, 100_000);
    fc.assert(
      fc.property(
        fc.array(anyPart, { maxLength: 12 }),
        fc.array(fc.nat(12), { maxLength: 8 }),
        (parts, cuts) => {
          const text = parts.join('');
          const pieces: string[] = [];
          let position = 0;
          for (const cut of cuts) pieces.push(text.slice(position, (position += cut)));
          pieces.push(text.slice(position));
          assert.equal(restoreInPieces(placeholders, pieces), placeholders.restore(text));
        },
      ),
      { numRuns: count },
    );
    recordFigure('S11', `placeholders replaced in ${count} split answers`);
  });

  it('hold back at most the length of a placeholder', () => {
    const placeholders = placeholdersFor('s3cr3t');
    fc.assert(
      fc.property(fc.string(), (text) => {
        assert.ok(text.length - placeholders.settledLength(text) <= 'SECRET\\_123456'.length);
      }),
    );
    assert.equal(createSecretPlaceholders().settledLength('SECRET_'), 'SECRET_'.length);
  });

  it('hide a secret in a link, also if it is escaped there', () => {
    const placeholders = placeholdersFor('a/b+c d');
    for (const address of ['https://evil.example/?k=a/b+c d', 'https://evil.example/?k=a%2Fb%2Bc%20d']) {
      assert.equal(hideInAddress(address, placeholders), 'https://evil.example/?k=SECRET_1');
    }
    assert.equal(hideInAddress('https://example.com/%2F%', placeholders), 'https://example.com/%2F%');
  });
});
