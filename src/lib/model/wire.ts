/**
 * Bytes on the wire: numbers as unsigned LEB128, byte strings with their length before them.
 *
 * A Writer appends, a Reader takes off the front. A reader never believes a length: nothing is
 * allocated before the bytes are there, and a number has exactly one form, so that what was read and
 * written again is the same bytes.
 */

/** What is not as the wire has it: too short, too long, out of bounds. Says which rule, never the bytes. */
export class WireError extends Error {
	constructor(message: string) {
		super(message);
		this.name = 'WireError';
	}
}

export class Writer {
	#bytes = new Uint8Array(64);
	#length = 0;

	get length(): number {
		return this.#length;
	}

	#room(more: number): void {
		const needed = this.#length + more;
		if (needed <= this.#bytes.length) return;
		const larger = new Uint8Array(Math.max(needed, this.#bytes.length * 2));
		larger.set(this.#bytes.subarray(0, this.#length));
		this.#bytes = larger;
	}

	byte(value: number): this {
		this.#room(1);
		this.#bytes[this.#length++] = value;
		return this;
	}

	/** A whole number from 0 to 2^53 − 1: one byte to 8. */
	number(value: number): this {
		if (!Number.isSafeInteger(value) || value < 0) throw new WireError(`not a number: ${value}`);
		this.#room(8);
		while (value > 127) {
			this.#bytes[this.#length++] = (value % 128) + 128;
			value = Math.floor(value / 128);
		}
		this.#bytes[this.#length++] = value;
		return this;
	}

	/** Bytes as they are; the reader has to know how many. */
	raw(bytes: Uint8Array): this {
		this.#room(bytes.length);
		this.#bytes.set(bytes, this.#length);
		this.#length += bytes.length;
		return this;
	}

	/** Bytes with their length before them. */
	bytes(bytes: Uint8Array): this {
		return this.number(bytes.length).raw(bytes);
	}

	text(text: string): this {
		return this.bytes(new TextEncoder().encode(text));
	}

	/** A copy of what was written. */
	done(): Uint8Array<ArrayBuffer> {
		return this.#bytes.slice(0, this.#length);
	}
}

export class Reader {
	#bytes: Uint8Array;
	#at = 0;

	constructor(bytes: Uint8Array) {
		this.#bytes = bytes;
	}

	/** How many bytes are left. */
	get left(): number {
		return this.#bytes.length - this.#at;
	}

	byte(): number {
		const byte = this.#bytes[this.#at];
		if (byte === undefined) throw new WireError('ends too early');
		this.#at++;
		return byte;
	}

	/** A whole number up to `limit`. */
	number(limit: number = Number.MAX_SAFE_INTEGER): number {
		let value = 0;
		let scale = 1;
		for (;;) {
			const byte = this.byte();
			value += (byte & 127) * scale;
			if (value > limit) throw new WireError(`a number beyond ${limit}`);
			if (byte < 128) {
				if (byte === 0 && scale > 1) throw new WireError('a number with zeros before it');
				return value;
			}
			scale *= 128;
			if (scale > Number.MAX_SAFE_INTEGER) throw new WireError('a number without an end');
		}
	}

	/** The next `length` bytes: a view, not a copy. */
	raw(length: number): Uint8Array {
		if (length > this.left) throw new WireError('ends too early');
		const bytes = this.#bytes.subarray(this.#at, this.#at + length);
		this.#at += length;
		return bytes;
	}

	/** Bytes with their length before them: a view, not a copy. */
	bytes(limit: number): Uint8Array {
		return this.raw(this.number(limit));
	}

	text(limit: number): string {
		const bytes = this.bytes(limit);
		try {
			return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
		} catch {
			throw new WireError('a text that is not UTF-8');
		}
	}

	/** All that is left: a view, not a copy. */
	rest(): Uint8Array {
		return this.raw(this.left);
	}

	/** Throws where something is left. */
	end(): void {
		if (this.left > 0) throw new WireError(`${this.left} bytes too many`);
	}
}
