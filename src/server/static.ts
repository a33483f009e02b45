/**
 * The static part: files of the build by their addresses. sirv is hired to pick the compressed twin,
 * compare etags and stream; which file an address means, and how long it may be kept, is said here.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { extname } from 'node:path';
import sirv from 'sirv';
import { policyOf } from './headers.ts';
import { chooseLanguage } from './language.ts';
import { send, sendText } from './reply.ts';
import type { Site } from './site.ts';
import type { Target } from './target.ts';

/** What sirv leaves without a type, or without saying that we write UTF-8. */
const types: Record<string, string> = {
	'': 'text/plain;charset=utf-8',
	'.csv': 'text/csv;charset=utf-8',
	'.estrategy': 'application/zip',
	'.md': 'text/markdown;charset=utf-8',
	'.txt': 'text/plain;charset=utf-8',
	'.webmanifest': 'application/manifest+json'
};

/**
 * Addresses that lead to the reader's language, and what follows that. A phone's code for a room has none:
 * forty people in one room read three languages. The key behind `#` survives a redirect, unseen by us.
 */
const withoutLanguage = new Map([
	['/', ''],
	['/room/', 'room/'],
	['/room', 'room/']
]);

type Answer = (request: IncomingMessage, response: ServerResponse, target: Target) => void;

/** Answers reading requests for anything that is not the API. */
export function serveSite(site: Site): Answer {
	const stream = sirv(site.folder, { brotli: true, etag: true, extensions: [], gzip: true });

	return (request, response, { path, query }) => {
		const behind = withoutLanguage.get(path);
		if (behind !== undefined) {
			const code = chooseLanguage(request.headers['accept-language'], site.languages);
			const vary = { vary: 'Accept-Language' };
			return redirect(response, 302, `/${code}/${behind}${query}`, vary);
		}
		const file = path.slice(1) + (path.endsWith('/') ? 'index.html' : '');
		if (!site.files.has(file)) {
			if (!site.files.has(`${file}/index.html`)) return missing(request, response, site);
			return redirect(response, 308, `${encodeURI(path)}/${query}`);
		}
		response.setHeader('cache-control', lifeOf(file));
		response.setHeader('content-security-policy', policyOf(file, site.policies));
		// A 304 carries no other headers of sirv's, and a shared cache has to know.
		response.setHeader('vary', 'Accept-Encoding');
		const type = types[extname(file)];
		if (type) response.setHeader('content-type', type);
		request.url = `/${encodeURI(file)}`;
		tame(request, response);
		if (isHashed(file)) lighten(response);
		stream(request, response, () => missing(request, response, site));
	};
}

/** How long a copy may be used without asking: for ever where the name changes with the bytes. */
export function lifeOf(file: string): string {
	return isHashed(file) ? 'public, max-age=31536000, immutable' : 'no-cache';
}

/**
 * A name that is no hash must never pass for one, or a correction would not arrive for a year. So a
 * hash of content has hexadecimal letters and digits: neither `20261122` nor `facade` will do.
 */
function isHashed(file: string): boolean {
	if (file.startsWith('_app/immutable/')) return true;
	const hash = /^content\/.*[.-]([0-9a-f]{8,64})\.\w+$/.exec(file)?.[1];
	return hash !== undefined && /\d/.test(hash) && /[a-f]/.test(hash);
}

/**
 * What sirv 3 does not expect: a range such as `bytes=5-2` makes it throw, a file that vanishes under
 * a running server ends the process, and a reader who leaves keeps the file open.
 */
function tame(request: IncomingMessage, response: ServerResponse): void {
	// HTTP/1.1 keeps the line open unasked; on a slow one each of these heads costs a millisecond.
	response.removeHeader('connection');
	delete request.headers.range;
	response.on('pipe', (source) => {
		source.on('error', () => response.destroy());
		response.on('close', () => source.destroy());
	});
}

/**
 * A name that changes with the bytes is never compared again: its etag and date are dead weight. And it
 * is no document (those have names of their own), so what a document may do need not be said: on a
 * first visit over 2G the ten heads of a page's scripts are a third of a second.
 */
function lighten(response: ServerResponse): void {
	response.removeHeader('permissions-policy');
	response.removeHeader('cross-origin-opener-policy');
	const writeHead = response.writeHead.bind(response);
	response.writeHead = ((status: number, headers: Record<string, string> = {}) => {
		const { ETag: _etag, 'Last-Modified': _date, ...sent } = headers;
		return writeHead(status, sent);
	}) as typeof response.writeHead;
}

function redirect(
	response: ServerResponse,
	status: 302 | 308,
	location: string,
	headers: Record<string, string> = {}
): void {
	const always = { 'cache-control': 'no-cache', location };
	sendText(response, status, 'Moved.', { ...always, ...headers });
}

/** A person gets the page; a script that asks for a chunk gets a line. */
function missing(request: IncomingMessage, response: ServerResponse, site: Site): void {
	response.removeHeader('vary');
	response.removeHeader('content-type');
	const headers = { 'cache-control': 'no-cache', vary: 'Accept' };
	if (!site.notFound || !request.headers.accept?.includes('text/html')) {
		response.setHeader('content-security-policy', policyOf('', site.policies));
		return sendText(response, 404, 'Not found.', headers);
	}
	response.setHeader('content-security-policy', policyOf('404.html', site.policies));
	send(response, { status: 404, type: 'text/html;charset=utf-8', body: site.notFound, headers });
}
