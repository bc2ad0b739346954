const YAML: ReadonlySet<string> = new Set([
  'yaml',
  'dockercompose',
  'github-actions-workflow',
  'azure-pipelines',
  'ansible',
  'ansible-jinja',
  'helm',
  'home-assistant',
  'esphome',
]);

/** Whether a language is YAML, by VS Code's identifier. */
export function isYaml(language: string): boolean {
  return YAML.has(language);
}
