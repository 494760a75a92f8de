import type { FixLevel } from '../harness/analysis.ts';
import { ONLY_FILE, type Program } from '../harness/program.ts';
import { type Block, readSections, type Section } from './blocks.ts';
import { type Expectation, stripExpectations } from './expectations.ts';

/** A program that a page shows, and what the page says about it. */
export interface Example {
  /** The headings above it. */
  readonly name: string;
  /** 1-based line of the page. */
  readonly line: number;
  /** `flagged`: stands under "Example", so it must have a finding. `silent`: under "Use instead", so it must have none. */
  readonly role: 'flagged' | 'silent' | 'any';
  readonly program: Program;
  readonly expectations: readonly Expectation[];
  readonly fixes: readonly FixBlock[];
}

/** A block that shows what the fixes make of a file: its whole text, or the lines that change. */
export interface FixBlock {
  readonly kind: 'text' | 'diff';
  readonly level: FixLevel;
  readonly path: string;
  readonly text: string;
  readonly expectations: readonly Expectation[];
  readonly line: number;
}

type Draft = Omit<Example, 'fixes'> & { readonly fixes: FixBlock[] };

/**
 * The programs of a rule's page. The Python blocks of one section are the files of one program; a block marked `shared`
 * belongs to every later program as well. A block marked `fix=safe` or `fix=unsafe` shows what the fixes make of the last
 * flagged program before it. Throws for a page that breaks these rules.
 */
export function readExamples(page: string): readonly Example[] {
  const examples: Draft[] = [];
  const shared: Block[] = [];
  for (const section of readSections(page)) {
    const python = section.blocks.filter((block) => block.language === 'python' && !isFix(block));
    shared.push(...python.filter(isShared));
    const own = python.filter((block) => !isShared(block));
    if (own.length > 0) examples.push(exampleOf(section, own, shared));
    for (const block of section.blocks.filter(isFix)) addFix(block, examples);
  }
  return examples;
}

function isFix({ attributes }: Block): boolean {
  return attributes.has('fix');
}

function isShared({ attributes }: Block): boolean {
  return attributes.has('shared');
}

function exampleOf(section: Section, own: readonly Block[], shared: readonly Block[]): Draft {
  const program = new Map<string, string>();
  const expectations: Expectation[] = [];
  for (const block of own) {
    const path = block.path ?? ONLY_FILE;
    if (program.has(path))
      fail(block, `a second \`${path}\` in one section; name its file or give it a heading`);
    const stripped = stripExpectations(path, block.text);
    program.set(path, stripped.text);
    expectations.push(...stripped.expectations);
  }
  for (const { path, text } of shared) {
    if (path !== null && !program.has(path)) program.set(path, text);
  }
  const [first] = own;
  return {
    name: section.trail.slice(1).join(' / '),
    line: first?.line ?? section.line,
    role: roleOf(section),
    program,
    expectations,
    fixes: [],
  };
}

function roleOf({ trail }: Section): Example['role'] {
  if (trail.includes('Example')) return 'flagged';
  return trail.includes('Use instead') ? 'silent' : 'any';
}

function addFix(block: Block, examples: readonly Draft[]): void {
  const example = examples.findLast(({ expectations }) => expectations.some(({ kind }) => kind !== 'miss'));
  if (example === undefined) return fail(block, 'no flagged example stands before this fix');
  const level = block.attributes.get('fix');
  if (level !== 'safe' && level !== 'unsafe') return fail(block, '`fix=` is `safe` or `unsafe`');
  if (block.language !== 'python' && block.language !== 'diff') {
    return fail(block, 'a fix is shown as `python` or `diff`');
  }
  const [flagged] = example.expectations;
  const path = block.path ?? flagged?.path ?? ONLY_FILE;
  if (!example.program.has(path)) fail(block, `the example has no file \`${path}\``);
  const kind = block.language === 'diff' ? 'diff' : 'text';
  const { text, expectations } =
    kind === 'diff' ? { text: block.text, expectations: [] } : stripExpectations(path, block.text);
  example.fixes.push({ kind, level, path, text, expectations, line: block.line });
}

function fail({ line }: Block, message: string): void {
  throw new Error(`line ${line}: ${message}`);
}
