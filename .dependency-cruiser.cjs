/** Which layer may import which (CONTRIBUTING.md, "Layers"): a layer that is not named under `may` is refused. */
const layers = {
  core: {
    may: 'core',
    packages: '@streamparser/json|diff|eventsource-parser|gpt-tokenizer|@secretlint/[\\w-]+',
  },
  protocol: { may: 'protocol', typesOf: 'core', packages: 'valibot' },
  platform: { may: 'platform|core', packages: 'crypto|dns|fs|https?|net|path|timers|tls|url|zlib' },
  webview: {
    may: 'webview|protocol',
    typesOf: 'core',
    /** Functions whose results the host and the webview must agree on. */
    sharesOf: 'core/(?:lazy\\.ts|text/|privacy/)',
    packages:
      'markdown-it(?:-cjk-friendly)?|katex|highlight\\.js|dompurify|@vscode/(?:codicons|l10n)|valibot',
  },
  host: { may: 'host|protocol|core', packages: 'vscode|valibot|@streamparser/json' },
};

const betweenLayers = Object.entries(layers).flatMap(([layer, { may, typesOf, sharesOf }]) => [
  {
    name: `${layer}-imports`,
    severity: 'error',
    from: { path: `^src/${layer}/` },
    to: { path: '^src/', pathNot: `^src/(${typesOf ? `${may}|${typesOf}` : may})/` },
  },
  ...(typesOf
    ? [
        {
          name: `${layer}-imports-only-types-of-${typesOf}`,
          severity: 'error',
          from: { path: `^src/${layer}/` },
          to: {
            path: `^src/${typesOf}/`,
            ...(sharesOf && { pathNot: `^src/${sharesOf}` }),
            dependencyTypesNot: ['type-only'],
          },
        },
      ]
    : []),
]);

/**
 * The folders of the host: each imports only those before it, and the files beside them. `services.ts` and `activation.ts` put all of them together.
 */
const hostFolders = [
  'storage',
  'models',
  'editor',
  'attachments',
  'chat',
  'vscode-chat',
  'extension-api',
  'history',
  'views',
  'commands',
];
const hostComposition =
  '^src/host/(services|chat-services|editor-services|vscode-chat-services|webview-updates|activation)\\.ts$';
const insideHost = [
  ...hostFolders.map((folder, index) => ({
    name: `host-${folder}-imports`,
    severity: 'error',
    from: { path: `^src/host/${folder}/` },
    to: {
      path: [`^src/host/(${hostFolders.slice(index + 1).join('|') || '(?!)'})/`, hostComposition],
      // Commands are registered before the services exist, and know only their type.
      ...(folder === 'commands' && { dependencyTypesNot: ['type-only'] }),
    },
  })),
  {
    name: 'host-folders-are-known',
    severity: 'error',
    from: {},
    to: { path: '^src/host/[^/]+/', pathNot: `^src/host/(${hostFolders.join('|')})/` },
  },
  {
    name: 'host-files-import-no-folder',
    severity: 'error',
    from: { path: '^src/host/[^/]+$', pathNot: hostComposition },
    to: { path: '^src/host/[^/]+/' },
  },
];

const packages = Object.entries(layers).map(([layer, { packages }]) => ({
  name: `${layer}-packages`,
  severity: 'error',
  from: { path: `^src/${layer}/` },
  to: { pathNot: ['^src/', '^media/panel(\\.css$|/)', `^(node_modules/)?(@types/)?(${packages})(/|$)`] },
}));

module.exports = {
  forbidden: [
    ...betweenLayers,
    ...insideHost,
    ...packages,
    {
      name: 'entry-imports',
      severity: 'error',
      from: { path: '^src/[^/]+$' },
      to: { path: '^src/(webview|protocol)/' },
    },
    {
      name: 'no-circular',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
  },
};
