/**
 * The value of a resource locator (a field where you choose from a list or enter an ID), in any of its modes. The value
 * of any other field is returned as it is.
 */
export function chosenValue(raw: unknown): unknown {
	const isLocator = typeof raw === 'object' && raw !== null && '__rl' in raw && 'value' in raw;
	return isLocator ? raw.value : raw;
}
