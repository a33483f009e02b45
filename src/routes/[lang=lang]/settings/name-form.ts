/** The form for one's own name: only where a workspace is open in which several people work. */
import { loadWords } from '#lib/i18n/languages.ts';
import type { Lang } from '#lib/model/guide.ts';

/** Null where nobody needs a name. */
export async function nameForm(lang: Lang) {
	const [{ live }, { people }] = await Promise.all([
		import('#lib/state/workspace.svelte.ts'),
		import('#lib/state/people.svelte.ts')
	]);
	await live.openCurrent();
	if (!live.workspace || !people.several) return null;
	const [{ default: MeForm }] = await Promise.all([
		import('../(work)/talk/MeForm.svelte'),
		loadWords(lang, 'answers', 'assess')
	]);
	return { MeForm };
}
