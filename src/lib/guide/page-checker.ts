/**
 * A PageChecker opens Markdown pages too. It stands apart because the YAML of their front matter needs a
 * parser that only the build has: a browser checks overlays, which are JSON, and must not load it.
 */
import { Checker } from './checker.ts';
import { Page } from './fields.ts';
import { parseFrontMatter } from './front-matter.ts';

export class PageChecker extends Checker {
	/** In the place of a page whose id is none: what is wrong with the id is said elsewhere. */
	noPage = (path: string): Page => new Page(this, path, null, '', 1, () => 1);

	markdown(path: string): Page {
		const text = this.text(path);
		if (text === undefined) return this.noPage(path);
		const parsed = parseFrontMatter(`content/${path}`, text);
		if ('expected' in parsed) {
			this.problems.push(parsed);
			return new Page(this, path, null, text, 1, () => 1);
		}
		return new Page(this, path, parsed.data, parsed.body, parsed.bodyLine, parsed.lineOf);
	}
}
