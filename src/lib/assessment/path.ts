/**
 * A Path: which of a guide's questions are asked. Core is a part of full, and answers belong to
 * questions, not to paths: whoever changes the path finds every answer again.
 */
import type { Assessment, Question } from '#lib/model/guide.ts';
import type { Path } from '#lib/model/workspace.ts';
import { questionsOf } from './view.ts';

/** The questions on `path` in the guide's order. Topics that the guide does not have are ignored. */
export function questionsOnPath(assessment: Assessment, path: Path): Question[] {
	const all = questionsOf(assessment);
	const only = path.only && new Set(path.only);
	const questions = only ? all.filter(({ id }) => only.has(id)) : all;
	if (path.mode === 'full') return questions;
	if (path.mode === 'core') return questions.filter((question) => question.path === 'core');
	return questions.filter((question) => path.topics.includes(question.topic));
}
