import fc from 'fast-check';

/** A valibot schema, limited to the kinds that the messages of the panel use. */
export interface Schema {
  readonly type: string;
  readonly options?: readonly unknown[];
  readonly entries?: Readonly<Record<string, Schema>>;
  readonly literal?: unknown;
  readonly wrapped?: Schema;
  readonly item?: Schema;
  readonly pipe?: readonly unknown[];
}

/** Arbitrary values that match a schema. Throws for an unsupported kind of schema, such as one that accepts any value. */
export function valuesOf(schema: Schema): fc.Arbitrary<unknown> {
  switch (schema.type) {
    case 'variant':
      return fc.oneof(...optionsOf(schema).map(valuesOf));
    case 'object':
      return fc.record(mapValues(schema.entries ?? {}, valuesOf), { requiredKeys: requiredOf(schema) });
    case 'exact_optional':
    case 'optional':
      return valuesOf(wrappedOf(schema));
    case 'array':
      return fc.array(valuesOf(itemOf(schema)), { maxLength: 3 });
    case 'literal':
      return fc.constant(schema.literal);
    case 'picklist':
      return fc.constantFrom(...(schema.options ?? []));
    case 'string': {
      const pattern = patternOf(schema);
      if (pattern) return fc.stringMatching(pattern);
      return fc.oneof(fc.string(), fc.constantFrom('', '__proto__', '\uD800', 'x'.repeat(100)));
    }
    case 'boolean':
      return fc.boolean();
    case 'number':
      return fc.oneof(fc.nat(), fc.constantFrom(0, Number.MAX_SAFE_INTEGER));
    default:
      throw new Error(`Schemas of type ${schema.type} are not supported by test/support/schema.ts.`);
  }
}

/** Whether a value matches the schema without additional properties, checked independently of valibot. */
export function isExactly(schema: Schema, value: unknown): boolean {
  switch (schema.type) {
    case 'variant':
      return optionsOf(schema).some((option) => isExactly(option, value));
    case 'object':
      return isRecordOf(schema, value);
    case 'exact_optional':
    case 'optional':
      return isExactly(wrappedOf(schema), value);
    case 'array':
      return Array.isArray(value) && Array.from(value).every((part) => isExactly(itemOf(schema), part));
    case 'literal':
      return value === schema.literal;
    case 'picklist':
      return schema.options?.includes(value) === true;
    case 'string':
      return (
        typeof value === 'string' &&
        value.length <= MAX_TEXT_LENGTH &&
        patternOf(schema)?.test(value) !== false
      );
    case 'boolean':
      return typeof value === 'boolean';
    case 'number':
      return Number.isSafeInteger(value) && (value as number) >= 0;
    default:
      throw new Error(`Schemas of type ${schema.type} are not supported by test/support/schema.ts.`);
  }
}

/** Greatest length of a text in a message. */
export const MAX_TEXT_LENGTH = 16 * 1024 * 1024;

function isRecordOf(schema: Schema, value: unknown): boolean {
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype) {
    return false;
  }
  const { entries = {} } = schema;
  const keys = Reflect.ownKeys(value);
  return (
    keys.every((key) => typeof key === 'string' && Object.hasOwn(entries, key)) &&
    requiredOf(schema).every((key) => keys.includes(key)) &&
    Object.entries(value).every(([key, part]) => {
      const entry = entries[key];
      return entry !== undefined && isExactly(entry, part);
    })
  );
}

function optionsOf(schema: Schema): readonly Schema[] {
  return (schema.options ?? []) as readonly Schema[];
}

function requiredOf({ entries = {} }: Schema): string[] {
  return Object.keys(entries).filter((key) => entries[key]?.type.endsWith('optional') !== true);
}

function patternOf({ pipe = [] }: Schema): RegExp | undefined {
  const actions = pipe as readonly { readonly type?: string; readonly requirement?: unknown }[];
  const requirement = actions.find(({ type }) => type === 'regex')?.requirement;
  return requirement instanceof RegExp ? requirement : undefined;
}

function wrappedOf({ wrapped }: Schema): Schema {
  if (!wrapped) throw new Error('The schema has no wrapped schema.');
  return wrapped;
}

function itemOf({ item }: Schema): Schema {
  if (!item) throw new Error('The schema has no item schema.');
  return item;
}

function mapValues<A, B>(record: Readonly<Record<string, A>>, map: (value: A) => B): Record<string, B> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value)]));
}
