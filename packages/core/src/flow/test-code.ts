import type { CallEdge } from './call-graph.ts';

/** Files of tests, of what they share, and of what they fill tables with. */
const TESTS =
  /(^|\/)(test|(\w+_|unit)?tests|testing|testutils|test_utils|conftest|fixtures)(\/|\.py$)|(^|\/)tests?_[^/]*\.py$|_tests?\.py$/;

export function isTestCode(path: string): boolean {
  return TESTS.test(path);
}

/** The ways into code of a file that a program takes: those from tests only where there are no others. */
export function outsideTests(edges: readonly CallEdge[], path: string): readonly CallEdge[] {
  if (edges.length === 0 || isTestCode(path)) return edges;
  const real = edges.filter(({ place }) => !isTestCode(place.fn.path));
  return real.length > 0 ? real : edges;
}
