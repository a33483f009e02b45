/** Which question an undo was about, so that the screen can show it. */
import type { QuestionKey, Workspace } from '#lib/model/workspace.ts';

/**
 * The first question of `guide` in which somebody's contribution or the target differs between two
 * states of a workspace; empty if none does. Each edit moves a contribution's `at`.
 */
export function changedQuestion(
	before: Workspace | null,
	after: Workspace | null,
	guide: string
): string {
	const was = marksOf(before);
	const is = marksOf(after);
	for (const [id, { key, mark }] of [...is, ...was]) {
		const [of, question = ''] = key.split('/');
		if (of === guide && (was.get(id)?.mark !== mark || is.get(id)?.mark !== mark)) return question;
	}
	return '';
}

type Mark = { key: QuestionKey; mark: string };

function marksOf(workspace: Workspace | null): Map<string, Mark> {
	const marks = new Map<string, Mark>();
	for (const { key, contributor, at } of workspace?.contributions ?? []) {
		marks.set(`${key}/${contributor}`, { key, mark: at });
	}
	for (const { key, level, reason } of workspace?.targets ?? []) {
		marks.set(`target/${key}`, { key, mark: `${level} ${reason}` });
	}
	return marks;
}
