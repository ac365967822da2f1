/**
 * What was chosen in a field that offers a list beside entering the ID (n8n's resource locator), whichever way it was
 * chosen. The value of any other field is returned as it is.
 */
export function chosenValue(raw: unknown): unknown {
	const isLocator = typeof raw === 'object' && raw !== null && '__rl' in raw && 'value' in raw;
	return isLocator ? raw.value : raw;
}
