/** Slots of the table; a power of two. */
const SLOTS = 1 << 17;

/** The table is emptied when half of it is taken: probing stays short, and memory bounded in a long session. */
const MOST = SLOTS / 2;

/** Longer names are rare, and kept as they come. */
const LONGEST = 64;

let table: (string | undefined)[] = empty();
let taken = 0;

/**
 * The text of `[start, end)`, the same string for the same name in whatever text it stands. Names make up half of what a tree
 * holds, and are keys of most tables: shared ones take less memory and compare at once. They keep no source text alive.
 */
export function nameIn(text: string, start: number, end: number): string {
  const length = end - start;
  if (length > LONGEST) return text.slice(start, end);
  let hash = length;
  for (let i = start; i < end; i++) hash = (Math.imul(hash, 31) + text.charCodeAt(i)) | 0;
  let slot = (hash ^ (hash >>> 15)) & (SLOTS - 1);
  for (;;) {
    const known = table[slot];
    if (known === undefined) return keep(slot, text, start, end);
    if (known.length === length && isAt(known, text, start)) return known;
    slot = (slot + 1) & (SLOTS - 1);
  }
}

function isAt(name: string, text: string, start: number): boolean {
  for (let i = 0; i < name.length; i++) if (name.charCodeAt(i) !== text.charCodeAt(start + i)) return false;
  return true;
}

function keep(slot: number, text: string, start: number, end: number): string {
  if (taken >= MOST) {
    table = empty();
    taken = 0;
  }
  const codes: number[] = [];
  for (let i = start; i < end; i++) codes.push(text.charCodeAt(i));
  const name = String.fromCharCode(...codes);
  table[slot] = name;
  taken++;
  return name;
}

function empty(): (string | undefined)[] {
  const slots: (string | undefined)[] = [];
  slots.length = SLOTS;
  return slots;
}
