/** The kinds of secrets that a dialog names, such as "GitHub token", "AWS secret access key", and "Private key". */
export interface SecretKind {
  /** The service it belongs to, as its vendor writes the name; of a `value` the variable that has it. May be empty. */
  readonly service: string;
  readonly thing: SecretThing;
}

type SecretThing =
  | 'token'
  | 'API key'
  | 'secret key'
  | 'access key ID'
  | 'private key'
  | 'webhook address'
  | 'password in an address'
  | 'value'
  | 'secret';

/** By secretlint's message ids. An id that a later version of secretlint adds is a plain "secret". */
const kinds: Readonly<Record<string, readonly [service: string, thing: SecretThing]>> = {
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

export function secretKind(messageId: string): SecretKind {
  const [service, thing] = kinds[messageId] ?? ['', 'secret'];
  return { service, thing };
}
