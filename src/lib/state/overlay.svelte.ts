/**
 * LiveOverlay: the national overlay of this browser, and the file that somebody just chose.
 *
 * Pages that are open have read the guides already: whoever applies or removes loads the page anew.
 */
import { languages } from '#lib/i18n/languages.ts';
import type { ContentProblem } from '#lib/guide/content-problem.ts';
import type { Examined, OverlayChange } from '#lib/guide/overlay-file.ts';
import { isOverlayOn } from '#lib/guide/overlay-flag.ts';
import { wordsIn, type Overlay } from '#lib/guide/overlay.ts';
import { plainReader, readManifest } from '#lib/guide/packs.ts';
import type { Lang } from '#lib/model/guide.ts';
import { asProblem, type Problem } from '#lib/model/problem.ts';

export class LiveOverlay {
	#active = $state.raw<Overlay>();
	#outdated = $state.raw<string[]>([]);
	#examined = $state.raw<Examined>();
	#problem = $state.raw<Problem>();
	#busy = $state(false);

	get active(): Overlay | undefined {
		return this.#active;
	}
	/** Guides of another edition than the overlay was written for: they are read as they are. */
	get outdated(): string[] {
		return this.#outdated;
	}
	/** The chosen file, if it has no mistake. */
	get candidate(): Overlay | undefined {
		return this.#examined?.overlay;
	}
	get changes(): OverlayChange[] {
		return this.#examined?.overlay ? this.#examined.changes : [];
	}
	/** Why the chosen file is refused. */
	get mistakes(): ContentProblem[] {
		return this.#examined && !this.#examined.overlay ? this.#examined.problems : [];
	}
	get problem(): Problem | undefined {
		return this.#problem;
	}
	get busy(): boolean {
		return this.#busy;
	}

	/** Reads what is on. Resolves with whether it could. */
	load(): Promise<boolean> {
		return this.#saying(async () => {
			if (!isOverlayOn()) return;
			const { readKeptOverlay } = await import('#lib/store/overlay.ts');
			const active = await readKeptOverlay();
			this.#active = active;
			if (!active) return;
			const { guides } = await readManifest(plainReader(fetch));
			this.#outdated = Object.entries(active.guides)
				.filter(([id, own]) => !guides.some((g) => g.id === id && g.edition === own.edition))
				.map(([id]) => id);
		});
	}

	/** Looks at a file; nothing changes yet. Resolves with whether it could. */
	examine(file: File, lang: Lang): Promise<boolean> {
		this.#examined = undefined;
		return this.#saying(async () => {
			const { examineOverlay } = await import('#lib/guide/overlay-file.ts');
			const codes = languages.map(({ code }) => code);
			this.#examined = await examineOverlay(file, plainReader(fetch), lang, codes);
		});
	}

	forget(): void {
		this.#examined = undefined;
	}

	/** Keeps the chosen overlay. Resolves with whether it is on now. */
	apply(): Promise<boolean> {
		return this.#saying(async () => {
			const overlay = this.candidate;
			if (!overlay) return;
			const { keepOverlay } = await import('#lib/store/overlay.ts');
			// Out of $state.raw, so it is no proxy and can be stored as it is.
			await keepOverlay(overlay);
			this.#active = overlay;
			this.#examined = undefined;
		});
	}

	/** Resolves with whether it is off now. */
	remove(): Promise<boolean> {
		return this.#saying(async () => {
			const { removeOverlay } = await import('#lib/store/overlay.ts');
			await removeOverlay();
			this.#active = undefined;
		});
	}

	titleIn(overlay: Overlay, lang: Lang): string {
		return wordsIn(overlay.title, lang).words;
	}

	async #saying(act: () => Promise<void>): Promise<boolean> {
		this.#busy = true;
		this.#problem = undefined;
		try {
			await act();
			return true;
		} catch (thrown) {
			this.#problem = asProblem(thrown);
			return false;
		} finally {
			this.#busy = false;
		}
	}
}
