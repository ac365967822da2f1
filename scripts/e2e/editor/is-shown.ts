import type { Locator } from '@playwright/test';

/** How much of an element must be visible; shadows and rounded edges don't count. */
const WHOLE = 0.95;

/**
 * The elements below `root` that contain a text, directly or as a field's value, and how much of each is visible, from 0
 * to 1. Unlike an element's position, this accounts for what a scrolled container or the window's edge cuts off.
 * Playwright's own locators don't see field values. Runs in the browser, so it can use nothing from outside, and no
 * function in it may have a name, because the transpiler would insert a helper for that.
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

/** Whether a text, in a field or not, is fully visible in a part of the page. */
export async function isShown(part: Locator, text: string): Promise<boolean> {
	return (await part.evaluate(sharesOf, text)).some((share) => share > WHOLE);
}
