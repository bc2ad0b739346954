import { inRepository } from '../paths';
import { writePackage } from './package';

writePackage(inRepository()).then(
  ({ vsix, bill }) => console.log(`Written: ${vsix}\nBill of materials: ${bill}`),
  (error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  },
);
