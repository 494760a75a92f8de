import { spawnSync } from 'node:child_process';
import { stripVTControlCharacters } from 'node:util';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { BUNDLE, cleanUp, danglint, project } from './danglint.ts';
import { SHOP, TASK, TASK_BODY } from './samples.ts';

/** Each test starts processes; a busy machine is slow at that. */
vi.setConfig({ testTimeout: 120_000 });
afterAll(cleanUp);

/** Runs a program in a terminal of so many columns; prints all that the terminal got. */
const TERMINAL = `
import fcntl, os, pty, struct, sys, termios
columns, argv = int(sys.argv[1]), sys.argv[2:]
pid, fd = pty.fork()
if pid == 0:
    fcntl.ioctl(1, termios.TIOCSWINSZ, struct.pack("HHHH", 50, columns, 0, 0))
    os.execvp(argv[0], argv)
while True:
    try:
        data = os.read(fd, 65536)
    except OSError:
        break
    if not data:
        break
    os.write(1, data)
sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
`;

const python = spawnSync('python3', ['-c', 'import pty']).status === 0;
const UTF8 = { LC_ALL: 'C.UTF-8', TERM: 'xterm-256color' };

function inTerminal(
  args: readonly string[],
  cwd: string,
  {
    columns = 100,
    env = UTF8,
  }: { readonly columns?: number; readonly env?: Readonly<Record<string, string>> } = {},
): string {
  danglint(['version'], { cwd });
  const keep = Object.fromEntries(['PATH', 'HOME'].map((name) => [name, process.env[name] ?? '']));
  const command = ['-c', TERMINAL, String(columns), process.execPath, BUNDLE, ...args];
  const run = spawnSync('python3', command, { cwd, env: { ...keep, ...env } });
  return run.stdout.toString('utf8').replaceAll('\r\n', '\n');
}

/** The line with the lookup and the one below it, with colours taken out. */
function frame(text: string): readonly [string, string] {
  const lines = stripVTControlCharacters(text).split('\n');
  const at = lines.findIndex((line) => line.includes('objects.get') && !line.startsWith('DNE'));
  return [lines[at] ?? '', lines[at + 1] ?? ''];
}

const shop = (lookup: string): string =>
  project({
    ...SHOP,
    'shop/tasks.py': TASK.replace('detector = Detector.objects.get(id=detector_id)', lookup),
  });
const GET = 'Detector.objects.get(id=detector_id)';

describe.runIf(python)('in a terminal', () => {
  test('there are colours and links; NO_COLOR and a dumb terminal have none', () => {
    const cwd = shop(`detector = ${GET}`);
    const run = (env: Readonly<Record<string, string>>): string =>
      inTerminal([], cwd, { env: { ...UTF8, ...env } });
    expect(run({})).toContain('\u{1b}[31mDNE101');
    expect(run({})).not.toContain('\u{1b}]8;;');
    expect(run({ VTE_VERSION: '7006' })).toContain('\u{1b}]8;;file://');
    expect(run({ NO_COLOR: '1', VTE_VERSION: '7006' })).not.toContain('\u{1b}');
    expect(run({ TERM: 'dumb' })).not.toContain('\u{1b}');
  });

  test.each([60, 80, 140])(
    '%i columns: a very long line is cut around the lookup, which stays underlined',
    (columns) => {
      const cwd = shop(`detector = [${'"padding", '.repeat(400)}${GET}, ${'"more", '.repeat(400)}][0]`);
      const [code, marks] = frame(inTerminal(['--select', 'DNE1'], cwd, { columns }));
      expect(code.length).toBeLessThanOrEqual(columns);
      expect(code.slice(marks.indexOf('^'))).toMatch(/^Detector\.objects\.get\(/);
      expect(code).toMatch(/^ *8 \| ….*…$/);
    },
  );

  test('wide characters and tabs: the underline stands where the terminal shows the code', () => {
    const cwd = shop('names = "日本語😀";\tdetector = Detector.objects.get(id=detector_id)');
    const [code, marks] = frame(inTerminal([], cwd));
    /** Four wide characters take four columns more than they have letters; the emoji has two units. */
    expect(marks.indexOf('^') - code.indexOf('Detector.objects')).toBe(3);
    expect(code).not.toContain('\t');
  });

  test('without UTF-8 only ASCII is sent, and columns stay', () => {
    const cwd = shop('names = "日本語😀é"; detector = Detector.objects.get(id=detector_id)');
    const text = inTerminal([], cwd, { env: { LC_ALL: 'C', TERM: 'xterm' } });
    expect(text).toMatch(/^\p{ASCII}+$/u);
    const [code, marks] = frame(text);
    expect(code).toContain('names = "?????????"; detector');
    expect(marks.indexOf('^')).toBe(code.indexOf('Detector.objects'));
    const long = shop(`detector = [${'"padding", '.repeat(400)}${GET}][0]`);
    expect(frame(inTerminal([], long, { env: { LC_ALL: 'C' } }))[0]).toMatch(/^ *8 \| ~/);
  });

  test('without UTF-8 files and pipes get UTF-8 all the same', () => {
    const cwd = shop(`names = "日本語"; detector = ${GET}`);
    expect(danglint([], { cwd, env: { LC_ALL: 'C' } }).stdout).toContain('日本語');
  });

  test('a long list ends with ways to a shorter one, once; a baseline, -q and other formats need none', () => {
    const many = Array.from({ length: 11 }, (_, i) => TASK_BODY.replace('process', `process_${i}`)).join('');
    const cwd = project({ ...SHOP, 'shop/tasks.py': TASK + many });
    const hint = /`--output-format concise`[^]*`--statistics`[^]*`--update-baseline`/;
    expect(inTerminal([], cwd)).toMatch(hint);
    expect(inTerminal(['-q'], cwd)).not.toMatch(hint);
    expect(inTerminal(['--output-format', 'concise'], cwd)).not.toMatch(hint);
    expect(inTerminal([], shop(`detector = ${GET}`))).not.toMatch(hint);
  });

  test('rule pages are laid out for it: headings bold, code set in, no marks of Markdown', () => {
    const text = inTerminal(['rule', 'DNE101'], project(SHOP), { columns: 70 });
    expect(text).toContain('\u{1b}[1mWhy is this bad?');
    const plain = stripVTControlCharacters(text);
    expect(plain).not.toMatch(/```|\*\*|^#/m);
    const prose = plain.split('\n').filter((line) => !/^ {4}|<https:/.test(line));
    expect(Math.max(...prose.map((line) => line.length))).toBeLessThanOrEqual(70);
  });

  test('code and names cannot control it', () => {
    const cwd = shop(`names = "\u{1b}]0;owned\u0007\u202e"; detector = ${GET}`);
    const text = inTerminal(['--color', 'never'], cwd);
    for (const sign of ['\u0007', '\u001b', '\u202e']) expect(text).not.toContain(sign);
    expect(text).toContain('names = "␛]0;owned␇\ufffd"');
  });
});
