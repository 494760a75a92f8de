import { type FunctionInfo, type Module, perModule, type Program } from '../project/index.ts';
import type { CallEdge } from './call-graph.ts';

/** Files of tests, of what they share, and of what they fill tables with. */
const TESTS =
  /(^|\/)(test|(\w+_|unit)?tests(_\w+)?|(\w+_)?e2e(_\w+)?|testing|testutils|test_(utils|helpers|support|data)|conftest|fixtures)(\/|\.py$)|(^|\/)tests?_[^/]*\.py$|_tests?\.py$/;

export function isTestCode(path: string): boolean {
  return TESTS.test(path);
}

/** The ways into code of a file that a program takes: what only tests call is called by nobody. */
export function outsideTests(edges: readonly CallEdge[], path: string): readonly CallEdge[] {
  return edges.length === 0 || isTestCode(path)
    ? edges
    : edges.filter(({ place }) => !isTestCode(place.fn.path));
}

/** Packages that only tests use: steps of behaviour-driven ones are called by the text of a feature. */
const TOOLS = /^(_?pytest|pytest_bdd|behave|lettuce|aloe|radish)\b/;

/** A plugin of pytest: a folder `pytest_shop`, a file `pytest_shop.py`. */
const PLUGIN = /(^|\/)pytest_\w+(\/|\.py$)/;

const importsTools = perModule(({ top }: Module): boolean =>
  [...top.scope.bindings.values()]
    .flat()
    .some(({ source }) => (source.kind === 'import' || source.kind === 'from') && TOOLS.test(source.module)),
);

/** True in a module that is written for tests, in a test case or a part of one, and in a class of factory_boy's that makes rows for them. */
export function isTestModule(program: Program, { module, cls, name }: FunctionInfo): boolean {
  if (PLUGIN.test(module.path) || isTestCode(module.path) || importsTools(module)) return true;
  if (cls === null) return false;
  const bases = program.hierarchy.externalBases(cls);
  return (
    bases.some((base) => base.startsWith('factory.') || base.endsWith('TestCase')) ||
    (name.startsWith('test_') && /Tests?(Case|Mixin|Base)*$/.test(cls.name))
  );
}
