/** What a person chose for the document, kept while they look at it in print and come back. */
import type { ExportDocument } from '#lib/export/document.ts';
import type { ComposeOptions, Part } from '#lib/export/input.ts';
import { leavesOut, type Profile } from '#lib/export/profiles.ts';
import { purposes, type Purpose } from '#lib/export/purposes.ts';

export const markings = ['none', 'draft', 'restricted', 'confidential', 'own'] as const;
export type Marking = (typeof markings)[number];

class Choices {
	purpose = $state<Purpose>(purposes[0]);
	/** The report of a workshop instead: it is made of that, and has its own rule of whom it names. */
	isWorkshop = $state(false);
	parts = $state<Part[]>(['draft', 'plan', 'results']);
	profile = $state<Profile>('team');
	marking = $state<Marking>('none');
	markingWords = $state('');
	/** What the print view shows. */
	printed = $state.raw<ExportDocument | null>(null);

	/** `marked`: the marking in the language of the document. */
	options(marked: string): ComposeOptions {
		return {
			purpose: this.purpose,
			parts: [...this.parts],
			leaveOut: [...leavesOut[this.profile]],
			anonymous: this.profile === 'anonymous',
			marking: marked
		};
	}
}

export const choices = new Choices();
