/** Placeholder words of a new guide. All say PLACEHOLDER, so that a search finds what is left to write. */

/** The files of words by key. */
export const words = {
	names: {
		title: 'PLACEHOLDER: National strategy for a subject',
		short: 'PLACEHOLDER',
		summary: 'PLACEHOLDER: one sentence on what the guide helps a government to do.',
		audience: 'PLACEHOLDER: who leads, drafts, funds and carries out the strategy.',
		parts: { start: 'Start here', method: 'PLACEHOLDER: Method' },
		topics: {
			'topic-one': { title: 'PLACEHOLDER: First topic', short: 'First' },
			'topic-two': { title: 'PLACEHOLDER: Second topic', short: 'Second' }
		},
		crosswalks: {
			sdg: {
				title: 'Sustainable Development Goals',
				values: { '16': 'Peace, justice and strong institutions' }
			}
		}
	},
	terms: {
		'example-term': {
			term: 'PLACEHOLDER term',
			definition: 'PLACEHOLDER: what the word means here, in one sentence.',
			also: [],
			see: []
		}
	},
	readiness: Object.fromEntries(
		['mandate', 'sponsor', 'team', 'data', 'calendar'].map((gate) => [
			gate,
			{
				question: `PLACEHOLDER: is the ${gate} in place?`,
				why: 'PLACEHOLDER: why it must be there before the assessment.',
				yes: 'PLACEHOLDER: what to do where it is.',
				partly: 'PLACEHOLDER: what to do where it partly is.',
				no: 'PLACEHOLDER: what to do where it is not.'
			}
		])
	),
	indicators: {
		'indicator-1': {
			title: 'PLACEHOLDER: share of something',
			computation: 'PLACEHOLDER: what is divided by what, times 100.',
			source: 'PLACEHOLDER: whose records.',
			note: ''
		}
	}
};

export function sectionPage(id: string, next: string, withSteps: boolean): string {
	const steps = `
## What to do {#do}

1. PLACEHOLDER: a first step, with who does it.

## Who does it {#who}

PLACEHOLDER: the body that leads, and those that help.

## Pitfalls {#pitfalls}

- PLACEHOLDER: what often goes wrong.

## What good looks like {#good}

- PLACEHOLDER: something that a visitor could see.

## Example {#example}

Numenia (fictional): PLACEHOLDER, what the example country did.
`;
	return `---
title: "PLACEHOLDER: ${id}"
summary: "PLACEHOLDER: one or two sentences that stand alone."
who: ["PLACEHOLDER: who reads or acts"]
inputs: ["PLACEHOLDER: what is needed"]
outputs: ["PLACEHOLDER: what comes out"]
sources: [example]
---

PLACEHOLDER: why the step exists, with a [glossary word](term:example-term) and another
[page](section:${next}).
${withSteps ? steps : ''}`;
}

export const questionPage = (n: number): string => `---
title: "PLACEHOLDER: question ${n}"
question: "PLACEHOLDER: is thing ${n} done?"
levels:
  - "PLACEHOLDER: nothing is there for thing ${n}."
  - "PLACEHOLDER: thing ${n} is decided or drafted."
  - "PLACEHOLDER: thing ${n} works in some places."
  - "PLACEHOLDER: thing ${n} works everywhere and is paid for."
  - "PLACEHOLDER: thing ${n} was tested and improved in the last 24 months."
next:
  - "PLACEHOLDER: what reaching level 1 needs."
  - "PLACEHOLDER: what reaching level 2 needs."
  - "PLACEHOLDER: what reaching level 3 needs."
  - "PLACEHOLDER: what reaching level 4 needs."
evidence:
  - "PLACEHOLDER: a document that proves the answer"
---
PLACEHOLDER: why thing ${n} matters.
`;

export const measurePage = (verb: string, n: number): string => `---
title: "PLACEHOLDER: ${verb} thing ${n}"
done: "PLACEHOLDER: how one knows that it is done."
indicator: "PLACEHOLDER: what is counted"
---
PLACEHOLDER: how to go about it, in two or three sentences.
`;

export const chapterPage = (id: string): string => `---
title: "PLACEHOLDER: ${id}"
guidance: "PLACEHOLDER: what the chapter is for, and how long it should be."
checklist:
  - "PLACEHOLDER: something that the finished chapter does"
---
PLACEHOLDER: the text that a team in {country} starts from. On {date}, {answered} of {questions} questions were answered; the strongest topic is {strongest}, the weakest {weakest}.
`;
