import { parseArgs } from 'node:util';
import { startServer } from './server';

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '0' },
    key: { type: 'string' },
    strict: { type: 'boolean', default: false },
  },
});

void startServer({
  port: Number(values.port),
  limits: values.strict ? 'strict' : 'lenient',
  ...(values.key !== undefined && { key: values.key }),
}).then(({ origin }) => {
  console.log(origin);
});
