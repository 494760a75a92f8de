/** What a rule is called. */
export interface RuleName {
  readonly code: string;
  /** Its name in kebab-case. */
  readonly ruleId: string;
}

/** Whether a word of a comment means a rule, as settings read it: its code or name, a prefix of its code, `ALL`. */
export function means(word: string, { code, ruleId }: RuleName): boolean {
  const wanted = word.toLowerCase();
  const own = code.toLowerCase();
  if (wanted === own || wanted === ruleId.toLowerCase() || wanted === 'all') return true;
  const letters = /^[a-z]*/.exec(own)?.[0] ?? own;
  return wanted.startsWith(letters) && own.startsWith(wanted);
}
