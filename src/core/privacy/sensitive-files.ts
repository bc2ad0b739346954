/** The reason why attaching a file needs confirmation, regardless of its content. */
export type SensitiveFileKind =
  'environment' | 'private-key' | 'credentials' | 'password-database' | 'terraform' | 'shell-history';

/**
 * Files that usually contain secrets, by their path with forward slashes and in lower case. Public keys (`.pub`) and
 * certificates without a key (`.crt`, `.cer`) are excluded.
 */
const PATTERNS: readonly (readonly [SensitiveFileKind, RegExp])[] = [
  ['environment', /(?:^|\/)(?:\.env(?:[.\-_][^/]*|rc)?|\.flaskenv|\.dev\.vars|[^/]+\.env)$/],
  ['private-key', /(?:^|\/)id_(?:rsa|dsa|ecdsa|ed25519)(?:_sk)?(?:\.(?:bak|old|pem))?$/],
  ['private-key', /\.(?:pem|key|ppk|p8|p12|pfx|pkcs12|jks|keystore|asc|gpg|pgp|ovpn)$/],
  ['private-key', /(?:^|\/)\.(?:ssh|gnupg)\/(?![^/]*\.pub$|known_hosts|config$|authorized_keys)/],
  [
    'credentials',
    /(?:^|\/)(?:\.npmrc|\.yarnrc(?:\.yml)?|\.pypirc|[._]netrc|\.pgpass|pgpass\.conf|\.my\.cnf)$/,
  ],
  [
    'credentials',
    /(?:^|\/)(?:\.git-credentials|\.dockercfg|\.htpasswd|\.s3cfg|\.boto|\.vault-token|\.passwd)$/,
  ],
  ['credentials', /(?:^|\/)\.aws\/(?:credentials|config|.*\.json)$/],
  ['credentials', /(?:^|\/)\.(?:docker\/config\.json|kube\/config|config\/gh\/hosts\.yml|config\/hub)$/],
  ['credentials', /(?:^|\/)(?:kubeconfig(?:\.ya?ml)?|[^/]+\.kubeconfig(?:\.ya?ml)?)$/],
  ['credentials', /(?:^|\/)\.(?:azure|config\/gcloud)\//],
  ['credentials', /(?:^|\/)(?:application_default_credentials|credentials|service[-_]?account[^/]*)\.json$/],
  ['credentials', /(?:^|\/)(?:\.?secrets?|[^/]+\.secrets?)(?:\.(?:ya?ml|json|toml|ini|txt|properties))?$/],
  ['credentials', /(?:^|\/)\.(?:cargo\/credentials(?:\.toml)?|gem\/credentials|composer\/auth\.json)$/],
  [
    'credentials',
    /(?:^|\/)(?:\.terraformrc|terraform\.rc|credentials\.tfrc\.json|rclone\.conf|\.m2\/settings\.xml)$/,
  ],
  ['credentials', /(?:^|\/)(?:local\.settings\.json|master\.key|credentials\.yml\.enc|nuget\.config)$/],
  ['credentials', /(?:^|\/)(?:client_secret[^/]*|[^/]*firebase-adminsdk[^/]*)\.json$/],
  [
    'credentials',
    /(?:^|\/)(?:\.?vault[_-]pass(?:word)?(?:\.txt)?|\.renviron|\.gradle\/gradle\.properties|ngrok\.yml|wireguard\/[^/]+\.conf)$/,
  ],
  // Tools for coding with models.
  [
    'credentials',
    /(?:^|\/)(?:\.codex|opencode|github-copilot)\/(?:auth|hosts|apps)\.json$|(?:^|\/)\.claude\/\.credentials\.json$/,
  ],
  ['credentials', /^\/etc\/(?:g?shadow|sudoers)-?$/],
  ['password-database', /\.(?:kdbx?|psafe3|1pif|opvault|agilekeychain|keychain(?:-db)?)$/],
  ['terraform', /\.(?:tfstate(?:\.[^/]*)?|tfvars(?:\.json)?)$/],
  ['shell-history', /(?:^|\/)\.(?:bash|zsh|sh|python|node_repl|psql|mysql|sqlite|rediscli)_history$/],
];

/** A file of variables without their values, which projects publish. */
const ENVIRONMENT_TEMPLATE = /(?:^|\/)\.env(?:\.[\w-]+)?[.\-_](?:example|sample|template|dist|defaults)$/;

/** @param path of a file, absolute or relative, with the separators of any platform */
export function sensitiveFileKind(path: string): SensitiveFileKind | undefined {
  const normal = path.replaceAll('\\', '/').toLowerCase();
  if (ENVIRONMENT_TEMPLATE.test(normal)) return undefined;
  return PATTERNS.find(([, pattern]) => pattern.test(normal))?.[0];
}
