/**
 * Seats: which Participant record a phone speaks for. Pure.
 *
 * The record is the voter, not the phone: when the trainer's laptop dies and another one opens the file
 * and makes a new room, whoever scans again under the same name is the same voter, and is not counted
 * twice. Within one room a name is one phone's: the next of that name is "Name (2)".
 */
import type { Guest } from '#lib/model/room.ts';
import { roomLimits } from '#lib/model/room.ts';
import type { Participant } from '#lib/model/workshop.ts';
import { tidyName } from '#lib/sync/tidy.ts';

/** Of a room's address: what a record says of the room that its phone is in. */
export const phoneOf = (room: string, lane: number): string => `${room}/${lane}`;

/** The lane of a person's phone in this room; 0: they have none there. */
export function laneOf({ phone }: Pick<Participant, 'phone'>, room: string): number {
	const [of = '', lane = ''] = phone.split('/');
	return room && of === room ? Number(lane) : 0;
}

/** Names are the same whatever their capitals and however their accents were typed (F-39). */
const folded = (name: string): string => tidyName(name).toUpperCase().toLowerCase();
/** The name without the number that this file added to it. */
const plain = (name: string): string => folded(name).replace(/ \(\d{1,3}\)$/, '');

/** A name as it is stored: without what hides, turns or floods, and not longer than a phone may send. */
export const soundGuest = ({ nickname, organisation, consent }: Guest): Guest => ({
	nickname: cut(nickname, roomLimits.nickname),
	organisation: cut(organisation, roomLimits.organisation),
	consent: consent === true
});
const cut = (text: string, limit: number): string =>
	[...tidyName(text.slice(0, 4 * limit))].slice(0, limit).join('').trimEnd();

export type Seated = {
	/** The whole record, new or changed. */
	put: Participant;
	lane: number;
};

/**
 * The records to write so that each of these phones has a person. One that has is passed over; one whose
 * name is empty gets none: nobody without a name votes.
 */
export function seat(
	people: readonly Participant[],
	{ workshop, room }: { workshop: string; room: string },
	guests: readonly { lane: number; guest: Guest }[]
): Seated[] {
	const all = [...people];
	const seated: Seated[] = [];
	for (const { lane, guest } of [...guests].sort((a, b) => a.lane - b.lane)) {
		const { nickname, organisation, consent } = soundGuest(guest);
		if (!nickname || all.some((one) => laneOf(one, room) === lane)) continue;
		const known = all.find(
			(one) =>
				laneOf(one, room) === 0 &&
				plain(one.name) === plain(nickname) &&
				folded(one.organisation) === folded(organisation)
		);
		const phone = phoneOf(room, lane);
		const put: Participant = known
			? { ...known, phone, present: true, consent }
			: {
					id: `phone-${room}-${lane}`,
					workshop,
					name: freeName(nickname, all, room),
					organisation,
					role: '',
					group: '',
					consent,
					present: true,
					order: all.reduce((most, { order }) => Math.max(most, order), 0) + 1,
					phone
				};
		if (known) all.splice(all.indexOf(known), 1, put);
		else all.push(put);
		seated.push({ put, lane });
	}
	return seated;
}

function freeName(nickname: string, people: readonly Participant[], room: string): string {
	const taken = new Set(
		people.filter((one) => laneOf(one, room) > 0).map(({ name }) => folded(name))
	);
	let name = nickname;
	for (let n = 2; taken.has(folded(name)); n++) name = `${nickname} (${n})`;
	return name;
}
