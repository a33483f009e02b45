/**
 * The configuration: what the operator set in the environment. Unknown and malformed values stop the
 * start, because a setting that is silently ignored is found out when it is too late.
 */
import { isIP } from 'node:net';
import { limitsOf, numbers, type Limits, type NumberName } from './relay/limits.ts';

export interface Config {
	/** 0 lets the system choose a free one. */
	port: number;
	/** The address to listen on: one machine, or `0.0.0.0` and `::` for all who can reach it. */
	host: string;
	/** Where people find the app, such as `https://strategy.gov.example`; null when only the host says. */
	origin: string | null;
	/** Null: the operator wants no relay here. */
	sync: Sync | null;
	/** What the operator should know, in sentences. */
	notices: string[];
}

export interface Sync {
	/** Where SQLite keeps its file. */
	dataDir: string;
	/** The address of a PostgreSQL database, with its password; null: SQLite. */
	database: string | null;
	limits: Limits;
}

/** One sentence: the variable, the value found, what is expected. */
export class ConfigError extends Error {}

type Env = Record<string, string | undefined>;

/** Reads the environment; an empty value counts as unset. Throws `ConfigError`. */
export function readConfig(env: Env): Config {
	for (const name of Object.keys(env)) {
		if (name.startsWith('SYNC_') && !settings.includes(name)) {
			throw new ConfigError(
				`${name} is set, but there is no setting of that name; expected is one of ${settings.join(', ')}.`
			);
		}
	}
	const dataDir = readFolder(env.DATA_DIR);
	const database = readDatabase(env.DATABASE_URL);
	const limits = readLimits(env);
	const on = readSwitch(env.SYNC);
	return {
		port: readPort(env.PORT),
		host: readHost(env.HOST),
		origin: readOrigin(env.ORIGIN),
		sync: on ? { dataDir, database, limits } : null,
		notices: !on && database ? ['SYNC is off: the database of DATABASE_URL is not used.'] : []
	};
}

const settings = [...Object.keys(numbers), 'SYNC_CODE', 'SYNC_METRICS_TOKEN'];

function readLimits(env: Env): Limits {
	const read = (name: NumberName): number => {
		const value = env[name];
		const [otherwise, least, most] = numbers[name];
		if (!value) return otherwise;
		const number = Number(value);
		if (/^\d{1,12}$/.test(value) && number >= least && number <= most) return number;
		throw refusal(name, value, `a whole number from ${least} to ${most}`);
	};
	return limitsOf(
		read,
		readSecret('SYNC_CODE', env.SYNC_CODE, 8),
		readSecret('SYNC_METRICS_TOKEN', env.SYNC_METRICS_TOKEN, 16)
	);
}

/** What is short can be guessed; what it is set to is never shown. */
function readSecret(name: string, value: string | undefined, least: number): string | null {
	if (!value) return null;
	if (value.length >= least && value.length <= 200 && /^[\x21-\x7e]+$/.test(value)) return value;
	throw new ConfigError(
		`${name} is not shown here; expected are ${least} to 200 letters, digits and signs without spaces.`
	);
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

function readSwitch(value: string | undefined): boolean {
	if (!value || value === 'on') return true;
	if (value === 'off') return false;
	throw refusal('SYNC', value, 'on or off');
}

function readDatabase(value: string | undefined): string | null {
	if (!value) return null;
	if (URL.canParse(value) && /^postgres(ql)?:\/\/./.test(value)) return value;
	// The rest of the value may hold a password.
	const scheme = /^[a-z0-9+.-]{1,20}:/i.exec(value)?.[0] ?? '';
	throw refusal('DATABASE_URL', `${scheme}…`, 'an address that starts with postgres://');
}

function refusal(name: string, value: string, expected: string): ConfigError {
	return new ConfigError(`${name} is set to ${shown(value)}; expected is ${expected}.`);
}

const shown = (value = '') => JSON.stringify(value.length > 80 ? `${value.slice(0, 80)}…` : value);
