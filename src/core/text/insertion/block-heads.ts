const RUBY =
  /^\s*(?:(?:class|module)\s[^;]*|(?:(?:private|protected)\s+)?def\s+[^\s(]+(?:\s*\((?:[^()]|\([^()]*\))*\))?|(?:elsif|for|if|in|rescue|unless|until|when|while)\s(?!.*\bend$).*|ensure|rescue)$/;
const LUA = /\bfunction(?:\s+[\w.:]+)?\s*\([^()]*\)$|\brepeat$/;
const MATLAB =
  /^\s*(?:case|catch|classdef|elseif|events|for|function|if|methods|otherwise|parfor|properties|switch|try|while)\b(?!.*\bend[,;]?$)/;
const BASIC =
  /^\s*(?:(?:friend|overridable|overrides|partial|private|protected|public|shared)\s+)*(?:class|enum|function|interface|module|namespace|property|structure|sub)\b(?!.*:)|^\s*(?:case|catch|do|else|finally|for|select case|try|using|while|with)\b(?!.*:)|\bthen$/i;

/** The lines that begin with the words of a block, which other words divide and end. */
const BLOCKS_WITH_BRANCHES: Readonly<Record<string, RegExp>> = {
  crystal: RUBY,
  julia:
    /^\s*(?:(?:mutable\s+)?struct|catch|elseif|finally|for|function|if|let|macro|quote|try|while)\b(?!.*\bend$)|\bdo\s+[^\s,]+(?:,\s*[^\s,]+)*$/,
  lua: LUA,
  luau: LUA,
  matlab: MATLAB,
  octave: MATLAB,
  ruby: RUBY,
  vb: BASIC,
};
/** Code that divides or ends the block, and does not belong to it. */
const BRANCH = /^\s*(?:case|catch|else|elseif|elsif|end|ensure|finally|otherwise|rescue|until|when)\b/i;

/** The targets of a rule of make with their prerequisites; a recipe follows. `.PHONY` and the like have none. */
const MAKE_RULE = /^(?!\.[A-Z])[^\s#=:][^=:]*::?(?![:=])[^=:]*$/;
/** The lines that open a block in some other languages. */
const BLOCKS: Readonly<Record<string, RegExp>> = {
  erlang: /\b(?:after|catch|of|receive|try)$/,
  makefile: MAKE_RULE,
  nim: /\b(?:concept|enum|object|tuple)(?:\s+of\s+\w+)?$|^\s*(?:const|let|type|using|var)$/,
  ocaml: /\b(?:object|sig|struct)$/,
  shellscript: /^\s*case\s.*\sin$/,
  swift: /\{.*\bin$/,
};

/** Languages of styles in which indentation takes the place of braces. */
const STYLE_OUTLINES: ReadonlySet<string> = new Set(['sass', 'stylus']);
const STYLE_PROPERTY = /^\s*[\w-]+:\s/;
/** A property, a variable or a comment, rather than a selector. */
const STYLE_STATEMENT = /^\s*(?:$|[$@/]|[\w-]+\s*[:=])/;

/** Whether a line opens a block by its words, and the code after it belongs to that block. */
export function isBlockHead(line: string, language: string, code: string): boolean {
  const matches = (lines: Readonly<Record<string, RegExp>>): boolean =>
    Object.hasOwn(lines, language) && lines[language]?.test(line) === true;
  return (
    matches(BLOCKS) ||
    (matches(BLOCKS_WITH_BRANCHES) && !BRANCH.test(code)) ||
    (STYLE_OUTLINES.has(language) && STYLE_PROPERTY.test(code) && !STYLE_STATEMENT.test(line))
  );
}
