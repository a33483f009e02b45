/** What phones are shown: the workshop as it is, with its questions in every language that the guide has. */
import { languages } from '#lib/i18n/languages.ts';
import type { Workshop } from '#lib/model/workshop.ts';
import { phoneSceneOf } from '#lib/room/scene-maker.ts';
import type { BallotWords } from '#lib/room/phone-scene.ts';
import { openGuide, type OpenGuide } from '#lib/state/guide.svelte.ts';
import { roomHost } from '#lib/state/room-host.svelte.ts';
import { live } from '#lib/state/workspace.svelte.ts';
import { currentLang, date } from '#lib/ui/words.ts';
import type { Run } from '#lib/workshop/agenda.ts';

export class ForPhones {
	#guides = $state.raw<readonly OpenGuide[]>([]);
	#asked = '';

	/** Shows phones what is now. What leaves, and that time alone is no news, is the room's to know. */
	send(workshop: Workshop, run: Run, open: OpenGuide): void {
		if (roomHost.state !== 'open') return;
		this.#load(open);
		roomHost.show(
			phoneSceneOf(workshop, run, {
				lang: currentLang(),
				rehearsal: live.workspace?.demo ?? false,
				words: (question) => this.#wordsOf(question, open),
				day: workshop.day ? date(workshop.day) : ''
			})
		);
	}

	/** The guide's other languages; one that cannot be had is one that phones are not offered. */
	#load(open: OpenGuide): void {
		const wanted = `${open.lang}/${open.index.id}`;
		if (this.#asked === wanted) return;
		this.#asked = wanted;
		this.#guides = [];
		for (const { code } of languages) {
			if (code === open.lang) continue;
			openGuide(code, open.index.id).then(
				(guide) => {
					if (this.#asked === wanted) this.#guides = [...this.#guides, guide];
				},
				() => {}
			);
		}
	}

	#wordsOf(question: string, open: OpenGuide): Record<string, BallotWords> {
		const words: Record<string, BallotWords> = {};
		for (const guide of [open, ...this.#guides]) {
			const found = guide.questions.get(question);
			// A question that a language lacks is there in the guide's first language, and says so.
			if (found) {
				words[found.lang] ??= {
					title: found.title,
					question: found.question,
					levels: found.levels
				};
			}
		}
		return words;
	}
}
