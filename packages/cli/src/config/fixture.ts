import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { rules } from '@danglint/rules';
import { Catalog } from '../rules/catalog.ts';
import { type Config, type ConfigRequest, loadConfig } from './config.ts';

/** For tests: a folder with configuration files. */
export const catalog = new Catalog(rules.map(({ meta }) => meta));

export const known: ConfigRequest['rules'] = {
  ruleNames: () => catalog.names(),
  selectorFault: (selector) => catalog.selectorFault(selector),
};

export class Fixture {
  readonly root = realpathSync(mkdtempSync(join(tmpdir(), 'danglint-config-')));

  write(path: string, text: string): void {
    mkdirSync(dirname(join(this.root, path)), { recursive: true });
    writeFileSync(join(this.root, path), text);
  }

  load(change: Partial<ConfigRequest> = {}): Config {
    return loadConfig({
      start: this.root,
      cwd: this.root,
      options: [],
      isolated: false,
      overrides: () => [],
      rules: known,
      version: '1.2.3',
      ...change,
    });
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}
