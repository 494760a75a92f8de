/** Equal as types are: classes, functions, modules and syntax are themselves only, what is made of them is compared part by part. */
export function sameTypes(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (isList(a)) return isList(b) && a.length === b.length && a.every((item, i) => sameTypes(item, b[i]));
  if (!isPlain(a) || !isPlain(b) || isSyntax(a)) return false;
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => key in b && sameTypes(a[key], b[key]));
}

function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}

function isPlain(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

function isSyntax(value: object): boolean {
  return 'start' in value && 'end' in value;
}
