/** A section in a second language, and what shows the two beside each other. */
import type { Section } from '#lib/model/guide.ts';
import type TwoTexts from './TwoTexts.svelte';

export type TwoLanguages = { other: Section; View: typeof TwoTexts };
