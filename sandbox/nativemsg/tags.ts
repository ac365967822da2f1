import type { OperationHandler, OperationInput } from '../contract';
import type { Account } from './state';

interface TagsBody {
	tags?: string[];
	tagIds?: number[];
}

/** Requests 26 to 30 of the reference. */
export function tagOperations(account: Account): Record<string, OperationHandler> {
	const { humans, tags } = account;
	return {
		'GET /humans/{human_id}/tags': ({ params }) =>
			[...humans.get(params.human_id).tagIds].map((id) => tags.get(id)),

		'POST /humans/{human_id}/tags/assign': ({ params, body }: OperationInput<TagsBody>) => {
			const human = humans.get(params.human_id);
			const ids = tagIdsOf(account, [...(body.tags ?? []), ...(body.tagIds ?? [])]);
			for (const id of ids) human.tagIds.add(id);
			return { code: 200, message: `Tags were successfully assigned to human #${human.id}.` };
		},

		// An unknown name isn't an error here: it is a tag that no one has.
		'POST /humans/{human_id}/tags/unassign': ({ params, body }: OperationInput<TagsBody>) => {
			const human = humans.get(params.human_id);
			tags.requireAll(body.tagIds ?? []);
			const named = tags.list().filter(({ name }) => body.tags?.includes(name));
			for (const id of [...named.map((tag) => tag.id), ...(body.tagIds ?? [])]) human.tagIds.delete(id);
			return { code: 200, message: `Tags were successfully unassigned from human #${human.id}.` };
		},
	};
}

/**
 * IDs of tags given by ID (number) or by name (string); a new name creates a tag.
 *
 * @throws ApiError 422 for an unknown ID, before any tag is created
 */
export function tagIdsOf(account: Account, references: Array<number | string>): number[] {
	account.tags.requireAll(references.filter((reference) => typeof reference === 'number'));
	return references.map((reference) =>
		typeof reference === 'number' ? reference : account.tagNamed(reference).id,
	);
}
