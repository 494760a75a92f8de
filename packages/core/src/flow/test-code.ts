import type { CallEdge } from './call-graph.ts';

/** Files of tests, of what they share, and of what they fill tables with. */
const TESTS =
  /(^|\/)(test|(\w+_|unit)?tests|testing|testutils|test_utils|conftest|fixtures)(\/|\.py$)|(^|\/)tests?_[^/]*\.py$|_tests?\.py$/;

export function isTestCode(path: string): boolean {
  return TESTS.test(path);
}

/** The ways into code of a file that a program takes: what only tests call is called by nobody. */
export function outsideTests(edges: readonly CallEdge[], path: string): readonly CallEdge[] {
  return edges.length === 0 || isTestCode(path)
    ? edges
    : edges.filter(({ place }) => !isTestCode(place.fn.path));
}
