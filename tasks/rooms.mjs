/** `pnpm rooms`: checks who imports whom and how long files are. The rules are in rooms/rules.mjs. */
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { checkRooms } from './rooms/rules.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

/**
 * Every source file of a package, by its path from the root, with `/`.
 * @returns {Map<string, string>}
 */
function sources() {
  /** @type {Map<string, string>} */
  const files = new Map();
  for (const name of readdirSync(path.join(root, 'packages'))) {
    const home = path.join(root, 'packages', name, 'src');
    for (const entry of readdirSync(home, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile() || !entry.name.endsWith('.ts')) continue;
      const file = path.join(entry.parentPath, entry.name);
      files.set(path.relative(root, file).split(path.sep).join('/'), readFileSync(file, 'utf8'));
    }
  }
  return files;
}

const files = sources();
const problems = checkRooms(files);
for (const { file, line, level, message, help } of problems) {
  console.error(`${file}:${line}: ${level}: ${message}\n    ${help}`);
}
const errors = problems.filter((problem) => problem.level === 'error').length;
console.error(`rooms: ${files.size} files, ${errors} errors, ${problems.length - errors} warnings`);
process.exitCode = errors > 0 ? 1 : 0;
