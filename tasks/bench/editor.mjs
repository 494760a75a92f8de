/**
 * How long an editor waits: the built server over standard input and output, driven by a client of its own that knows nothing of
 * the server's code.
 *
 *   node tasks/bench/editor.mjs FOLDER [--edits 50] [--json FILE]
 *
 * FOLDER is a tree such as .trees/pretix-2026.8.0. Prints the time of the first index beside a cold `check`, percentiles of keystroke
 * to diagnostics (from the notification of an edit to the answer of the question after it), of hover and of fixes on save asked for
 * in a settled state, and the memory of the process before and after the edits.
 */
import { spawn, spawnSync } from 'node:child_process';
import { readFileSync, realpathSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';

const bundle = fileURLToPath(new URL('../../packages/cli/dist/danglint.js', import.meta.url));
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { edits: { type: 'string', default: '50' }, json: { type: 'string', default: '' } },
});
const root = realpathSync(positionals[0] ?? '.');
const edits = Number(values.edits);

/** A client: questions by number, answers by number. */
class Client {
  constructor() {
    this.process = spawn(process.execPath, [bundle, 'server'], { stdio: ['pipe', 'pipe', 'inherit'] });
    this.waiting = new Map();
    this.next = 1;
    this.rest = Buffer.alloc(0);
    this.process.stdout.on('data', (part) => this.#take(part));
  }

  /** @param {Buffer} part */
  #take(part) {
    this.rest = Buffer.concat([this.rest, part]);
    for (;;) {
      const end = this.rest.indexOf('\r\n\r\n');
      if (end < 0) return;
      const length = Number(/Content-Length: (\d+)/i.exec(this.rest.toString('latin1', 0, end))?.[1]);
      if (this.rest.length < end + 4 + length) return;
      const message = JSON.parse(this.rest.toString('utf8', end + 4, end + 4 + length));
      this.rest = this.rest.subarray(end + 4 + length);
      if ('method' in message) {
        if ('id' in message) this.#send({ id: message.id, result: null });
      } else {
        this.waiting.get(message.id)?.(message.result);
        this.waiting.delete(message.id);
      }
    }
  }

  /** @param {object} message */
  #send(message) {
    const body = Buffer.from(JSON.stringify({ jsonrpc: '2.0', ...message }));
    this.process.stdin.write(`Content-Length: ${body.length}\r\n\r\n`);
    this.process.stdin.write(body);
  }

  /**
   * @param {string} method
   * @param {unknown} params
   * @returns {Promise<any>}
   */
  ask(method, params) {
    const id = this.next++;
    this.#send({ id, method, params });
    return new Promise((resolve) => this.waiting.set(id, resolve));
  }

  /**
   * @param {string} method
   * @param {unknown} params
   */
  tell(method, params) {
    this.#send({ method, params });
  }

  /** Resident memory in MB. */
  memory() {
    const status = readFileSync(`/proc/${this.process.pid}/status`, 'utf8');
    return Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024);
  }
}

/** @param {() => Promise<unknown>} run */
async function timed(run) {
  const start = performance.now();
  await run();
  return performance.now() - start;
}

/**
 * @param {readonly number[]} times
 * @param {number} part
 */
function percentile(times, part) {
  const sorted = times.toSorted((a, b) => a - b);
  return Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0);
}

const checked = performance.now();
const json = spawnSync(process.execPath, [bundle, 'check', '--output-format', 'json', '--no-baseline'], {
  cwd: root,
  encoding: 'utf8',
  maxBuffer: 1 << 28,
});
const check = Math.round(performance.now() - checked);
/** @type {readonly {readonly filename: string}[]} */
const findings = JSON.parse(json.stdout);
const files = [...new Set(findings.map(({ filename }) => path.resolve(root, filename)))];
if (files.length === 0) throw new Error('no findings: nothing to measure');

const client = new Client();
const textDocument = { uri: pathToFileURL(files[0] ?? '').href };
const range = { start: { line: 0, character: 0 }, end: { line: 99_999, character: 0 } };
const first = await timed(async () => {
  await client.ask('initialize', {
    processId: process.pid,
    rootUri: pathToFileURL(root).href,
    capabilities: {
      textDocument: {
        diagnostic: {},
        codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: [] } } },
      },
      workspace: { diagnostics: { refreshSupport: true }, workspaceEdit: { documentChanges: true } },
    },
  });
  client.tell('initialized', {});
  await client.ask('textDocument/diagnostic', { textDocument });
});
const before = client.memory();

/** @type {{readonly keystroke: number[], readonly fix: number[], readonly hover: number[]}} */
const times = { keystroke: [], fix: [], hover: [] };
for (let i = 0; i < edits; i++) {
  const file = files[i % files.length] ?? '';
  const document = { uri: pathToFileURL(file).href, version: i * 2 + 1 };
  if (i < files.length) {
    const text = readFileSync(file, 'utf8');
    client.tell('textDocument/didOpen', { textDocument: { ...document, languageId: 'python', text } });
    await client.ask('textDocument/diagnostic', { textDocument: document });
  }
  const at = { line: 0, character: 0 };
  const changes = [{ range: { start: at, end: at }, text: i % 2 === 0 ? '#\n' : '\n' }];
  times.keystroke.push(
    await timed(() => {
      client.tell('textDocument/didChange', {
        textDocument: { ...document, version: i * 2 + 2 },
        contentChanges: changes,
      });
      return client.ask('textDocument/diagnostic', { textDocument: document });
    }),
  );
  const context = { diagnostics: [], only: ['source.fixAll.danglint'] };
  times.fix.push(
    await timed(() => client.ask('textDocument/codeAction', { textDocument: document, range, context })),
  );
  times.hover.push(
    await timed(() =>
      client.ask('textDocument/hover', { textDocument: document, position: { line: 5, character: 5 } }),
    ),
  );
}
const after = client.memory();
await client.ask('shutdown', null);
client.tell('exit', null);

const result = {
  tree: path.basename(root),
  findings: findings.length,
  checkMs: check,
  firstIndexMs: Math.round(first),
  edits,
  keystrokeMs: { p50: percentile(times.keystroke, 0.5), p95: percentile(times.keystroke, 0.95) },
  fixOnSaveMs: { p50: percentile(times.fix, 0.5), p95: percentile(times.fix, 0.95) },
  hoverMs: { p50: percentile(times.hover, 0.5), p95: percentile(times.hover, 0.95) },
  memoryMb: { before, after },
};
console.log(JSON.stringify(result, null, 2));
if (values.json !== '') writeFileSync(values.json, `${JSON.stringify(result, null, 2)}\n`);
