/** Whether nothing was given: what an untouched field or an expression without a result yields. */
export function isBlank(value: unknown): boolean {
	return value === undefined || value === null || value === '';
}

/** Whether an option is switched on; an expression may yield it as text. */
export function isOn(option: unknown): boolean {
	return option === true || option === 'true';
}
