import type { ConfigurationChoice } from './program.ts';

/** The three switches of a rule in an editor. */
export interface RuleSwitches {
  readonly report: boolean;
  readonly quickFix: boolean;
  readonly fixOnSave: boolean;
}

/** The settings of an editor for one folder, named as ruff's where ruff has them. */
export interface EditorSettings extends ConfigurationChoice {
  readonly enable: boolean;
  /** Answer `source.fixAll`; off, there is no fix on save. */
  readonly fixAll: boolean;
  readonly run: 'onType' | 'onSave';
  readonly showNotifications: 'off' | 'onError' | 'onWarning' | 'always';
  readonly diagnosticMode: 'openFilesOnly' | 'workspace' | null;
  readonly codeLens: boolean;
  readonly disableRuleComment: boolean;
  readonly fixViolation: boolean;
  /** By selector, as in the configuration: code, prefix of codes, name, `ALL`. Later ones count more. */
  readonly rules: readonly (readonly [selector: string, switches: Partial<RuleSwitches>])[];
}

type Table = Readonly<Record<string, unknown>>;

/** Reads settings as editors send them. What is missing or makes no sense is as if it were not set. */
export function readSettings(data: unknown): EditorSettings {
  const table = isTable(data) ? data : {};
  const inside = (name: string): Table => tableAt(table, name);
  const action = inside('codeAction');
  return {
    enable: flag(table['enable'], true),
    configuration: configuration(table['configuration']),
    preference: oneOf(
      table['configurationPreference'],
      ['editorFirst', 'filesystemFirst', 'editorOnly'] as const,
      'editorFirst',
    ),
    fixAll: flag(table['fixAll'], true),
    run: oneOf(table['run'], ['onType', 'onSave'] as const, 'onType'),
    showNotifications: oneOf(
      table['showNotifications'],
      ['off', 'onError', 'onWarning', 'always'] as const,
      'onError',
    ),
    diagnosticMode: oneOf(table['diagnosticMode'], ['openFilesOnly', 'workspace', null] as const, null),
    codeLens: flag(inside('codeLens')['enable'], true),
    disableRuleComment: flag(tableAt(action, 'disableRuleComment')['enable'], true),
    fixViolation: flag(tableAt(action, 'fixViolation')['enable'], true),
    rules: Object.entries(inside('rules')).flatMap(([selector, value]) =>
      isTable(value) ? [[selector, switches(value)] as const] : [],
    ),
  };
}

function switches(table: Table): Partial<RuleSwitches> {
  const names = ['report', 'quickFix', 'fixOnSave'] as const;
  return Object.fromEntries(
    names.flatMap((name) => (typeof table[name] === 'boolean' ? [[name, table[name]]] : [])),
  );
}

/** The switches of one rule. */
export function switchesOf(
  { rules }: EditorSettings,
  code: string,
  selects: (selector: string, code: string) => boolean,
): RuleSwitches {
  const own = rules.filter(([selector]) => selects(selector, code)).map(([, switches]) => switches);
  return Object.assign({ report: true, quickFix: true, fixOnSave: true }, ...own);
}

function configuration(value: unknown): EditorSettings['configuration'] {
  if (typeof value === 'string') return value.trim() === '' ? null : value;
  return isTable(value) ? value : null;
}

function flag(value: unknown, normal: boolean): boolean {
  return typeof value === 'boolean' ? value : normal;
}

function oneOf<const T>(value: unknown, known: readonly T[], normal: T): T {
  return known.find((one) => one === value) ?? normal;
}

function tableAt(table: Table, name: string): Table {
  const value = table[name];
  return isTable(value) ? value : {};
}

export function isTable(value: unknown): value is Table {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
