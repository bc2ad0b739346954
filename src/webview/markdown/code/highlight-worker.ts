/** The worker that highlights code. It has no access to the page or the network, and receives only the code. */
import hljs from 'highlight.js/lib/core';
// Not in alphabetical order: languages with similar keywords are neighbours, which compresses 1 KB better.
import json from 'highlight.js/lib/languages/json';
import graphql from 'highlight.js/lib/languages/graphql';
import typescript from 'highlight.js/lib/languages/typescript';
import diff from 'highlight.js/lib/languages/diff';
import ini from 'highlight.js/lib/languages/ini';
import xml from 'highlight.js/lib/languages/xml';
import markdown from 'highlight.js/lib/languages/markdown';
import php from 'highlight.js/lib/languages/php';
import julia from 'highlight.js/lib/languages/julia';
import javascript from 'highlight.js/lib/languages/javascript';
import properties from 'highlight.js/lib/languages/properties';
import kotlin from 'highlight.js/lib/languages/kotlin';
import go from 'highlight.js/lib/languages/go';
import python from 'highlight.js/lib/languages/python';
import ruby from 'highlight.js/lib/languages/ruby';
import latex from 'highlight.js/lib/languages/latex';
import csharp from 'highlight.js/lib/languages/csharp';
import rust from 'highlight.js/lib/languages/rust';
import protobuf from 'highlight.js/lib/languages/protobuf';
import shell from 'highlight.js/lib/languages/shell';
import java from 'highlight.js/lib/languages/java';
import scala from 'highlight.js/lib/languages/scala';
import yaml from 'highlight.js/lib/languages/yaml';
import r from 'highlight.js/lib/languages/r';
import dos from 'highlight.js/lib/languages/dos';
import sql from 'highlight.js/lib/languages/sql';
import bash from 'highlight.js/lib/languages/bash';
import cpp from 'highlight.js/lib/languages/cpp';
import makefile from 'highlight.js/lib/languages/makefile';
import dockerfile from 'highlight.js/lib/languages/dockerfile';
import powershell from 'highlight.js/lib/languages/powershell';
import matlab from 'highlight.js/lib/languages/matlab';
import lua from 'highlight.js/lib/languages/lua';
import css from 'highlight.js/lib/languages/css';

/** Code to highlight. */
export interface HighlightRequest {
  readonly code: string;
  readonly language: string;
}

/** The code as runs of characters with the same class. */
export interface HighlightResult {
  /** The length of each run, in characters. */
  readonly lengths: readonly number[];
  /** The index of the class of each run in `classes`. */
  readonly classOf: readonly number[];
  /** The first one is empty. */
  readonly classes: readonly string[];
}

// prettier-ignore
const languages = {
  bash, cpp, csharp, css, diff, dockerfile, dos, go, graphql, ini, java, javascript, json, julia, kotlin, latex, lua,
  makefile, markdown, matlab, php, powershell, properties, protobuf, python, r, ruby, rust, scala, shell, sql, typescript,
  xml, yaml,
};
for (const [name, language] of Object.entries(languages)) hljs.registerLanguage(name, language);

addEventListener('message', ({ data: { code, language } }: MessageEvent<HighlightRequest>) => {
  const known = hljs.getLanguage(language) !== undefined;
  postMessage(known ? runsOf(hljs.highlight(code, { language, ignoreIllegals: true }).value) : undefined);
});

/** Converts the output of highlight.js: spans with a class, and text in which a character reference is one character. */
function runsOf(html: string): HighlightResult {
  const [lengths, classOf, classes]: [number[], number[], string[]] = [[], [], ['']];
  const open = [0];
  for (const [part, name] of html.matchAll(/<span class="([^"]*)">|<\/span>|[^<]+/g)) {
    if (part === '</span>') open.pop();
    else if (name !== undefined)
      open.push(classes.indexOf(name) + 1 ? classes.indexOf(name) : classes.push(name) - 1);
    else {
      lengths.push(part.replace(/&[^;]+;/g, '&').length);
      classOf.push(open.at(-1) ?? 0);
    }
  }
  return { lengths, classOf, classes };
}
