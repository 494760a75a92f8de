import { decode, type Edit, type Fix, type Report } from '@danglint/core';
import { resolveEdits } from '@danglint/fixer';
import type {
  AnnotatedTextEdit,
  TextDocumentEdit,
  TextEdit,
  WorkspaceEdit,
} from 'vscode-languageserver-types';
import type { LiveProgram } from './live-program.ts';

/** Edits of one file of a program. */
export interface FileChange {
  readonly path: string;
  readonly edits: readonly Edit[];
}

/** All edits of a fix, imports resolved; the file of the finding comes first. Null when a file of it cannot be read. */
export function changesOf(program: LiveProgram, report: Report, fix: Fix): readonly FileChange[] | null {
  const { session } = program;
  const parts = [{ path: report.path, edits: fix.edits, imports: fix.imports }, ...fix.others];
  const changes = parts.flatMap(({ path, edits, imports }) => {
    const source = session.source(path);
    const facts = session.facts(path);
    if (source === null || facts === null) return [];
    return [{ path, edits: resolveEdits(source, facts, { edits, imports }) }];
  });
  return changes.length === parts.length ? changes : null;
}

/**
 * Edits as a client applies them, tied to the versions of open documents. `confirm`: what is about to happen, where the user
 * is to see it first. Null when edits overlap, or a file that is not open says something else on the disk by now.
 */
export function workspaceEdit(
  program: LiveProgram,
  changes: readonly FileChange[],
  confirm: string | null,
): WorkspaceEdit | null {
  const { abilities, document } = program.editor;
  if (!changes.every((change) => isCurrent(program, change.path) && !overlap(change.edits))) return null;
  const annotate = confirm !== null && abilities.annotations && abilities.versionedEdits;
  const files = changes.map(({ path, edits }): TextDocumentEdit => {
    const version = document(program.absolute(path))?.version ?? null;
    const texts = edits.map((edit): TextEdit | AnnotatedTextEdit => {
      const plain = { range: program.places.range(path, edit), newText: edit.text };
      return annotate ? { ...plain, annotationId: 'fix' } : plain;
    });
    return { textDocument: { uri: program.places.uri(path), version }, edits: texts };
  });
  if (!abilities.versionedEdits) {
    const plain = changes.map(({ path, edits }) => [
      program.places.uri(path),
      edits.map((edit) => ({ range: program.places.range(path, edit), newText: edit.text })),
    ]);
    return { changes: Object.fromEntries(plain) };
  }
  if (!annotate) return { documentChanges: files };
  return {
    documentChanges: files,
    changeAnnotations: { fix: { label: confirm, needsConfirmation: true } },
  };
}

/** A file without a document is as the session read it. */
function isCurrent(program: LiveProgram, path: string): boolean {
  if (program.editor.document(program.absolute(path)) !== undefined) return true;
  const read = program.program.host.read(path);
  if (!read.ok) return false;
  const decoded = decode(path, read.bytes);
  return decoded.ok && decoded.file.text === program.session.source(path)?.text;
}

function overlap(edits: readonly Edit[]): boolean {
  return edits.some((edit, i) => {
    const before = edits[i - 1];
    return before !== undefined && edit.start < before.end;
  });
}
