/**
 * The configuration: what the operator set in the environment. Unknown and malformed values stop the
 * start, because a setting that is silently ignored is found out when it is too late.
 */
import { isIP } from 'node:net';

export interface Config {
	/** 0 lets the system choose a free one. */
	port: number;
	/** The address to listen on: one machine, or `0.0.0.0` and `::` for all who can reach it. */
	host: string;
	/** Where people find the app, such as `https://strategy.gov.example`; null when only the host says. */
	origin: string | null;
	/** Where a server with storage would keep its files. */
	dataDir: string;
	/** What the operator asked for and this version does not do, in sentences. */
	notices: string[];
}

/** One sentence: the variable, the value found, what is expected. */
export class ConfigError extends Error {}

type Env = Record<string, string | undefined>;

/** Reads the environment; an empty value counts as unset. Throws `ConfigError`. */
export function readConfig(env: Env): Config {
	for (const name of Object.keys(env)) {
		if (name.startsWith('SYNC_')) {
			throw new ConfigError(
				`${name} is set to ${shown(env[name])}, but this version has no setting of that name: ` +
					'it has no sync server, so no SYNC_… limit is expected.'
			);
		}
	}
	return {
		port: readPort(env.PORT),
		host: readHost(env.HOST),
		origin: readOrigin(env.ORIGIN),
		dataDir: readFolder(env.DATA_DIR),
		notices: [...syncNotices(env.SYNC), ...databaseNotices(env.DATABASE_URL)]
	};
}

function readPort(value: string | undefined): number {
	if (!value) return 3000;
	const port = Number(value);
	if (/^\d{1,5}$/.test(value) && port <= 65_535) return port;
	throw refusal('PORT', value, 'a whole number from 0 to 65535');
}

function readHost(value: string | undefined): string {
	// Node would listen on only one of localhost's two addresses, and which one differs by machine.
	if (!value || value === 'localhost') return '127.0.0.1';
	if (isIP(value) || /^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/i.test(value)) return value;
	throw refusal('HOST', value, 'an address or a host name, such as 127.0.0.1 or 0.0.0.0');
}

function readOrigin(value: string | undefined): string | null {
	if (!value) return null;
	const url = URL.canParse(value) ? new URL(value) : null;
	const bare = url && [url.origin, `${url.origin}/`].includes(value.toLowerCase());
	if (bare && /^https?:$/.test(url.protocol)) return url.origin;
	throw refusal('ORIGIN', value, 'a scheme and a host only, such as https://strategy.gov.example');
}

function readFolder(value: string | undefined): string {
	if (!value) return './data';
	if (!value.includes('\0')) return value;
	throw refusal('DATA_DIR', value, 'the path of a folder');
}

function syncNotices(value: string | undefined): string[] {
	if (!value || value === 'off') return [];
	if (value === 'on')
		return ['SYNC is on, but sync is not part of this version: nothing is synced.'];
	throw refusal('SYNC', value, 'on or off');
}

function databaseNotices(value: string | undefined): string[] {
	if (!value) return [];
	if (URL.canParse(value) && /^postgres(ql)?:\/\/./.test(value)) {
		return ['DATABASE_URL is set, but sync is not part of this version: no database is used.'];
	}
	// The rest of the value may hold a password.
	const scheme = /^[a-z0-9+.-]{1,20}:/i.exec(value)?.[0] ?? '';
	throw refusal('DATABASE_URL', `${scheme}…`, 'an address that starts with postgres://');
}

function refusal(name: string, value: string, expected: string): ConfigError {
	return new ConfigError(`${name} is set to ${shown(value)}; expected is ${expected}.`);
}

const shown = (value = '') => JSON.stringify(value.length > 80 ? `${value.slice(0, 80)}…` : value);
