/** Languages, by VS Code's identifier or their name in a fence, with the strings and comments of another. */
const RELATED: Readonly<Record<string, readonly string[]>> = {
  c: ['arduino', 'cuda', 'cuda-cpp', 'glsl', 'metal', 'objective-cpp'],
  go: ['odin', 'v'],
  html: [
    'aspnetcorerazor',
    'astro',
    'blade',
    'cshtml',
    'django',
    'django-html',
    'ejs',
    'erb',
    'handlebars',
    'hbs',
    'jinja',
    'jinja2',
    'jinja-html',
    'liquid',
    'mustache',
    'njk',
    'nunjucks',
    'razor',
    'twig',
  ],
  java: ['apex'],
  lua: ['luau'],
  proto3: ['prisma'],
  python: ['graphql', 'mojo'],
  ruby: ['crystal'],
  terraform: ['hcl', 'opentofu'],
};

const related: ReadonlyMap<string, string> = new Map(
  Object.entries(RELATED).flatMap(([language, others]) => others.map((other) => [other, language] as const)),
);

/** The language whose strings and comments a language has; the language itself if it is not listed. */
export function relatedLanguage(language: string): string {
  return related.get(language) ?? language;
}
