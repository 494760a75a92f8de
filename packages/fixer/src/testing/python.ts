import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const CHECK = `
import ast, json, sys
out = []
for text in json.load(sys.stdin):
    try:
        ast.parse(text)
        compile(text, "case.py", "exec")
        out.append(None)
    except SyntaxError as error:
        out.append(f"{error.msg} in line {error.lineno}")
print(json.dumps(out))
`;

const TREES = `
import ast, json, sys
print(json.dumps([ast.dump(ast.parse(text)) for text in json.load(sys.stdin)]))
`;

/** The syntax tree of each text as CPython writes it: equal for texts that differ in white space, brackets and the like. */
export function pythonTrees(texts: readonly string[]): readonly string[] {
  return answers(TREES, texts).map(String);
}

/** What CPython has against each text; null where it compiles. */
export function pythonErrors(texts: readonly string[]): readonly (string | null)[] {
  return answers(CHECK, texts).map((item) => (typeof item === 'string' ? item : null));
}

function answers(program: string, texts: readonly string[]): readonly unknown[] {
  const run = spawnSync('python3', ['-c', program], {
    input: JSON.stringify(texts),
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  if (run.status !== 0) throw new Error(`python3 failed: ${run.stderr}`);
  const answer: unknown = JSON.parse(run.stdout);
  if (!Array.isArray(answer)) throw new Error('python3 gave no list');
  return answer;
}

/** The texts that `ruff format` would change, as it would write them, by their index; null where ruff is not installed. */
export function ruffChanges(texts: readonly string[]): ReadonlyMap<number, string> | null {
  const folder = mkdtempSync(join(tmpdir(), 'danglint-ruff-'));
  try {
    for (const [i, text] of texts.entries()) writeFileSync(join(folder, `case_${i}.py`), text);
    const run = spawnSync('ruff', ['format', '--isolated', '--no-cache', folder], { encoding: 'utf8' });
    if (run.status !== 0) return null;
    const after = texts.map((_, i) => readFileSync(join(folder, `case_${i}.py`), 'utf8'));
    return new Map(after.flatMap((text, i) => (text === texts[i] ? [] : [[i, text] as const])));
  } finally {
    rmSync(folder, { recursive: true });
  }
}
