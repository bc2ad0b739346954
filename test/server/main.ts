import { parseArgs } from 'node:util';
import { dialects } from './dialects/dialects';
import type { DialectName } from './dialects/dialects';
import { startServer } from './server';

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '0' },
    key: { type: 'string' },
    dialect: { type: 'string' },
    strict: { type: 'boolean', default: false },
  },
});

const dialect = Object.keys(dialects).find((name) => name === values.dialect) as DialectName | undefined;
if (values.dialect !== undefined && !dialect) throw new Error(`One of ${Object.keys(dialects).join(', ')}.`);

void startServer({
  port: Number(values.port),
  limits: values.strict ? 'strict' : 'lenient',
  ...(dialect && { dialect }),
  ...(values.key !== undefined && { key: values.key }),
}).then(({ origin }) => {
  console.log(origin);
});
