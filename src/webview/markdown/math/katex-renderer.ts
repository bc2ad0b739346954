import katex from 'katex';
import { MAX_LENGTH_EM, MAX_MACRO_EXPANSIONS } from './formula-limits';
import { renderRepaired } from './formula-repairs';
import { escapePercentSigns } from './formula-escapes';
import { KATEX_MACROS } from './katex-commands';
import { forKatex } from './katex-source';

/** Renders the source of a formula into an element. Throws if the source is invalid. */
export type Renderer = (source: string, element: HTMLElement, display: boolean) => void;

/** Renders what models write with KaTeX. */
export const renderWithKatex: Renderer = (source, element, displayMode) => {
  renderRepaired(escapePercentSigns(source), (written, macros) => {
    // KaTeX sets styles of elements through the CSSOM, which the content security policy allows, unlike in HTML strings.
    katex.render(forKatex(written), element, {
      displayMode,
      throwOnError: true,
      trust: false,
      strict: 'ignore',
      maxSize: MAX_LENGTH_EM,
      maxExpand: MAX_MACRO_EXPANSIONS,
      macros: { ...KATEX_MACROS, ...macros },
    });
  });
};
