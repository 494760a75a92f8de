import { type Domain, type FrameworkOptions, NO_FRAMEWORK_OPTIONS } from '@danglint/core';
import { frameworkOf, presets, rules, severitiesOf } from '@danglint/rules';
import { analyser, programOf, type Source } from '../index.ts';

/** For tests: what presets, and domains of a configuration, make of a program: `path:line CODE severity`, sorted. */
export async function found(
  names: readonly string[],
  source: Source,
  domains: readonly Domain[] = [],
): Promise<readonly string[]> {
  const chosen = names.flatMap((name) => presets.get(name) ?? []);
  const own: FrameworkOptions = { ...NO_FRAMEWORK_OPTIONS, domains, presets: names };
  const analyse = analyser({ rules, severities: severitiesOf(chosen), framework: frameworkOf(chosen, own) });
  const { findings } = await analyse(programOf(source));
  return findings.map(({ path, line, code, severity }) => `${path}:${line} ${code} ${severity}`);
}
