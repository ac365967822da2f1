import type { Locator } from '@playwright/test';

/** How much of an element has to be seen, so that shadows and rounding at its edges don't count. */
const WHOLE = 0.95;

/**
 * The elements below `root` that hold a text, as their own or as a field's value, and how much of each is to be seen: from
 * 0 to 1. Unlike the position of an element, this counts what a scrolled container or the window's edge cuts off.
 * Playwright's own locators don't know the values of fields. Runs in the browser, so it can use nothing from outside; no
 * function in it may have a name, because the transpiler would call a helper of its own for that.
 */
async function sharesOf(root: HTMLElement | SVGElement, text: string): Promise<number[]> {
	const holding = Array.from(root.querySelectorAll<HTMLInputElement>('*')).filter((element) =>
		[element.value, element.textContent].some(
			(content) => typeof content === 'string' && content.includes(text),
		),
	);
	const closest = holding.filter((element) => !holding.some((other) => other.parentElement === element));
	return await Promise.all(
		closest.map(
			(element) =>
				new Promise<number>((resolve) =>
					new IntersectionObserver(([{ intersectionRatio }], observer) => {
						observer.disconnect();
						resolve(intersectionRatio);
					}).observe(element),
				),
		),
	);
}

/** Whether a text, in a field or not, is to be seen as a whole in a part of the page. */
export async function isShown(part: Locator, text: string): Promise<boolean> {
	return (await part.evaluate(sharesOf, text)).some((share) => share > WHOLE);
}
