/**
 * What Numenia's people say, in English: the words of the demo that no guide brings along. A caller may
 * bring the same in another language.
 */
import type { Owner } from '#lib/model/guide.ts';

type Some = [string, ...string[]];

export type DemoWords = {
	/** Name of the workspace. */
	name: string;
	country: string;
	/** Name of last year's snapshot. */
	snapshot: string;
	/** Notes for what is not there or just begun, works in part, works well. */
	notes: { weak: Some; middle: Some; strong: Some };
	/** Two reasons why a question does not apply. */
	notApplicable: [string, string];
	/** Reasons for a target. */
	targets: Some;
	/** Notes on actions. */
	actions: string[];
	/** Who owns an action. */
	owner: (owner: Owner) => string;
};

const owners: Record<Owner, string> = {
	cabinet: 'Cabinet of Numenia',
	'pm-office': "Prime Minister's Office",
	'lead-authority': 'Ministry of Digital Economy',
	'cyber-authority': 'Ministry of Digital Economy',
	cirt: 'NumCIRT',
	'digital-ministry': 'Ministry of Digital Economy',
	interior: 'Ministry of Interior',
	justice: 'Ministry of Justice',
	finance: 'Ministry of Finance',
	education: 'Ministry of Education',
	'foreign-affairs': 'Ministry of Foreign Affairs',
	regulator: 'Numenia Communications Authority',
	'sector-regulator': 'Bank of Numenia',
	operators: 'NumPower and Salvara Port Company',
	parliament: 'Parliament of Numenia',
	'statistics-office': 'Statistics Office of Numenia',
	'evaluation-body': 'University of Salvara',
	university: 'University of Salvara',
	'civil-society': 'Open Numenia',
	'health-ministry': 'Ministry of Health',
	'agriculture-ministry': 'Ministry of Agriculture',
	'health-facilities': 'General Hospital of Salvara',
	'health-insurers': 'Health Fund of Numenia',
	'professional-bodies': 'Medical Council of Numenia',
	'extension-service': 'Extension Service of Numenia',
	'farmer-organisations': 'Farmers’ Union of Numenia',
	'research-institute': 'University of Salvara',
	'standards-body': 'Standards Bureau of Numenia',
	'data-authority': 'Data Protection Commission of Numenia',
	'local-government': 'Districts of Numenia',
	'private-sector': 'Chamber of Commerce of Numenia',
	'development-partners': 'Development partners of Numenia'
};

export const englishDemo: DemoWords = {
	name: 'Numenia (example)',
	country: 'Numenia',
	snapshot: 'A year ago',
	notes: {
		weak: [
			'Everybody agrees that it is needed. Nobody has been given the task.',
			'There was a draft two years ago; it stopped when its author changed posts.',
			'The regulator and the ministry each thought that the other one was doing it.',
			'It came up in the review of the attack on customs. Nothing has followed yet.'
		],
		middle: [
			'It works in Salvara and hardly anywhere else.',
			'In use since last year, but it has never been tested.',
			'The Bank of Numenia does this well; the ministries are learning from it.',
			'Depends on two people. If one of them leaves, it stops.'
		],
		strong: [
			'Tested last autumn; two lessons are still open.',
			'In force, with a budget line of its own and a report twice a year.',
			'The region uses it as its example.'
		]
	},
	notApplicable: [
		'A regional body does this for Numenia under a treaty. The team reads its report once a year.',
		'The steering committee left this to the next strategy; it plays no part in this one.'
	],
	targets: [
		'The Prime Minister asked for it within two years.',
		'Without it, three other actions cannot begin.',
		'Partners offered to pay for the first year.',
		'The attack on customs must not last nine days again.'
	],
	actions: [
		'Agreed in the steering committee; Finance wants the cost of the second year first.',
		'Starts with the ports and the Bank of Numenia.',
		'A neighbour has done it and offers its text.'
	],
	owner: (owner) => owners[owner] ?? 'Government of Numenia'
};
