/** The worker that colours code. It has no page, no network and nobody's data but the code it is given. */
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
// Next to JavaScript, most of which is in it once more: so it is compressed away.
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

/** Code that is to be coloured. */
export interface Plain {
  readonly code: string;
  readonly language: string;
}

/** The code from its beginning on, in runs of one colour. */
export interface Colours {
  /** Characters of each run. */
  readonly lengths: readonly number[];
  /** The class of each run, by its place among the classes. */
  readonly classOf: readonly number[];
  /** The first is none. */
  readonly classes: readonly string[];
}

const languages = {
  ...{ bash, c, cpp, csharp, css, diff, dockerfile, dos },
  ...{ go, graphql, ini, java, javascript, json, julia, kotlin },
  ...{ latex, lua, makefile, markdown, matlab, php, powershell, properties },
  ...{ protobuf, python, r, ruby, rust, scala, shell, sql },
  ...{ typescript, xml, yaml },
};
for (const [name, language] of Object.entries(languages)) hljs.registerLanguage(name, language);

addEventListener('message', ({ data: { code, language } }: MessageEvent<Plain>) => {
  const known = hljs.getLanguage(language) !== undefined;
  postMessage(known ? runs(hljs.highlight(code, { language, ignoreIllegals: true }).value) : undefined);
});

/** From what highlight.js writes: spans with a class, and text with character references, each for one character. */
function runs(html: string): Colours {
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
