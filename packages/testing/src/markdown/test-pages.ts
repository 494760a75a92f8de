import type { Analyse } from '../harness/analysis.ts';
import { failWith, type TestFramework } from '../harness/runner.ts';
import { checkExample } from './check.ts';
import { readExamples } from './examples.ts';

/** Registers one test for each example of a Markdown page. `path` is named in failures. */
export function testPage(
  path: string,
  page: string,
  analyse: Analyse,
  { describe, it }: TestFramework,
): void {
  describe(path, () => {
    for (const example of readExamples(page)) {
      it(`${example.name} (line ${example.line})`, async () => {
        failWith(await checkExample(example, analyse), `${path}:${example.line}`);
      });
    }
  });
}
