import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { cleanUp, danglint, project, put, shell } from './danglint.ts';
import { SHOP, TASK, TASK_BODY } from './samples.ts';

/** Each test starts processes; a busy machine is slow at that. */
vi.setConfig({ testTimeout: 120_000 });
afterAll(cleanUp);

const SECOND = TASK_BODY.replace('process', 'second');
const COMMIT = 'git -c user.name=t -c user.email=t@example.org commit -qm x';

/** A repository whose only commit holds one finding. */
function repository(files: Readonly<Record<string, string>> = { 'shop/tasks.py': TASK }): string {
  const cwd = project({ ...SHOP, ...files });
  expect(shell(`git init -q -b main . && git add . && ${COMMIT}`, cwd).code).toBe(0);
  return cwd;
}

const places = (cwd: string, ...args: readonly string[]): readonly string[] =>
  danglint(['--output-format', 'concise', ...args], { cwd })
    .stdout.split('\n')
    .flatMap((line) => /^[^:]+:\d+/.exec(line) ?? []);

describe('--changed', () => {
  test('only what uncommitted changes have to do with; untracked files are changes', () => {
    const cwd = repository();
    expect(places(cwd, '--changed')).toEqual([]);
    put(cwd, 'shop/tasks.py', TASK + SECOND);
    put(cwd, 'shop/more.py', TASK);
    expect(places(cwd, '--changed')).toEqual(['shop/more.py:8', 'shop/tasks.py:14']);
    expect(places(cwd)).toHaveLength(3);
    expect(places(join(cwd, 'shop'), '--changed', 'tasks.py')).toEqual(['tasks.py:14']);
  });

  test('a caller that changed, in another file', () => {
    const getter =
      'from shop.models import Detector\n\n\ndef fetch(pk):\n    return Detector.objects.get(id=pk)\n';
    const caller = (body: string): string =>
      `from celery import shared_task\n\nfrom shop.get import fetch\n\n\n@shared_task\ndef process(pk):\n${body}`;
    const handled = '    try:\n        fetch(pk)\n    except Exception:\n        return\n';
    const cwd = repository({ 'shop/get.py': getter, 'shop/tasks.py': caller(handled) });
    put(cwd, 'shop/tasks.py', caller('    fetch(pk)\n'));
    expect(places(cwd, '--changed')).toEqual(['shop/get.py:5']);
  });

  describe('a handler that went away although no line on the path changed', () => {
    const ANSWERS = `from functools import wraps

from shop.models import Detector


def answers(fn):
    @wraps(fn)
    def wrapper(*args):
        try:
            return fn(*args)
        except Detector.DoesNotExist:
            return None
    return wrapper
`;
    const LOUD = ANSWERS.replace(
      '        try:\n            return fn(*args)',
      '        if True:\n            return fn(*args)',
    ).replace('        except Detector.DoesNotExist:\n            return None\n', '');
    const task = TASK.replace('@shared_task', '@shared_task\n@answers').replace(
      '\n\n\n',
      '\nfrom shop.answers import answers\n\n\n',
    );

    test('in a decorator', () => {
      const cwd = repository({ 'shop/answers.py': ANSWERS, 'shop/tasks.py': task });
      expect(places(cwd)).toEqual([]);
      put(cwd, 'shop/answers.py', LOUD);
      expect(places(cwd, '--changed')).toEqual(['shop/tasks.py:10']);
      expect(places(cwd, '--staged')).toEqual([]);
      shell('git add .', cwd);
      put(cwd, 'shop/answers.py', ANSWERS);
      expect(places(cwd, '--changed')).toEqual([]);
      put(cwd, 'shop/answers.py', LOUD);
      expect(places(cwd, '--staged')).toEqual(['shop/tasks.py:10']);
    });

    test('a file that is gone', () => {
      const cwd = repository({ 'shop/answers.py': ANSWERS, 'shop/tasks.py': task, 'shop/other.py': TASK });
      put(
        cwd,
        'shop/tasks.py',
        task.replace('from shop.answers import answers', 'def answers(fn):\n    return fn\n'),
      );
      shell('git rm -q shop/answers.py', cwd);
      expect(places(cwd, '--changed')).toEqual(['shop/tasks.py:12']);
      expect(readFileSync(join(cwd, 'shop/tasks.py'), 'utf8')).toContain('def answers(fn):');
    });
  });

  test('lines taken out of a function with a known finding do not bring it back', () => {
    const cwd = repository({
      'shop/tasks.py': TASK.replace('    detector.save()\n', '    detector.save()\n    print(1)\n'),
    });
    put(cwd, 'shop/tasks.py', TASK);
    expect(places(cwd, '--changed')).toEqual([]);
  });

  test('a renamed file counts by its lines', () => {
    const cwd = repository();
    expect(shell('git mv shop/tasks.py shop/jobs.py', cwd).code).toBe(0);
    expect(places(cwd, '--changed')).toEqual([]);
    expect(places(cwd, '--staged', 'shop/jobs.py')).toEqual([]);
    put(cwd, 'shop/jobs.py', TASK + SECOND);
    expect(places(cwd, '--changed')).toEqual(['shop/jobs.py:14']);
  });

  test('--since: from the fork on, whatever the other branch did meanwhile', () => {
    const cwd = repository();
    put(cwd, 'shop/own.py', TASK);
    shell(`git checkout -qb own && git add . && ${COMMIT} && git checkout -q main`, cwd);
    put(cwd, 'shop/theirs.py', TASK);
    shell(`git add . && ${COMMIT} && git checkout -q own`, cwd);
    expect(places(cwd, '--changed', '--since', 'main')).toEqual(['shop/own.py:8']);
    expect(places(cwd, '--changed')).toEqual([]);
  });

  test('--fix fixes only these, and reports only these', () => {
    const cwd = repository();
    put(cwd, 'shop/tasks.py', TASK + SECOND);
    expect(danglint(['--changed', '--fix'], { cwd }).code).toBe(0);
    expect(readFileSync(join(cwd, 'shop/tasks.py'), 'utf8')).toContain(TASK_BODY);
  });
});

test('--staged: what the next commit holds, wherever its lines are by now', () => {
  const cwd = repository();
  put(cwd, 'shop/tasks.py', TASK + SECOND);
  shell('git add .', cwd);
  put(cwd, 'shop/tasks.py', `# one more line\n${TASK}${SECOND}${TASK_BODY.replace('process', 'third')}`);
  expect(places(cwd, '--staged')).toEqual(['shop/tasks.py:15']);
});

describe('what git cannot tell', () => {
  const fails = (cwd: string, args: readonly string[], ...words: readonly string[]): void => {
    const run = danglint(args, { cwd });
    expect([run.code, run.stdout]).toEqual([2, '']);
    for (const word of words) expect(run.stderr).toContain(word);
  };

  test('no repository, no such commit, flags that do not go together', () => {
    fails(project(SHOP), ['--changed'], '`--changed` needs a git repository');
    fails(repository(), ['--since', 'nope'], 'git knows no commit `nope`', 'git fetch');
    fails(repository(), ['--since=--output=x'], 'git knows no commit');
    fails(repository(), ['--staged', '--since', 'main'], 'cannot be used with');
    fails(repository(), ['--changed', '-'], 'standard input');
  });

  test('a shallow clone', () => {
    const origin = repository();
    put(origin, 'shop/more.py', TASK);
    shell(`git add . && git tag old && ${COMMIT}`, origin);
    const cwd = project({});
    expect(shell(`git clone -q --depth 1 file://${origin} .`, cwd).code).toBe(0);
    fails(cwd, ['--since', 'old'], 'the clone is shallow', 'fetch-depth: 0');
  });

  test('git is not there', () => {
    const run = danglint(['--changed'], { cwd: repository(), env: { PATH: '/nowhere' } });
    expect([run.code, run.stderr.includes('git is not installed')]).toEqual([2, true]);
  });
});
