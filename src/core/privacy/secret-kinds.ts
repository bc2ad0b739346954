/** A secret in a text. */
export interface Secret {
  readonly kind: SecretKind;
  /** The secret characters, such as a token, or the user name and password of a URL. */
  readonly value: string;
  /** The position of the value in the text, in UTF-16 units from 0. */
  readonly offset: number;
}

/** The kind of a secret as a dialog names it, such as "GitHub token", "AWS secret access key", and "Private key". */
export interface SecretKind {
  /**
   * The service that the secret belongs to, in the spelling of its vendor; for a `value`, the name of the variable.
   * May be empty.
   */
  readonly service: string;
  readonly type: CredentialType;
}

type CredentialType =
  | 'token'
  | 'API key'
  | 'secret key'
  | 'access key ID'
  | 'private key'
  | 'webhook address'
  | 'password in an address'
  | 'value'
  | 'secret';

/** By secretlint's message IDs. Unknown IDs of later versions become a plain "secret". */
const KINDS: Readonly<Record<string, readonly [service: string, type: CredentialType]>> = {
  AWSAccessKeyID: ['AWS', 'access key ID'],
  AWSSecretAccessKey: ['AWS', 'secret key'],
  PrivateKeyJSON: ['Google Cloud', 'private key'],
  PackageJSON_xOauthToken: ['GitHub', 'token'],
  Npmrc_authToken: ['npm', 'token'],
  NPM_ACCESS_TOKEN: ['npm', 'token'],
  SLACK_TOKEN: ['Slack', 'token'],
  IncomingWebhook: ['Slack', 'webhook address'],
  BasicAuth: ['', 'password in an address'],
  OPENAI_TOKEN: ['OpenAI', 'API key'],
  ANTHROPIC_API_KEY: ['Anthropic', 'API key'],
  GROQ_API_KEY: ['Groq', 'API key'],
  HUGGINGFACE_USER_ACCESS_TOKEN: ['Hugging Face', 'token'],
  LINEAR_API_TOKEN: ['Linear', 'token'],
  NOTION_INTEGRATION_TOKEN: ['Notion', 'token'],
  PrivateKey: ['', 'private key'],
  SENDGRID_KEY: ['SendGrid', 'API key'],
  SHOPIFY_KEY: ['Shopify', 'API key'],
  STRIPE_SECRET_KEY_LIVE: ['Stripe', 'secret key'],
  STRIPE_SECRET_KEY_TEST: ['Stripe', 'secret key'],
  STRIPE_RESTRICTED_KEY_LIVE: ['Stripe', 'secret key'],
  STRIPE_RESTRICTED_KEY_TEST: ['Stripe', 'secret key'],
  GITHUB_TOKEN: ['GitHub', 'token'],
  GITLAB_PERSONAL_ACCESS_TOKEN: ['GitLab', 'token'],
  GRAFANA_CLOUD_API_TOKEN: ['Grafana', 'token'],
  GRAFANA_SERVICE_ACCOUNT_TOKEN: ['Grafana', 'token'],
  OPS_TOKEN: ['1Password', 'token'],
  MongoDBConnection: ['MongoDB', 'password in an address'],
  MySQLConnection: ['MySQL', 'password in an address'],
  PostgreSQLConnection: ['PostgreSQL', 'password in an address'],
  HASHICORP_VAULT_SERVICE_TOKEN: ['HashiCorp Vault', 'token'],
  HASHICORP_VAULT_BATCH_TOKEN: ['HashiCorp Vault', 'token'],
  HASHICORP_VAULT_RECOVERY_TOKEN: ['HashiCorp Vault', 'token'],
  VERCEL_PERSONAL_ACCESS_TOKEN: ['Vercel', 'token'],
  VERCEL_INTEGRATION_TOKEN: ['Vercel', 'token'],
  VERCEL_APP_ACCESS_TOKEN: ['Vercel', 'token'],
  VERCEL_APP_REFRESH_TOKEN: ['Vercel', 'token'],
  VERCEL_AI_GATEWAY_API_KEY: ['Vercel', 'API key'],
  DATABRICKS_PERSONAL_ACCESS_TOKEN: ['Databricks', 'token'],
  DOCKER_PERSONAL_ACCESS_TOKEN: ['Docker', 'token'],
  FIGMA_PERSONAL_ACCESS_TOKEN: ['Figma', 'token'],
  CLOUDFLARE_GLOBAL_API_KEY: ['Cloudflare', 'API key'],
  CLOUDFLARE_USER_API_TOKEN: ['Cloudflare', 'token'],
  CLOUDFLARE_ACCOUNT_API_TOKEN: ['Cloudflare', 'token'],
  TAILSCALE_API_KEY: ['Tailscale', 'API key'],
  TAILSCALE_AUTH_KEY: ['Tailscale', 'secret key'],
  TAILSCALE_CLIENT_KEY: ['Tailscale', 'secret key'],
  TAILSCALE_SCIM_KEY: ['Tailscale', 'secret key'],
  TAILSCALE_WEBHOOK_KEY: ['Tailscale', 'secret key'],
  TAILSCALE_KEY: ['Tailscale', 'secret key'],
};

/** The kind of a secret that secretlint has found. */
export function secretKind(messageId: string): SecretKind {
  const [service, type] = KINDS[messageId] ?? ['', 'secret'];
  return { service, type };
}
