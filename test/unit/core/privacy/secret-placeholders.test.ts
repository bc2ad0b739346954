import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  createSecretPlaceholders,
  hideInAddress,
  type SecretPlaceholders,
} from '../../../../src/core/privacy/secret-placeholders';
import { recordFigure, runs } from '../../../support/promises';

function tableOf(...values: readonly string[]): SecretPlaceholders {
  const table = createSecretPlaceholders();
  table.add(values, []);
  return table;
}

/** What the panel shows of a text that arrives in these pieces. */
function shownInPieces(table: SecretPlaceholders, pieces: readonly string[]): string {
  let [text, shown, from] = ['', '', 0];
  for (const piece of pieces) {
    text += piece;
    const to = table.settledLength(text);
    shown += table.restore(text, from, to);
    from = to;
  }
  return shown + table.restore(text, from);
}

describe('S11 Placeholders stand for secrets', () => {
  it('stay the same in a chat, and different secrets have different ones', () => {
    const table = tableOf('alpha-secret', 'beta-secret');
    table.add(['beta-secret', 'gamma-secret'], []);
    assert.equal(table.hide('alpha-secret beta-secret gamma-secret'), 'SECRET_1 SECRET_2 SECRET_3');
  });

  it('are none that the texts already have in them', () => {
    const table = createSecretPlaceholders();
    table.add(['alpha', 'beta'], ['const SECRET_1 = 1; // SECRET_3']);
    assert.equal(table.hide('alpha beta'), 'SECRET_2 SECRET_4');
    assert.equal(table.restore('SECRET_1 SECRET_2'), 'SECRET_1 alpha');
  });

  it('hide a secret that is part of another one in both places', () => {
    const table = tableOf('hunter22', 'app:hunter22');
    assert.equal(table.hide('app:hunter22 hunter22'), 'SECRET_2 SECRET_1');
  });

  it('are put back in code, in prose, and where Markdown has an escape in them', () => {
    const table = tableOf('s3cr3t');
    assert.equal(
      table.restore('key = "SECRET_1", `SECRET_1`, SECRET\\_1.'),
      'key = "s3cr3t", `s3cr3t`, s3cr3t.',
    );
  });

  it('are only whole words: what looks like one, or is none of this chat, stays', () => {
    const table = tableOf('s3cr3t');
    const text = 'MY_SECRET_1 SECRET_12 SECRET_2 SECRET_1x SECRET_ secret_1';
    assert.equal(table.restore(text), text);
  });

  it('are taken literally, whatever characters a secret has', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ minLength: 4 }), { minLength: 1, maxLength: 5 }),
        fc.string(),
        (values, text) => {
          fc.pre(values.every((value) => !'SECRET_0123456789'.includes(value)));
          const table = tableOf(...values);
          const sent = table.hide(values.map((value) => `${text} ${value} `).join('\n'));
          for (const value of values) assert.ok(!sent.includes(value) || /^[\w\\]*$/.test(value));
        },
      ),
      { numRuns: runs(200, 5_000) },
    );
  });

  it('are put back in whatever pieces an answer arrives', () => {
    const table = tableOf(
      'first secret',
      'second/secret$&',
      ...Array.from({ length: 10 }, (_, at) => `more ${at}`),
    );
    const words = fc.constantFrom(
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
        fc.array(words, { maxLength: 12 }),
        fc.array(fc.nat(12), { maxLength: 8 }),
        (parts, cuts) => {
          const text = parts.join('');
          const pieces: string[] = [];
          let at = 0;
          for (const cut of cuts) pieces.push(text.slice(at, (at += cut)));
          pieces.push(text.slice(at));
          assert.equal(shownInPieces(table, pieces), table.restore(text));
        },
      ),
      { numRuns: count },
    );
    recordFigure('S11', `placeholders put back in ${count} cut answers`);
  });

  it('never hold back more of an answer than a placeholder is long', () => {
    const table = tableOf('s3cr3t');
    fc.assert(
      fc.property(fc.string(), (text) => {
        assert.ok(text.length - table.settledLength(text) <= 'SECRET\\_123456'.length);
      }),
    );
    assert.equal(createSecretPlaceholders().settledLength('SECRET_'), 'SECRET_'.length);
  });

  it('take the place of the secret again in a link, also where that is escaped', () => {
    const table = tableOf('a/b+c d');
    for (const address of ['https://evil.example/?k=a/b+c d', 'https://evil.example/?k=a%2Fb%2Bc%20d']) {
      assert.equal(hideInAddress(address, table), 'https://evil.example/?k=SECRET_1');
    }
    assert.equal(hideInAddress('https://example.com/%2F%', table), 'https://example.com/%2F%');
  });
});
