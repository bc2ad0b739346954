import assert from 'node:assert/strict';
import { sensitiveFileKind } from '../../../../src/core/privacy/sensitive-files';
import { recordFigure } from '../../../support/promises';

const sensitivePaths = [
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
  'client_secret_123.json',
  'app-firebase-adminsdk-x1.json',
  '.vault_pass',
  '/home/a/.gradle/gradle.properties',
  '/home/a/.codex/auth.json',
  '/home/a/.claude/.credentials.json',
  'application_default_credentials.json',
  '/etc/shadow',
  '.bash_history',
  '.vault-token',
  '/home/a/.gnupg/private-keys-v1.d/A.key',
  '/home/a/.config/gh/hosts.yml',
  'master.key',
  '/home/a/.cargo/credentials.toml',
];
const ordinaryPaths = [
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
  '.env.example',
  'app/.env.production.sample',
  '.env-template',
  'tsconfig.json',
  'certificate.crt',
];

describe('S11 Files that contain secrets by their purpose', () => {
  for (const path of sensitivePaths) {
    it(`require consent whatever they contain: ${path}`, () => assert.ok(sensitiveFileKind(path)));
  }
  it('do not include ordinary files', () =>
    assert.deepEqual(
      ordinaryPaths.filter((path) => sensitiveFileKind(path)),
      [],
    ));
  after(() => recordFigure('S11', `${sensitivePaths.length} names of files that contain secrets`));
});
