import type { Secret, SecretKind } from './secret-kinds';

type AccessToken = readonly [service: string, type: SecretKind['type'], pattern: string];

/** Tokens with a prefix of their service that secretlint's rules do not contain. */
const ACCESS_TOKENS: readonly AccessToken[] = [
  ['OpenRouter', 'API key', 'sk-or-v1-[0-9a-f]{64}'],
  ['Anthropic', 'API key', 'sk-ant-(?:admin|oat|ort|sid)\\d\\d-[\\w-]{80,}'],
  ['Google', 'API key', 'AIza[\\w-]{35}'],
  ['Google', 'token', 'ya29\\.[\\w-]{60,}'],
  ['Google', 'secret key', 'GOCSPX-[\\w-]{28}'],
  ['Hugging Face', 'token', 'hf_[A-Za-z0-9]{34}'],
  ['xAI', 'API key', 'xai-[A-Za-z0-9]{70,}'],
  ['Perplexity', 'API key', 'pplx-[A-Za-z0-9]{40,}'],
  ['Replicate', 'token', 'r8_[A-Za-z0-9]{37}'],
  ['Cerebras', 'API key', 'csk-[a-z0-9]{48}'],
  ['NVIDIA', 'API key', 'nvapi-[\\w-]{60,}'],
  ['GitLab', 'token', 'gl(?:rt|dt|ptt|ft|soat|imt|agent|cbt)-[\\w.-]{20,}'],
  ['PyPI', 'token', 'pypi-AgE[\\w-]{80,}'],
  ['RubyGems', 'API key', 'rubygems_[0-9a-f]{48}'],
  [
    'Discord',
    'webhook address',
    'https://(?:\\w+\\.)?discord(?:app)?\\.com/api/webhooks/\\d{17,20}/[\\w-]{60,}',
  ],
  ['Telegram', 'token', '\\d{8,10}:AA[\\w-]{33}'],
  ['Stripe', 'secret key', 'whsec_[A-Za-z0-9+/=]{32,}'],
  ['Azure', 'secret key', '(?<=AccountKey=)[A-Za-z0-9+/]{86}=='],
  ['DigitalOcean', 'token', 'do[opr]_v1_[0-9a-f]{64}'],
  ['Heroku', 'token', 'HRKU-[\\w-]{36,}'],
  ['Supabase', 'token', 'sb[ps]_(?:[0-9a-f]{40}|secret_[\\w-]{20,})'],
  ['PlanetScale', 'token', 'pscale_(?:tkn|pw|oauth)_[\\w.-]{32,}'],
  ['Terraform', 'token', '[A-Za-z0-9]{14}\\.atlasv1\\.[\\w=-]{60,}'],
  ['Doppler', 'token', 'dp\\.(?:pt|st|ct|sa|scim|audit)\\.[A-Za-z0-9.]{40,}'],
  ['Pulumi', 'token', 'pul-[0-9a-f]{40}'],
  ['Sentry', 'token', 'sntry[su]_[A-Za-z0-9_=+/]{60,}'],
  ['New Relic', 'API key', 'NRAK-[A-Z0-9]{27}'],
  ['Notion', 'token', 'ntn_[A-Za-z0-9]{40,}'],
  ['Airtable', 'token', 'pat[A-Za-z0-9]{14}\\.[0-9a-f]{64}'],
  ['Postman', 'API key', 'PMAK-[0-9a-f]{24}-[0-9a-f]{34}'],
  ['Atlassian', 'token', 'ATATT3xFfGF0[\\w=-]{100,}'],
  ['Twilio', 'API key', 'SK[0-9a-f]{32}'],
  ['Mailgun', 'API key', 'key-[0-9a-f]{32}'],
  ['Brevo', 'API key', 'xkeysib-[0-9a-f]{64}-[A-Za-z0-9]{16}'],
  ['JSON Web', 'token', 'eyJ[\\w-]{15,}\\.eyJ[\\w-]{10,}\\.[\\w-]{40,}'],
  ['age', 'secret key', 'AGE-SECRET-KEY-1[02-9AC-HJ-NP-Z]{58}'],
];

/** One expression for all, as a text is searched once for each. The group tells the token. */
const ANY_TOKEN = new RegExp(
  `(?<![\\w-])(?:${ACCESS_TOKENS.map(([, , pattern]) => `(${pattern})`).join('|')})(?![\\w-])`,
  'g',
);

/**
 * The user name and the password in an address of any scheme. The password has a digit, or large and small letters,
 * which those of examples rarely have, and is neither a variable nor an escape.
 */
const ADDRESS_LOGIN =
  /\b[A-Za-z][\w+.-]{1,20}:\/\/([\w.%+-]{0,64}:(?=[^\s@/]{0,64}(?:\d|[a-z][A-Z]))[^\s@/:"'`<>{}$*\\()]{8,128})@(?=[\w[])/g;

/** The access tokens in a text that secretlint does not find. */
export function findAccessTokens(text: string): readonly Secret[] {
  const tokens = Array.from(text.matchAll(ANY_TOKEN), (found): Secret => {
    const [service, type] = ACCESS_TOKENS[found.slice(1).findIndex(Boolean)] ?? ['', 'token'];
    return { kind: { service, type }, value: found[0], offset: found.index };
  });
  const logins = Array.from(text.matchAll(ADDRESS_LOGIN), ({ 0: whole, 1: value = '', index }): Secret => {
    const offset = index + whole.indexOf('://') + 3;
    return { kind: { service: '', type: 'password in an address' }, value, offset };
  });
  return [...tokens, ...logins];
}
