/** What the fictional country's people say, in a language. Needs the namespace `demo`. */
import { hasWords, translate } from '#lib/i18n/words.ts';
import type { MessageKey } from '#lib/i18n/namespaces.ts';
import type { Lang } from '#lib/model/guide.ts';
import { demoWords, type DemoWords } from '#lib/store/demo-words.ts';

export const demoWordsOf = (lang: Lang): DemoWords =>
	demoWords((name) => {
		// An owner that a guide has brought along is no key of ours.
		const key = `demo.${name}` as MessageKey;
		return hasWords(lang, key) ? translate(lang, key) : undefined;
	});
