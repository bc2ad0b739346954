/** The tables of scripts and character names, which are large: a chunk that `hidden-character-guard.ts` loads when needed. */
export {
  characterName,
  codePointLabel,
} from '../../../core/privacy/hidden-characters/hidden-character-names';
export { findHiddenCharacters } from '../../../core/privacy/hidden-characters/find-hidden-characters';
