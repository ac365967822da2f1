/** A time zone in which it is about noon now. */
export function zoneAtNoon(now = new Date()): string {
	// The signs of these names are the other way round.
	const behind = now.getUTCHours() - 12;
	return `Etc/GMT${behind >= 0 ? '+' : ''}${behind}`;
}
