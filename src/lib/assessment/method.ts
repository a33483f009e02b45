/**
 * The Method: every number that a rule of this room uses, in one place, so that the method page
 * shows the very numbers that were used and no copy of them can grow old.
 */
export const method = {
	/** Minutes that one question takes; 24 core questions make the half hour that we promise. */
	minutesPerQuestion: 1.25,
	/** Remaining minutes are rounded up to this many: a promise of "23 minutes" would be false. */
	minutesRoundedTo: 5,

	/** Share of a topic's applicable questions on the path that must have a level for a score. */
	minimumShare: 0.5,
	/** Levels that a topic needs for a score, however few questions are on the path. */
	minimumAnswers: 2,
	/** Share of the topics that must have a score for an overall score. */
	overallShare: 0.5,

	/** A target that nobody set is this many levels up, at most 4. */
	defaultStep: 1,
	/** Urgency is `base` plus what applies. */
	urgency: {
		base: 1,
		/** Another gap cannot be closed before this one. */
		'blocks-others': 0.25,
		/** The level is 0: there is nothing to build on. */
		'nothing-there': 0.25,
		/** The level is claimed without evidence and may be lower. */
		unproven: 0.1
	},

	/** How many measures are proposed to start with. */
	firstSix: 6,
	/** How many of them may be of cost `high`. */
	firstSixHighCost: 2,

	/** A question from this level on is a strength. */
	strengthLevel: 3,
	/** A topic from this score on may be called a strength. */
	strengthScore: 2,
	/** How many topics and questions are named as strengths. */
	strengthTopics: 3,
	strengthQuestions: 6,

	/** More open actions than this in one half-year are more than most administrations carry. */
	actionsPerHalfYear: 12
} as const;
