/** The built source of a worker. */
declare module '*?worker' {
  const source: string;
  export default source;
}
