/** The worker that highlights code. It has no access to the page or the network, and receives only the code. */
import hljs from 'highlight.js/lib/core';
import bash from 'highlight.js/lib/languages/bash';
import c from 'highlight.js/lib/languages/c';
import cpp from 'highlight.js/lib/languages/cpp';
import csharp from 'highlight.js/lib/languages/csharp';
import css from 'highlight.js/lib/languages/css';
import diff from 'highlight.js/lib/languages/diff';
import dockerfile from 'highlight.js/lib/languages/dockerfile';
import dos from 'highlight.js/lib/languages/dos';
import go from 'highlight.js/lib/languages/go';
import graphql from 'highlight.js/lib/languages/graphql';
import ini from 'highlight.js/lib/languages/ini';
import java from 'highlight.js/lib/languages/java';
import julia from 'highlight.js/lib/languages/julia';
import kotlin from 'highlight.js/lib/languages/kotlin';
import javascript from 'highlight.js/lib/languages/javascript';
// Next to JavaScript, because the two have most of their code in common, which then compresses well.
import typescript from 'highlight.js/lib/languages/typescript';
import json from 'highlight.js/lib/languages/json';
import latex from 'highlight.js/lib/languages/latex';
import lua from 'highlight.js/lib/languages/lua';
import makefile from 'highlight.js/lib/languages/makefile';
import markdown from 'highlight.js/lib/languages/markdown';
import matlab from 'highlight.js/lib/languages/matlab';
import php from 'highlight.js/lib/languages/php';
import powershell from 'highlight.js/lib/languages/powershell';
import properties from 'highlight.js/lib/languages/properties';
import protobuf from 'highlight.js/lib/languages/protobuf';
import python from 'highlight.js/lib/languages/python';
import r from 'highlight.js/lib/languages/r';
import ruby from 'highlight.js/lib/languages/ruby';
import rust from 'highlight.js/lib/languages/rust';
import scala from 'highlight.js/lib/languages/scala';
import shell from 'highlight.js/lib/languages/shell';
import sql from 'highlight.js/lib/languages/sql';
import xml from 'highlight.js/lib/languages/xml';
import yaml from 'highlight.js/lib/languages/yaml';

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
  bash, c, cpp, csharp, css, diff, dockerfile, dos, go, graphql, ini, java, javascript, json, julia, kotlin, latex, lua,
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
