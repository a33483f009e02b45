/**
 * The server: one handler for every request, and the limits that a stranger meets first. Refusals come
 * before work: host, target, origin, method, then the API or a file.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { answerApi } from './api.ts';
import { securityHeaders } from './headers.ts';
import { logError } from './log.ts';
import type { Relay } from './relay/relay.ts';
import { isForeign, isReading } from './method.ts';
import { sendText } from './reply.ts';
import { Visitors } from './room.ts';
import type { Site } from './site.ts';
import { serveSite } from './static.ts';
import { parseTarget } from './target.ts';

export interface Service {
	site: Site;
	/** See `Config`. */
	origin: string | null;
	/** See `Config`. */
	host: string;
	version: string;
	/** Null: this server syncs nothing. */
	relay: Relay | null;
	/** Connections of one network address at once; what goes beyond is closed (F-52). */
	connections: number;
	/** Shorter ones are for tests, which cannot wait for minutes. */
	patience?: Patience;
}

/** How long a request may take to arrive, in ms (F-52). */
export interface Patience {
	headers: number;
	/** With its body. */
	request: number;
	/** Late requests are looked for this often: Node's own 30 s would add to both. */
	look: number;
}

/**
 * A client gives up a request after two minutes at the latest, and until then a slow line may well bring it. Only
 * who has a token may send a body for so long; what is read at once is bounded (`body.ts`), and so are connections.
 */
export const patience: Patience = { headers: 10_000, request: 130_000, look: 1_000 };

const limits = {
	maxHeaderSize: 16 * 1024,
	// Node's own answer to a missing Host would carry none of our headers.
	requireHostHeader: false,
	// A proxy keeps its connections for a minute, and must never send into one that we are closing.
	keepAliveTimeout: 65_000
};

/** A reader who takes nothing for so long is gone, and would keep a file and a socket open. */
const silence = 120_000;

/** A server that does not listen yet. */
export function createService(service: Service): Server {
	const always = securityHeaders(service.origin);
	const answerFile = serveSite(service.site);
	const busy = new WeakSet<Duplex>();
	const visitors = new Visitors();

	const answer = (request: IncomingMessage, response: ServerResponse) => {
		visitors.note(request);
		if (answerRelay(request, response)) return;
		for (const [name, value] of Object.entries(always)) response.setHeader(name, value);
		busy.add(request.socket);
		response.on('close', () => busy.delete(request.socket));
		// A refused body is not read to its end: the connection closes instead (F-51).
		if (!isReading(request)) response.setHeader('connection', 'close');
		try {
			route(request, response);
		} catch (error) {
			logError(error);
			if (response.headersSent) response.destroy();
			else
				sendText(response, 500, 'Something went wrong here. Nothing on your device is affected.');
		}
	};

	const route = (request: IncomingMessage, response: ServerResponse) => {
		const target = parseTarget(request.url ?? '');
		if (!target) return sendText(response, 400, 'This address is malformed.');
		if (request.httpVersion === '1.1' && request.headers.host === undefined) {
			return sendText(response, 400, 'The Host header is missing.');
		}
		if (!isReading(request) && isForeign(request, service.origin)) {
			return sendText(response, 403, 'Requests from another site are refused.');
		}
		if (/^\/api(\/|$)/.test(target.path)) {
			answerApi(response, target.path, service, visitors).catch((error: unknown) => {
				logError(error);
				response.destroy();
			});
			return;
		}
		if (!isReading(request)) {
			return sendText(response, 405, 'Only GET and HEAD are answered.', { allow: 'GET, HEAD' });
		}
		answerFile(request, response, target);
	};

	// It says its own headers: those of a page would weigh more than what it carries.
	const answerRelay = (request: IncomingMessage, response: ServerResponse): boolean => {
		const { relay } = service;
		const { url = '', headers } = request;
		if (!relay || !/^\/api\/sync(?![^/?])/.test(url) || headers.host === undefined) return false;
		const target = parseTarget(url);
		if (!target) return false;
		busy.add(request.socket);
		response.on('close', () => busy.delete(request.socket));
		void relay.answer(request, response, target);
		return true;
	};

	const { headers, request, look } = service.patience ?? patience;
	const times = {
		headersTimeout: headers,
		requestTimeout: request,
		connectionsCheckingInterval: look
	};
	const server = createServer({ ...limits, ...times }, answer);
	const connected = new Map<string, number>();
	server.on('connection', (socket) => {
		const from = socket.remoteAddress ?? '';
		const count = (connected.get(from) ?? 0) + 1;
		if (count > service.connections) return void socket.destroy();
		connected.set(from, count);
		socket.on('close', () => {
			const left = (connected.get(from) ?? 1) - 1;
			if (left) connected.set(from, left);
			else connected.delete(from);
		});
	});
	server.on('checkContinue', answer);
	server.on('checkExpectation', answer);
	server.setTimeout(silence);
	server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
		// A second answer in the middle of the first would read as part of it.
		if (busy.has(socket) || !socket.writable) return socket.destroy();
		socket.end(refusal(error.code, always), () => socket.destroy());
	});
	return server;
}

/** The answer to what never became a request: headers too large or too late, or no HTTP at all. */
function refusal(code: string | undefined, always: Record<string, string>): string {
	const status =
		{
			HPE_HEADER_OVERFLOW: '431 Request Header Fields Too Large',
			HPE_CHUNK_EXTENSIONS_OVERFLOW: '413 Payload Too Large',
			ERR_HTTP_REQUEST_TIMEOUT: '408 Request Timeout'
		}[code ?? ''] ?? '400 Bad Request';
	const lines = Object.entries({ ...always, connection: 'close', 'content-length': '0' });
	return [`HTTP/1.1 ${status}`, ...lines.map((line) => line.join(': ')), '', ''].join('\r\n');
}
