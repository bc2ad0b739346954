/**
 * A proxy for an object that a hook of mocha creates later, so that a suite can assign it to a `const`.
 *
 * @param get returns undefined while the object does not exist
 */
export function lateBound<T extends object>(name: string, get: () => T | undefined): T {
  return new Proxy({} as T, {
    get(_, property) {
      const object = get();
      if (!object) throw new Error(`The ${name} opens in a hook: use it in a test, or in a later hook.`);
      const value: unknown = Reflect.get(object, property);
      // Methods of classes with private members do not accept the proxy as `this`.
      return typeof value === 'function' ? (value.bind(object) as unknown) : value;
    },
  });
}
