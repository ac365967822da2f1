/** A time zone where it is currently about noon. */
export function zoneAtNoon(now = new Date()): string {
	// The signs in these names are inverted.
	const behind = now.getUTCHours() - 12;
	return `Etc/GMT${behind >= 0 ? '+' : ''}${behind}`;
}
