import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

/** A client of the built server that knows nothing of its code: questions by number, answers by number, diagnostics by document. */
export class Client {
  /** @param {string} bundle */
  constructor(bundle) {
    this.process = spawn(process.execPath, [bundle, 'server'], { stdio: ['pipe', 'pipe', 'inherit'] });
    /** @type {Map<number, (result: any) => void>} */
    this.waiting = new Map();
    /** @type {Map<string, () => void>} */
    this.published = new Map();
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
      this.#heard(message);
    }
  }

  /** @param {any} message */
  #heard(message) {
    if (message.method === 'textDocument/publishDiagnostics') {
      const { uri, version } = message.params;
      this.published.get(`${uri} ${version}`)?.();
    } else if ('method' in message) {
      if ('id' in message) this.#send({ id: message.id, result: null });
    } else {
      this.waiting.get(message.id)?.(message.result);
      this.waiting.delete(message.id);
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

  /**
   * Resolves when the server tells of a version of a document unasked.
   * @param {string} uri
   * @param {number} version
   * @returns {Promise<void>}
   */
  told(uri, version) {
    return new Promise((resolve) => this.published.set(`${uri} ${version}`, resolve));
  }

  /**
   * @param {string} root
   * @param {boolean} pulls
   */
  async start(root, pulls) {
    await this.ask('initialize', {
      processId: process.pid,
      rootUri: pathToFileURL(root).href,
      capabilities: {
        textDocument: {
          ...(pulls ? { diagnostic: {} } : {}),
          codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: [] } } },
        },
        workspace: { diagnostics: { refreshSupport: true }, workspaceEdit: { documentChanges: true } },
      },
    });
    this.tell('initialized', {});
  }

  async stop() {
    await this.ask('shutdown', null);
    this.tell('exit', null);
  }

  /** Resident memory in MB. */
  memory() {
    const status = readFileSync(`/proc/${this.process.pid}/status`, 'utf8');
    return Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024);
  }
}

/** A document that is open in a client. */
export class Open {
  /**
   * @param {Client} client
   * @param {string} file
   */
  constructor(client, file) {
    this.client = client;
    this.uri = pathToFileURL(file).href;
    this.version = 1;
    this.text = readFileSync(file, 'utf8');
    const { uri, version, text } = this;
    client.tell('textDocument/didOpen', { textDocument: { uri, version, languageId: 'python', text } });
  }

  /**
   * Puts text in the place of another one, as an editor tells of a key.
   * @param {number} start
   * @param {number} end
   * @param {string} text
   */
  change(start, end, text) {
    const range = { start: this.#position(start), end: this.#position(end) };
    this.text = this.text.slice(0, start) + text + this.text.slice(end);
    const textDocument = { uri: this.uri, version: ++this.version };
    this.client.tell('textDocument/didChange', { textDocument, contentChanges: [{ range, text }] });
  }

  /** @param {number} offset */
  #position(offset) {
    const lines = this.text.slice(0, offset).split('\n');
    return { line: lines.length - 1, character: lines.at(-1)?.length ?? 0 };
  }

  diagnostics() {
    return this.client.ask('textDocument/diagnostic', { textDocument: { uri: this.uri } });
  }

  /** What saving asks for. */
  fixAll() {
    const range = { start: { line: 0, character: 0 }, end: { line: 99_999, character: 0 } };
    const context = { diagnostics: [], only: ['source.fixAll.danglint'] };
    return this.client.ask('textDocument/codeAction', { textDocument: { uri: this.uri }, range, context });
  }

  /** @param {{ line: number, character: number }} position */
  hover(position) {
    return this.client.ask('textDocument/hover', { textDocument: { uri: this.uri }, position });
  }
}
