/**
 * Types of the npm package: packages/cli/dist/{api,testing}.d.ts, from what `tsc -b` wrote. The package depends on nothing, so
 * every type that plugins can reach is rolled into one file, dist/types.d.ts; types of two entries must be the same types.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Extractor, ExtractorConfig, ExtractorLogLevel } from '@microsoft/api-extractor';

const root = fileURLToPath(new URL('..', import.meta.url));
const cli = path.join(root, 'packages/cli');
const entries = ['api', 'testing'];

const all = path.join(cli, 'dist/types/all.d.ts');
writeFileSync(all, entries.map((name) => `export * from './${name}.ts';\n`).join(''));
const rolled = path.join(cli, 'dist/types.d.ts');
rollUp(all, rolled);
for (const name of entries) {
  const text = readFileSync(path.join(cli, `dist/types/${name}.d.ts`), 'utf8');
  const own = text.replaceAll(/from '@danglint\/[a-z]+'/g, "from './types.js'").replace(/^\/\/# .*$/m, '');
  writeFileSync(path.join(cli, `dist/${name}.d.ts`), own);
}
console.error(`types: ${entries.map((name) => `${name}.d.ts`).join(', ')} and what they reach`);

/**
 * @param {string} entry
 * @param {string} output
 */
function rollUp(entry, output) {
  /** What is wrong in a type shows when something is compiled against the result: the example's plugin is. */
  const silent = { default: { logLevel: ExtractorLogLevel.None } };
  const config = ExtractorConfig.prepare({
    configObjectFullPath: undefined,
    packageJsonFullPath: path.join(cli, 'package.json'),
    configObject: {
      projectFolder: cli,
      mainEntryPointFilePath: entry,
      bundledPackages: ['@danglint/core', '@danglint/rules', '@danglint/fixer', '@danglint/testing'],
      compiler: { tsconfigFilePath: path.join(cli, 'tsconfig.json') },
      apiReport: { enabled: false },
      docModel: { enabled: false },
      tsdocMetadata: { enabled: false },
      dtsRollup: { enabled: true, untrimmedFilePath: output },
      newlineKind: 'lf',
      messages: {
        compilerMessageReporting: silent,
        extractorMessageReporting: silent,
        tsdocMessageReporting: silent,
      },
    },
  });
  const result = Extractor.invoke(config, { localBuild: true, showVerboseMessages: false });
  if (!result.succeeded) throw new Error('the types of the package cannot be rolled up');
}
