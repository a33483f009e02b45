/**
 * `npm run content`: checks every guide, what they share and the interface, and prints what is there
 * per guide and language. Ends with 1 when there is a mistake. Verbs: content/README.md.
 */
import { join } from 'node:path';
import { verbs } from './author/commands.ts';

const [verb = 'check', ...words] = process.argv.slice(2);
const run = Object.hasOwn(verbs, verb) ? verbs[verb] : undefined;
if (!run) console.error(`"${verb}": say one of ${Object.keys(verbs).join(', ')}.`);
process.exitCode = run ? run(join(import.meta.dirname, '../../../content'), words) : 1;
