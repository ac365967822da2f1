import { createHash } from 'node:crypto';
import { isLocal } from '../webhookRequest';

/** The result of fetching the media of an accepted message. */
export interface FetchedMedia {
	requestId: string;
	/** Null if there was no response. */
	status: number | null;
	/** Without parameters; null if there was none. */
	mimeType: string | null;
	bytes: number;
	/** Hex. */
	sha256: string;
}

const TIMEOUT_MS = 10_000;

/** Fetches media from this machine, like the service before it passes them on. */
export class MediaFetches {
	private fetches: Array<Promise<FetchedMedia>> = [];

	/** @param url of the media; ignored unless it is on this machine */
	add(requestId: string, url: unknown): void {
		if (typeof url === 'string' && isLocal(url)) this.fetches.push(fetchMedia(requestId, url));
	}

	/** In the order of the requests, once all have finished. */
	async list(): Promise<FetchedMedia[]> {
		return await Promise.all(this.fetches);
	}

	clear(): void {
		this.fetches = [];
	}
}

async function fetchMedia(requestId: string, url: string): Promise<FetchedMedia> {
	const nothing = { requestId, status: null, mimeType: null, bytes: 0, sha256: '' };
	try {
		const response = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(TIMEOUT_MS) });
		const content = Buffer.from(await response.arrayBuffer());
		return {
			requestId,
			status: response.status,
			mimeType: response.headers.get('content-type')?.split(';')[0] ?? null,
			bytes: content.length,
			sha256: createHash('sha256').update(content).digest('hex'),
		};
	} catch {
		return nothing;
	}
}
