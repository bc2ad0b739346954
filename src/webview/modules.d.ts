declare module '*.css';
declare module 'katex/contrib/mhchem';
/** The built source of a worker. */
declare module '*?worker' {
  const source: string;
  export default source;
}
