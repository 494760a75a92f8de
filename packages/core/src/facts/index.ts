export { extractFacts, factsOf } from './extract.ts';
export { type FileFacts, type SyntaxFault } from './facts.ts';
