import * as nodeModule from 'node:module';
import { existsSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** Names that plugins import from, and the files of this very program behind them: nothing needs to be installed beside a plugin. */
const OWN: Readonly<Record<string, string>> = {
  danglint: new URL('api.js', import.meta.url).href,
  'danglint/testing': new URL('testing.js', import.meta.url).href,
};

/** Marks a name that is resolved from a folder: `danglint-plugin:<folder url> <name>`. */
const FROM = 'danglint-plugin:';

/** For Node before 22.15, where hooks run in a thread of their own. */
const THREAD = `
let own, from;
export function initialize(data) { ({ own, from } = data); }
export function resolve(specifier, context, next) {
  if (Object.hasOwn(own, specifier)) return { url: own[specifier], shortCircuit: true };
  if (!specifier.startsWith(from)) return next(specifier, context);
  const [parentURL, name] = specifier.slice(from.length).split(' ');
  return next(name, { ...context, parentURL });
}`;

type Resolve = (
  specifier: string,
  context: object,
  next: (specifier: string, context: object) => { readonly url: string },
) => { readonly url: string; readonly shortCircuit?: boolean };

let ready = false;

/** Makes `import 'danglint'` in plugins mean this program. Once a process. */
function prepare(): void {
  if (ready) return;
  ready = true;
  const own = Object.fromEntries(Object.entries(OWN).filter(([, url]) => existsSync(fileURLToPath(url))));
  if (hasSyncHooks(nodeModule)) {
    nodeModule.registerHooks({
      resolve(specifier, context, next) {
        const url = own[specifier];
        if (url !== undefined) return { url, shortCircuit: true };
        if (!specifier.startsWith(FROM)) return next(specifier, context);
        const [parentURL, name = ''] = specifier.slice(FROM.length).split(' ');
        return next(name, { ...context, parentURL });
      },
    });
  } else {
    nodeModule.register(`data:text/javascript,${encodeURIComponent(THREAD)}`, { data: { own, from: FROM } });
  }
}

function hasSyncHooks(
  module: object,
): module is { readonly registerHooks: (hooks: { readonly resolve: Resolve }) => unknown } {
  return 'registerHooks' in module;
}

/**
 * Imports a module by a path (`./lint/our_rules.js`) or the name of a package, seen from a folder (absolute). Throws what
 * Node throws.
 */
export function importFrom(folder: string, name: string): Promise<unknown> {
  prepare();
  const base = pathToFileURL(`${folder}/danglint.toml`).href;
  const isPath = /^(\.{0,2}[/\\]|[A-Za-z]:[/\\])/.test(name);
  const target = isPath
    ? new URL(name.startsWith('.') ? name : pathToFileURL(name).href, base).href
    : `${FROM}${base} ${name}`;
  return import(target);
}
