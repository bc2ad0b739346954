import assert from 'node:assert/strict';
import { sensitiveFileKind } from '../../../../src/core/privacy/sensitive-files';
import { recordFigure } from '../../../support/promises';

const sensitive = [
  '.env',
  '/w/.env.local',
  'C:\\w\\.ENV',
  'prod.env',
  '.envrc',
  '.env.production.bak',
  '/home/a/.ssh/id_rsa',
  'id_ed25519',
  'key.PEM',
  'server.key',
  'cert.pfx',
  'cert.p12',
  'a.jks',
  '.npmrc',
  '/home/a/.netrc',
  '_netrc',
  '.pypirc',
  '.pgpass',
  '/home/a/.aws/credentials',
  '.git-credentials',
  '.docker/config.json',
  '/home/a/.kube/config',
  'kubeconfig',
  'dev.kubeconfig',
  'vault.kdbx',
  'terraform.tfstate',
  'terraform.tfstate.backup',
  'prod.tfvars',
  'secrets.yaml',
  'app.secrets.json',
  '.htpasswd',
  'service-account-prod.json',
  'application_default_credentials.json',
  '/etc/shadow',
  '.bash_history',
  '.vault-token',
  '/home/a/.gnupg/private-keys-v1.d/A.key',
  '/home/a/.config/gh/hosts.yml',
  'master.key',
  '/home/a/.cargo/credentials.toml',
];
const ordinary = [
  'environment.ts',
  'env.ts',
  'src/secrets.ts',
  'secret-kinds.ts',
  'key.ts',
  'keys.md',
  'id_rsa.pub',
  '.ssh/config',
  '.ssh/known_hosts',
  'credentials.ts',
  'config.json',
  'package.json',
  'terraform.tf',
  'main.c',
  'README.md',
  '.gitignore',
  'pem.py',
  'monkey.js',
  'keynote.txt',
  'donkey',
  'netrc.go',
  'history.ts',
  '.editorconfig',
  'tsconfig.json',
  'certificate.crt',
];

describe('S11 Files that are there to hold secrets', () => {
  for (const path of sensitive) {
    it(`are asked about whatever is in them: ${path}`, () => assert.ok(sensitiveFileKind(path)));
  }
  it('are no others', () =>
    assert.deepEqual(
      ordinary.filter((path) => sensitiveFileKind(path)),
      [],
    ));
  after(() => recordFigure('S11', `${sensitive.length} names of files that hold secrets`));
});
