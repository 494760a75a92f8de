import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import {
  DEFAULT_FIX_SETTINGS,
  diskHost,
  type Domain,
  NO_FRAMEWORK_OPTIONS,
  type Report,
  Session,
} from '@danglint/core';
import { rules } from '@danglint/rules';
import { expect, it } from 'vitest';

const SHOP = fileURLToPath(new URL('../../../examples/shop', import.meta.url));

const codes = new Set(rules.map(({ meta }) => meta.code));

/** What examples/shop/README.md promises and danglint does not keep yet. A line that comes true must leave this list. */
const NOT_YET: readonly string[] = [
  'orders/receivers.py announce_order: expected DNE106, got DNE105',
  'orders/services.py pick_up_city: expected DNE106, got DNE105',
];

/** The domains of its pyproject.toml. */
const DOMAINS: readonly Domain[] = [
  { name: 'workflow', models: ['Detector', 'AlertRule'], paths: ['workflow/**'], severity: null },
  { name: 'monitor', models: ['Environment', 'Monitor', 'CheckIn'], paths: ['monitors/**'], severity: null },
  { name: 'billing', models: ['Subscription', 'Plan', 'Invoice'], paths: ['billing/**'], severity: null },
  { name: 'integration', models: ['Installation', 'ServiceHook'], paths: ['workflow/**'], severity: null },
];

interface Row {
  readonly place: string;
  /** The first rule of the row that exists; null when none does yet. */
  readonly code: string | null;
}

/** The table under "Findings": file, function, shape, expected rule, rules that fit too. */
function promisedRows(): readonly Row[] {
  const readme = readFileSync(`${SHOP}/README.md`, 'utf8');
  const section = /^## Findings$([\s\S]*?)^## /m.exec(readme)?.[1] ?? '';
  return [...section.matchAll(/^\| (\S+\.py) \| `([^`]+)` \| .* \| (DNE\d+) \| (.*?) ?\|$/gm)].map(
    ([, file, name, first = '', more = '']) => ({
      place: `${file} ${name}`,
      code: [first, ...(more.match(/DNE\d+/g) ?? [])].find((code) => codes.has(code)) ?? null,
    }),
  );
}

async function shopReports(): Promise<readonly Report[]> {
  const paths = readdirSync(SHOP, { recursive: true, encoding: 'utf8' })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => path.endsWith('.py') && !/(^|\/)(migrations|\.?venv)\/|tests\.py$/.test(path));
  const session = await Session.create({
    files: diskHost(SHOP),
    rules,
    recipes: new Map(),
    severities: new Map(),
    fix: DEFAULT_FIX_SETTINGS,
    // What its pyproject.toml says.
    framework: { ...NO_FRAMEWORK_OPTIONS, externalIdSources: ['catalog.search'], domains: DOMAINS },
  });
  await session.load(paths.sort());
  return session.reports();
}

it('finds in the shop what its README promises, and nothing else', async () => {
  const rows = promisedRows();
  expect(rows.length).toBeGreaterThan(45);
  const found = new Map<string, Set<string>>();
  for (const { path, function: name, code } of await shopReports()) {
    const place = `${path} ${name}`;
    found.set(place, (found.get(place) ?? new Set()).add(code));
  }
  const promised = new Map(rows.map(({ place, code }) => [place, code]));
  const wrong = [
    ...[...promised]
      .filter(([place, code]) => code !== null && found.get(place)?.has(code) !== true)
      .map(
        ([place, code]) =>
          `${place}: expected ${code}, got ${[...(found.get(place) ?? ['nothing'])].join(', ')}`,
      ),
    ...[...found]
      .filter(([place]) => !promised.has(place))
      .map(([place, got]) => `${place}: expected nothing, got ${[...got].join(', ')}`),
  ];
  expect(wrong.sort()).toEqual(NOT_YET);
});
