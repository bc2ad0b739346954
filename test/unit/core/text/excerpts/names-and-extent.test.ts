import assert from 'node:assert/strict';
import { placed, testPlacements, type PlacementCase } from './place-code';

const json = `{
  "name": "x",
  "b": 2,
  "c": 3,
  "d": 4,
  "e": 5,
  "f": 6
}
`;
const nested = `{
  "version": 1,
  "a": {
    "version": 2
  },
  "b": {
    "version": 3
  }
}
`;
const env = 'A=1\nB=2\nC=9\nD=4\nE=5\n';
const python = 'import os\n\ntimeout = 10\nretries = 3\n\ndef a():\n    pass\n';
const css = '.a {\n  color: red;\n  margin: 0;\n}\n\n.b {\n  color: blue;\n  margin: 1px;\n}\n';
const sql =
  'CREATE TABLE a (\n  id INT,\n  name TEXT,\n  age INT\n);\n\nCREATE TABLE b (\n  id INT\n);\nSELECT 1;\n';
const functions = ['a', 'b', 'c', 'd', 'e']
  .map((name) => `def ${name}():\n    x = 1\n    return ${name}\n`)
  .join('\n');
const script = `import os\n\n${functions}\ndef main():\n    a()\n    b()\n`;
const go =
  'package a\n\nimport "fmt"\n\nfunc All() {\n\tfmt.Println(1)\n}\n\nfunc One() {\n\tfmt.Println(2)\n\tfmt.Println(3)\n}\n';
const yaml =
  'services:\n  web:\n    image: a\n    ports:\n      - 80\n  db:\n    image: c\n    ports:\n      - 81\n';
const members =
  'class A:\n    def one(self):\n        return 1\n\n    def two(self):\n        return 2\n\n    def three(self):\n        return 3\n';

describe('A line of an excerpt that assigns to a name', () => {
  const cases: readonly PlacementCase[] = [
    [
      'replaces the property with this name, and keeps its comma',
      json,
      '{\n  "name": "x",\n  "b": 7\n}\n',
      json.replace('"b": 2', '"b": 7'),
    ],
    ['replaces it if it is alone', json, '{\n  "b": 7\n}\n', json.replace('"b": 2', '"b": 7')],
    [
      'replaces it between placeholders',
      json,
      '{\n  // ...\n  "c": 33,\n  // ...\n}\n',
      json.replace('"c": 3', '"c": 33'),
    ],
    [
      'replaces the property of the same object',
      nested,
      '{\n  "version": 9,\n  // ...\n}\n',
      nested.replace('"version": 1', '"version": 9'),
    ],
    [
      'is added after a line that is the same, with a comma',
      json,
      '{\n  "b": 2,\n  "g": 9\n}\n',
      json.replace('"b": 2,\n', '"b": 2,\n  "g": 9,\n'),
    ],
    [
      'is added after the last property, which gets a comma',
      json,
      '{\n  // ...\n  "g": 9\n}\n',
      json.replace('"f": 6\n', '"f": 6,\n  "g": 9\n'),
    ],
    [
      'is added after the last property, which the code shows with a comma',
      json,
      '{\n  // ...\n  "f": 6,\n  "g": 9\n}\n',
      json.replace('"f": 6\n', '"f": 6,\n  "g": 9\n'),
    ],
    [
      'replaces the property of the block that is shown, although another block has it, too',
      css,
      '/* ... */\n.b {\n  /* ... */\n  color: green;\n}\n',
      css.replace('color: blue', 'color: green'),
    ],
    ['replaces a variable of an environment', env, 'B=2\nC=3\n', env.replace('C=9', 'C=3')],
    [
      'replaces a variable after a placeholder',
      python,
      '# ... existing code ...\ntimeout = 30\n',
      python.replace('10', '30'),
    ],
    [
      'is added if the text has no such name',
      python,
      '# ... existing code ...\nlimit = 30\n',
      `${python}\nlimit = 30\n`,
    ],
    [
      'may repeat a name of another function',
      script,
      '# ...\ndef b():\n    x = 3\n    return b\n# ...\n',
      script.replace('x = 1\n    return b', 'x = 3\n    return b'),
    ],
  ];
  testPlacements(cases);

  const uncertain: readonly PlacementCase[] = [
    ['the text has the name twice', 'A=1\nB=2\nC=9\nC=8\nE=5\nF=6\n', 'B=2\nC=3\n', 'length'],
    [
      'the text has it at this depth in two blocks',
      css,
      '/* ... */\n  color: green;\n/* ... */\n',
      'placeholder',
    ],
    [
      'another line has its new value',
      nested.replace('"version": 2', '"version": 2,\n    "z": 1'),
      '{\n  // ...\n  "version": 2,\n  // ...\n}\n',
      'placeholder',
    ],
    ['the code passes over other lines', json, '{\n  "name": "x",\n  "c": 7\n}\n', 'length'],
  ];
  testPlacements(uncertain, (title) => `has no certain place if ${title}`);
});

describe('Code that is much shorter than its file', () => {
  const rewritten: readonly (readonly [title: string, text: string, code: string])[] = [
    ['begins with other imports', script, 'import sys\n\nFUNCS = [1, 2]\n\ndef main():\n    print(FUNCS)\n'],
    ['begins with another package', go, 'package b\n\nfunc All() {\n\tprintln(1)\n}\n\nfunc One() {\n}\n'],
    ['has fewer keys of a mapping', yaml, 'services:\n  web:\n    image: b\n'],
    ['has fewer keys of a nested mapping', yaml, 'web:\n  image: b\n'],
    ['has fewer methods of a class', members, 'class A:\n    def two(self):\n        return 22\n'],
    ['has fewer columns of a table', sql, 'CREATE TABLE a (\n  id INT,\n  mail TEXT\n);\n'],
    ['has fewer properties of a rule', css, '.b {\n  color: green;\n}\n'],
  ];
  for (const [title, text, code] of rewritten)
    it(`is not merged into the file if it ${title}`, () => assert.equal(placed(text, code), 'length'));

  it('replaces a function with its comments and decorators, whatever its statements are', () => {
    const code = '# New.\n@cached\ndef b():\n    return 9\n';
    assert.equal(placed(script, code), script.replace('def b():\n    x = 1\n    return b\n', code));
  });

  it('replaces a function with parameters in lines of their own', () => {
    const method = 'two(\n  a: number,\n  b: number,\n): number {\n  return a;\n}\n';
    const text = `one();\n\nfunction f() {\n  one();\n}\n\n${method}\nfunction g() {\n  one();\n}\n`;
    const code = 'two(\n  a: number,\n): number {\n  return 2;\n}\n';
    assert.equal(placed(text, code), text.replace(method, code));
  });

  it('replaces a target with as many commands', () => {
    const text = 'all: build\n\nbuild:\n\tgo build\n\ntest:\n\tgo test\n\nlint:\n\tgo vet\n';
    assert.equal(placed(text, 'test:\n\tgo test -v\n'), text.replace('go test', 'go test -v'));
  });

  it('replaces a class with all its methods', () => {
    const text = `import os\n\n${functions}\n${members}`;
    const changed = members.replace('return 2', 'return 22');
    assert.equal(placed(text, changed), text.replace('return 2', 'return 22'));
  });
});
