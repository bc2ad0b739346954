/** The table of who may import whom (CONTRIBUTING.md, "Rooms"): a room not named under `may` is refused. */
const rooms = {
  core: { may: 'core', packages: '@streamparser/json|eventsource-parser|gpt-tokenizer|@secretlint/[\\w-]+' },
  protocol: { may: 'protocol', typesOf: 'core', packages: 'valibot' },
  platform: { may: 'platform|core', packages: 'crypto|dns|fs|https?|net|path|timers|url|zlib' },
  webview: {
    may: 'webview|protocol',
    typesOf: 'core',
    /** What host and panel must see alike. */
    sharesOf: 'core/(?:lazy\\.ts|text/|privacy/)',
    packages:
      'markdown-it(?:-cjk-friendly)?|katex|highlight\\.js|dompurify|@vscode/(?:codicons|l10n)|valibot',
  },
  host: { may: 'host|protocol|core', packages: 'vscode|valibot|@streamparser/json' },
};

const insideRooms = Object.entries(rooms).flatMap(([room, { may, typesOf, sharesOf }]) => [
  {
    name: `${room}-imports`,
    severity: 'error',
    from: { path: `^src/${room}/` },
    to: { path: '^src/', pathNot: `^src/(${typesOf ? `${may}|${typesOf}` : may})/` },
  },
  ...(typesOf
    ? [
        {
          name: `${room}-imports-only-types-of-${typesOf}`,
          severity: 'error',
          from: { path: `^src/${room}/` },
          to: {
            path: `^src/${typesOf}/`,
            ...(sharesOf && { pathNot: `^src/${sharesOf}` }),
            dependencyTypesNot: ['type-only'],
          },
        },
      ]
    : []),
]);

const packages = Object.entries(rooms).map(([room, { packages }]) => ({
  name: `${room}-packages`,
  severity: 'error',
  from: { path: `^src/${room}/` },
  to: { pathNot: ['^src/', '^media/panel(\\.css$|/)', `^(node_modules/)?(@types/)?(${packages})(/|$)`] },
}));

module.exports = {
  forbidden: [
    ...insideRooms,
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
      // What is loaded later may need what has loaded it.
      to: { circular: true, viaOnly: { dependencyTypesNot: ['dynamic-import'] } },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
  },
};
