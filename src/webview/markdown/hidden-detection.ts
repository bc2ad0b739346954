/** A file of its own in the bundle: the tables of scripts and names. */
export { characterName, codePointLabel } from '../../core/privacy/character-names';
export { findHiddenCharacters } from '../../core/privacy/hidden-characters';
