import {
  type CancellationToken,
  type CodeAction,
  CodeActionKind,
  type CodeActionParams,
  LSPErrorCodes,
  ResponseError,
} from 'vscode-languageserver';
import type { Ask, FixKey } from '../analysis/calls.ts';
import { type EditorSettings, isTable } from '../settings.ts';
import { FIX_ALL, FIX_ALL_UNSAFE } from './client.ts';
import type { Documents } from './documents.ts';
import type { Judging } from './judging.ts';
import { untilCancelled, within } from './waiting.ts';

/** Longest that fixes on save wait for the program to be judged, in milliseconds: a save must not hang. */
const PATIENCE = 1000;

interface Acting {
  readonly ask: () => Ask;
  readonly documents: Documents;
  readonly judging: Judging;
  readonly settings: (uri: string) => EditorSettings;
}

/** Answers with what can be done about findings. A document that changes too fast gets nothing rather than something old. */
export class Actions {
  readonly #acting: Acting;

  constructor(acting: Acting) {
    this.#acting = acting;
  }

  async list(
    { textDocument: { uri }, range, context }: CodeActionParams,
    token: CancellationToken,
  ): Promise<CodeAction[]> {
    const { ask, documents, judging, settings } = this.#acting;
    const wants = (kind: string): boolean => wanted(context.only, kind);
    const own = settings(uri);
    const whole = own.fixAll && wants(FIX_ALL);
    const unsafe = context.only !== undefined && wants(FIX_ALL_UNSAFE);
    const quick = wants(CodeActionKind.QuickFix);
    if (!whole && !unsafe && !quick) return [];
    const settled = judging.untilJudged(uri);
    if (quick) await untilCancelled(settled, token);
    else if (!(await untilCancelled(within(settled, PATIENCE), token))) return [];
    const version = documents.get(uri)?.version;
    if (version === undefined) return [];
    const actions: CodeAction[] = [];
    if (quick) actions.push(...(await ask()('quickFixes', { uri, version, range })));
    if (whole && (context.only !== undefined || actions.length > 0))
      actions.push(...(await this.#fixAll(uri, version, 'Fix all safe problems in this file', FIX_ALL)));
    if (unsafe)
      actions.push(
        ...(await this.#fixAll(uri, version, 'Fix all problems in this file (unsafe)', FIX_ALL_UNSAFE)),
      );
    return documents.get(uri)?.version === version ? actions : [];
  }

  async #fixAll(uri: string, version: number, title: string, kind: string): Promise<readonly CodeAction[]> {
    const edit = await this.#acting.ask()('fixFile', { uri, version, unsafe: kind === FIX_ALL_UNSAFE });
    return edit === null ? [] : [{ title: `danglint: ${title}`, kind, edit }];
  }

  /** Fills in the edit of an action. Rejects when the document is another one by now. */
  async resolve(action: CodeAction): Promise<CodeAction> {
    const { ask, documents } = this.#acting;
    const data: unknown = action.data;
    if (!isFixKey(data) || action.edit !== undefined) return action;
    const edit = documents.get(data.uri)?.version === data.version ? await ask()('resolve', data) : null;
    if (edit === null || documents.get(data.uri)?.version !== data.version) {
      throw new ResponseError(
        LSPErrorCodes.ContentModified,
        'the document changed since the fix was offered',
      );
    }
    return { ...action, edit };
  }
}

/** A client asks for a kind by its name or by that of a kind above it. `source` alone asks for more than we would do unseen. */
function wanted(only: readonly string[] | undefined, kind: string): boolean {
  if (only === undefined) return true;
  return only.some((asked) => {
    if (asked === 'source' && kind === FIX_ALL_UNSAFE) return false;
    return asked === '' || kind === asked || kind.startsWith(`${asked}.`);
  });
}

export function isFixKey(value: unknown): value is FixKey {
  if (!isTable(value)) return false;
  const { uri, version, code, start, end, title } = value;
  return (
    typeof uri === 'string' &&
    typeof version === 'number' &&
    typeof code === 'string' &&
    typeof start === 'number' &&
    typeof end === 'number' &&
    typeof title === 'string'
  );
}
