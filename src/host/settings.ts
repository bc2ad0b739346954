import * as v from 'valibot';
import * as vscode from 'vscode';
import type { Endpoint } from '../core/api';
import { headerProblem, type ExtraHeaders } from '../core/api/headers';
import { isParameterValue } from '../core/models/parameter-values';
import { showInformation, showWarning, whenPressed } from './notifications';

const section = 'o1mini';

const dollars = v.nullable(within(0, 1e6));
/** At most a day, because a timer of more than 24 days would fire at once. */
const seconds = within(1, 86_400);

function within(min: number, max: number): v.GenericSchema<unknown, number> {
  return v.pipe(
    v.number(),
    v.check((value) => value >= min && value <= max),
  );
}

function integer(min: number, max = Number.MAX_SAFE_INTEGER): v.GenericSchema<unknown, number> {
  return v.pipe(
    within(min, max),
    v.check((value) => Number.isInteger(value)),
  );
}

function matching(pattern: RegExp): v.GenericSchema<unknown, string> {
  return v.pipe(
    v.string(),
    v.check((value) => pattern.test(value)),
  );
}

const parameterValue = v.pipe(
  v.string(),
  v.check((value) => isParameterValue(value)),
);

/** The valid values of each setting. The defaults are in package.json, where the settings editor shows them. */
const schemas = {
  baseUrl: v.string(),
  model: matching(/\S/),
  maxCompletionTokens: integer(1),
  tokenLimitParameter: v.picklist(['max_completion_tokens', 'max_tokens']),
  api: v.picklist(['auto', 'chat', 'responses']),
  reasoningSummary: v.picklist(['default', 'auto', 'concise', 'detailed']),
  // Any word, because new models bring new values.
  reasoningEffort: parameterValue,
  verbosity: parameterValue,
  stream: v.boolean(),
  includeUsage: v.boolean(),
  n: integer(1, 8),
  seed: v.nullable(integer(1)),
  userName: matching(/^[a-zA-Z0-9_-]{0,64}$/),
  instructions: v.string(),
  prompts: v.array(
    v.object({
      name: matching(/^\S{1,40}$/),
      prompt: matching(/\S/),
      description: v.exactOptional(v.string()),
    }),
  ),
  // Each header is checked separately, so that a wrong one can be named.
  headers: v.record(v.string(), v.unknown()),
  allowedHttpOrigins: v.array(v.string()),
  'timeout.connect': seconds,
  'timeout.firstByte': seconds,
  'timeout.idle': seconds,
  maxRetries: integer(0, 10),
  'price.input': dollars,
  'price.output': dollars,
  dailyBudget: dollars,
};

type Schemas = typeof schemas;
type Name = keyof Schemas;

type Checked = { readonly [N in Name]: v.InferOutput<Schemas[N]> };

export interface Settings extends Omit<Checked, 'headers'> {
  readonly headers: ExtraHeaders;
}

export interface SettingsResult {
  readonly settings: Settings;
  /** Full names of settings whose value is wrong; their default is used instead. */
  readonly wrong: readonly string[];
}

/** Reads the settings. In place of a wrong value, the default is used, and the setting is named. */
export function readSettings(): SettingsResult {
  const configuration = vscode.workspace.getConfiguration(section);
  const wrong: string[] = [];
  const read = (name: Name): unknown => {
    const value: unknown = configuration.get(name);
    if (v.is(schemas[name], value)) return value;
    wrong.push(`${section}.${name}`);
    return configuration.inspect(name)?.defaultValue;
  };
  const names = Object.keys(schemas) as Name[];
  const checked = Object.fromEntries(names.map((name) => [name, read(name)])) as unknown as Checked;
  const { headers, wrongHeaders } = readHeaders(checked.headers);
  wrong.push(...wrongHeaders.map((name) => `${section}.headers: ${name}`));
  return { settings: { ...checked, headers }, wrong };
}

function readHeaders(given: Readonly<Record<string, unknown>>): {
  readonly headers: ExtraHeaders;
  readonly wrongHeaders: readonly string[];
} {
  const isUsable = (entry: [string, unknown]): entry is [string, string] =>
    headerProblem(...entry) === undefined;
  const entries = Object.entries(given);
  return {
    headers: Object.fromEntries(entries.filter(isUsable)),
    wrongHeaders: entries.filter((entry) => !isUsable(entry)).map(([name]) => name),
  };
}

/** VS Code's own setting for its requests, with and without a proxy. */
export function verifiesCertificates(): boolean {
  return vscode.workspace.getConfiguration('http').get('proxyStrictSSL') !== false;
}

/** Shows which settings are wrong, once for each set of them. */
export function createWrongSettingsWarning(): (wrong: readonly string[]) => void {
  let warned = '';
  return (wrong) => {
    const names = wrong.join(', ');
    if (names !== '' && names !== warned) warn(names, wrong[0] ?? section);
    warned = names;
  };
}

function warn(names: string, first: string): void {
  const open = vscode.l10n.t('Open Settings');
  const text = vscode.l10n.t('These settings have invalid values, so their defaults are used: {0}');
  whenPressed(showWarning(text, [names], open), open, () => openSettings(first));
}

/** Shows once for each value of `o1mini.baseUrl` without a scheme which address is used. */
export function createBaseUrlNotice(): (written: string, endpoint: Endpoint) => void {
  const shown = new Set<string>();
  return (written, { baseUrl }) => {
    if (/^\s*[a-z][a-z0-9+.-]*:\/\//i.test(written) || shown.has(written)) return;
    shown.add(written);
    const open = vscode.l10n.t('Open Settings');
    const text = vscode.l10n.t(
      'o1mini.baseUrl does not begin with https:// or http://. Requests are sent to {0}.',
    );
    whenPressed(showInformation(text, [baseUrl], open), open, () => openSettings('o1mini.baseUrl'));
  };
}

/** Opens the settings editor. Settings of a remote machine are on a separate page. */
export async function openSettings(query: string): Promise<void> {
  const page = vscode.env.remoteName === undefined ? 'openSettings' : 'openRemoteSettings';
  await vscode.commands.executeCommand(`workbench.action.${page}`, { query });
}
