import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { chmodSync, readFileSync, utimesSync } from 'node:fs';
import { Spec, Validation } from '@cyclonedx/cyclonedx-library';
import { buildPackage, type BuiltPackage } from '../../support/package/package';
import { filesOf } from '../../support/package/reproducible-zip';
import { mainJob } from '../../support/main-job';
import { installPackage, packagedFiles } from '../../support/vsix';
import { webExtensionScripts } from '../../support/web-extension-scripts';
import { inWindow } from './own-window';

interface Bill {
  readonly metadata: { readonly component: { readonly name: string; readonly hashes: readonly Hash[] } };
  readonly components: readonly {
    readonly name: string;
    readonly group?: string;
    readonly version: string;
    readonly licenses: readonly object[];
    readonly externalReferences: readonly { readonly hashes: readonly Hash[] }[];
    readonly properties: readonly { readonly value: string }[];
  }[];
}
interface Hash {
  readonly alg: string;
  readonly content: string;
}

const hashOf = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');
const textFile = 'LICENSE';

describe('The package', function () {
  this.timeout(300_000);
  let first: BuiltPackage;

  before(async () => {
    first = await buildPackage();
  });

  it('has the same bytes when it is built again at another time, in another time zone and with other file modes', async () => {
    const { TZ } = process.env;
    try {
      process.env.TZ = 'Pacific/Kiritimati';
      utimesSync(textFile, 1e9, 1e9);
      chmodSync(textFile, 0o600);
      const second = await buildPackage();
      assert.equal(hashOf(second.vsix), hashOf(first.vsix));
      assert.equal(second.bill, first.bill);
    } finally {
      chmodSync(textFile, 0o644);
      if (TZ === undefined) delete process.env.TZ;
      else process.env.TZ = TZ;
    }
  });

  it('contains no path of the machine that built it', async () => {
    for (const [name, contents] of await filesOf(first.vsix)) {
      assert.ok(!contents.includes(process.cwd()), name);
      assert.ok(!name.endsWith('.map'), name);
    }
  });

  describe('has a bill of materials', () => {
    let bill: Bill;
    before(() => {
      bill = JSON.parse(first.bill) as Bill;
    });

    it('that is valid CycloneDX', async () => {
      const validator = new Validation.JsonStrictValidator(Spec.Version.v1dot6);
      assert.equal(await validator.validate(first.bill), null);
      assert.notEqual(await validator.validate(first.bill.replace('"library"', '"librarian"')), null);
    });

    it('that identifies the package by the hash of its bytes', () => {
      const { name, hashes } = bill.metadata.component;
      assert.equal(name, 'o1-mini-chat');
      assert.deepEqual(hashes, [{ alg: 'SHA-256', content: hashOf(first.vsix) }]);
    });

    it('that lists each library in the notices with version, license, hash and path', async () => {
      const packaged = await filesOf(first.vsix);
      const notices = packaged.get('extension/dist/ThirdPartyNotices.txt')?.toString() ?? '';
      assert.ok(bill.components.length > 8);
      for (const { name, group, version, licenses, externalReferences, properties } of bill.components) {
        const full = group === undefined ? name : `${group}/${name}`;
        assert.ok(notices.includes(`${full} ${version} (`), full);
        assert.equal(licenses.length, 1, full);
        assert.equal(externalReferences[0]?.hashes[0]?.alg, 'SHA-512', full);
        assert.ok(properties.length > 0, full);
        for (const { value } of properties)
          assert.ok(packaged.has(`extension/${value}`), `${full}: ${value}`);
      }
    });
  });

  it('has minified scripts', () => {
    for (const file of ['extension.js', 'chat.js', 'extension.web.js', 'web/chat.js', 'webview/main.js']) {
      const code = readFileSync(`dist/${file}`, 'utf8');
      const lines = code.split('\n').length;
      assert.ok(code.length / lines > 200, `${file}: ${lines} lines`);
    }
  });

  it('contains only the files that are needed at run time', async () => {
    const needed = /^(dist|media|l10n)\/|^package(\.nls(\.de)?)?\.json$|^(README\.md|CHANGELOG\.md|LICENSE)$/;
    const files = await packagedFiles();
    const unneeded = files.filter((file) => !needed.test(file) || /\.(ts|map)$/.test(file));
    assert.deepEqual(unneeded, []);
    assert.ok(files.includes('dist/ThirdPartyNotices.txt'));
    for (const script of webExtensionScripts().files) assert.ok(files.includes(`dist/${script}`), script);
  });

  it('explains, writes and inserts code once it is installed', async () => {
    const extensionsDir = await installPackage();
    const lines: string[] = [];
    await inWindow({ extensionsDir }, (workbench) => mainJob(workbench, (line) => lines.push(line)));
    assert.ok(lines.length > 5);
    assert.ok(
      lines.every((line) => /: done$|^Screenshot: /.test(line)),
      lines.join('\n'),
    );
  });
});
