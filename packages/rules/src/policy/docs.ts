/** Where the rules' pages live, relative to the repository. */
const HOME = 'docs/rules';

/** Address of a rule's page. */
export function docsOf(id: string): string {
  return `${HOME}/${id}.md`;
}
