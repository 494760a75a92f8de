export { extractFacts, factsOf } from './extract.ts';
export { FACTS_VERSION, type FileFacts, type SyntaxFault } from './facts.ts';
