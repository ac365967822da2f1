/** What a resource is called: `phoneNumber` becomes `Phone Number`. */
export function titleOf(resource: string): string {
	return resource.replace(/([A-Z])/g, ' $1').replace(/^./, (letter) => letter.toUpperCase());
}
