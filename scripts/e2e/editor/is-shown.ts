/**
 * Whether a text, be it of a field or not, is to be seen as a whole. Runs in the browser, so it can use nothing from
 * outside.
 *
 * @param {HTMLElement} root where to look
 * @param {string} text
 * @returns {Promise<boolean>}
 */
export async function isShown(root, text) {
	const holds = ({ value, textContent }) =>
		[value, textContent].some((content) => typeof content === 'string' && content.includes(text));
	const closest = [...root.querySelectorAll('*')].filter(
		(element) => holds(element) && ![...element.children].some(holds),
	);
	// Unlike the position of an element, this counts what a scrolled container or the window's edge cuts off.
	const shares = closest.map(
		(element) =>
			new Promise((resolve) => {
				const observer = new IntersectionObserver(([{ intersectionRatio }]) => {
					observer.disconnect();
					resolve(intersectionRatio);
				});
				observer.observe(element);
			}),
	);
	return (await Promise.all(shares)).some((share) => share > 0.95);
}
