/** Defines the exports of a module as swc does, with less code. The variable of its loop may be used again. */
export function withShortExports(code) {
  return code
    .replace(
      /for\(var (\w+) in (\w+)\)Object\.defineProperty\((\w+),\1,\{enumerable:!0,get:Object\.getOwnPropertyDescriptor\(\2,\1\)\.get\}\)/,
      'var $1;Object.defineProperties($3,Object.getOwnPropertyDescriptors($2))',
    )
    .replace(
      /^(Object\.defineProperty\(exports,"\w+",\{enumerable:!0,get:)function\(\)\{return (\w+)\}/,
      '$1()=>$2',
    );
}
