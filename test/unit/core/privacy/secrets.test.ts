import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { environmentSecrets, findSecrets, type Secret } from '../../../../src/core/privacy/secrets';
import { secretSamples } from '../../../fixtures/secrets/samples';
import { inRepository } from '../../../support/paths';
import { recordFigure } from '../../../support/promises';

const find = (text: string): Promise<readonly Secret[]> => findSecrets(text, () => setImmediate());

/** True if no part of the secret is left in the text after everything that was found is removed. */
function isCovered(text: string, secret: string, found: readonly Secret[]): boolean {
  const rest = found.reduce((left, { value }) => left.replaceAll(value, '…'), text);
  const parts = Array.from({ length: Math.max(1, secret.length - 15) }, (_, at) => secret.slice(at, at + 16));
  return !parts.some((part) => rest.includes(part));
}

describe('S11 The search for secrets', () => {
  for (const { kind, text, secret } of secretSamples) {
    it(`finds and names a secret of this kind: ${kind}`, async () => {
      const found = await find(`# configuration\n${text}`);
      assert.ok(isCovered(text, secret, found), JSON.stringify(found));
      assert.ok(found.every((item) => item.kind.type !== 'secret'));
      for (const { value, offset } of found) {
        assert.equal(`# configuration\n${text}`.slice(offset, offset + value.length), value);
      }
    });
  }
  after(() => recordFigure('S11', `${secretSamples.length} kinds of secrets found`));

  it('finds a secret at any place in a long text, also across the boundaries of its slices', async () => {
    const sample = secretSamples.find(({ kind }) => kind === 'OpenSSH private key');
    assert.ok(sample);
    for (let position = 0; position < 160_000; position += 7_919) {
      const text = `${'x '.repeat(position / 2)}\n${sample.text}${'y\n'.repeat(60_000)}`;
      const found = await find(text);
      assert.deepEqual(
        found.map(({ value }) => value),
        [sample.secret],
        `at ${position}`,
      );
    }
  });

  it('finds all secrets in a text that is one long line', async () => {
    const line = secretSamples.filter(({ secret }) => !secret.includes('\n')).map(({ text }) => text.trim());
    const text = line.join(';').padEnd(200_000, ' z');
    const rest = (await find(text)).reduce((left, { value }) => left.replaceAll(value, '…'), text);
    const missed = secretSamples.filter(
      ({ text: t, secret }) => line.includes(t.trim()) && rest.includes(secret),
    );
    assert.deepEqual(
      missed.map(({ kind }) => kind),
      [],
    );
  });

  it('ignores comments in the text that would turn its rules off', async () => {
    const [sample] = secretSamples;
    assert.ok(sample);
    for (const comment of ['secretlint-disable', 'secretlint-disable-next-line', 'secretlint-disable-line']) {
      assert.equal((await find(`// ${comment}\n${sample.text} // ${comment}\n`)).length, 1, comment);
    }
  });

  it('finds the secrets of an environment file by the names of its variables', () => {
    const text =
      'PORT=3000\nNODE_ENV=production\nexport DB_PASSWORD="correct horse"\nAPI_KEY=\'k3y-0f-m1ne\'\nTOKEN=${OTHER}\n';
    assert.deepEqual(
      environmentSecrets(text).map(({ kind, value }) => [kind.service, value]),
      [
        ['DB_PASSWORD', 'correct horse'],
        ['API_KEY', 'k3y-0f-m1ne'],
      ],
    );
  });

  it('searches a megabyte of text in slices, between which the extension host can do other work', async () => {
    const source = readFileSync(inRepository('package-lock.json'), 'utf8');
    const text = source.repeat(Math.ceil((1 << 20) / source.length)).slice(0, 1 << 20);
    await find(text);
    const startedAt = performance.now();
    let [resumed, longest, pauses] = [startedAt, 0, 0];
    await findSecrets(text, async () => {
      pauses++;
      longest = Math.max(longest, performance.now() - resumed);
      await setImmediate();
      resumed = performance.now();
    });
    const total = performance.now() - startedAt;
    recordFigure(
      'S11',
      `1 MB searched in ${Math.round(total)} ms, at most ${Math.round(longest)} ms at a time`,
    );
    assert.ok(pauses >= 19, `${pauses} pauses`);
  });

  it('is not slowed down by hostile texts', async () => {
    const hostile = [
      '-----BEGIN RSA PRIVATE KEY-----\n'.repeat(8_000),
      'mongodb://a:b'.repeat(20_000),
      'https://a:'.repeat(25_000),
      'postgres://'.repeat(23_000),
      `"private_key_id" ${'"private_key": "\\\\'.repeat(15_000)}`,
      'x-oauth-basic https://'.repeat(12_000),
      '_authToken='.repeat(23_000),
      `SG.${'a'.repeat(250_000)}`,
      'ops_eyA'.repeat(36_000),
      'aws_secret_access_key = '.repeat(10_000),
    ];
    for (const text of hostile) {
      const startedAt = performance.now();
      await find(text);
      // Each text takes 10 to 40 ms. A rule that backtracks would take minutes.
      assert.ok(performance.now() - startedAt < 5_000, text.slice(0, 30));
    }
  });
});

describe('S11 The search for secrets causes no false alarm', () => {
  it('in this repository, its lock file, hashes, UUIDs, base64 and URLs', async () => {
    const listed = execFileSync('git', ['ls-files'], { cwd: inRepository(), encoding: 'utf8' });
    const files = listed
      .split('\n')
      .filter((name) => /\.(?:ts|mjs|cjs|json|md|css|c|py|svg|html|sse)$/.test(name));
    const generated = [
      ...Array.from({ length: 500 }, () => randomUUID()),
      ...Array.from({ length: 500 }, (_, index) => createHash('sha256').update(`${index}`).digest('hex')),
      ...Array.from(
        { length: 300 },
        (_, index) => `sha512-${createHash('sha512').update(`${index}`).digest('base64')}`,
      ),
    ].join('\n');
    const image = `data:image/png;base64,${readFileSync(inRepository('media/icon.png')).toString('base64')}`;
    const templates = [
      'postgres://user:password@localhost:5432/app',
      'https://${USER}:${TOKEN}@example.com/',
      'mongodb://localhost:27017/test',
      '-----BEGIN PRIVATE KEY-----\n...\n-----END PRIVATE KEY-----',
      'OPENAI_API_KEY=sk-...\nAWS_SECRET_ACCESS_KEY=${SECRET}',
      'AKIAIOSFODNN7EXAMPLE wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
      'redis://default:password@localhost:6379 https://user:secret@example.com ftp://${USER}:${PASS1}@a',
      'commit 0123456789abcdef0123456789abcdef01234567',
    ];
    const texts = [
      ...files.map((name) => [name, readFileSync(inRepository(name), 'utf8')] as const),
      ...[generated, image, ...templates].map((text) => [text.slice(0, 40), text] as const),
    ];
    const falseAlarms: string[] = [];
    for (const [name, text] of texts) {
      for (const { kind, value } of await find(text))
        falseAlarms.push(`${name}: ${kind.service} ${kind.type} ${value.slice(0, 60)}`);
    }
    recordFigure('S11', `${texts.length} clean texts, ${falseAlarms.length} false alarms`);
    assert.deepEqual(falseAlarms, []);
  });
});
