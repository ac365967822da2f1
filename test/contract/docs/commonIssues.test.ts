import { pages, textOf } from '../../support/docs';
import { useFixture } from '../../support/fixture';
import { useKeptByN8n } from '../../support/keptByN8n';
import { situations } from './situations';
import { triggerSituations } from './triggerSituations';

/** The texts that a page quotes in the headings of its common issues. */
function quotedIn(page: string): string[] {
	const [, issues = ''] = textOf(page).split('\n## Common issues\n');
	const headings = issues.match(/^### .*/gm) ?? [];
	return headings.map((heading) => /^### `(.*)`$/.exec(heading)?.[1] ?? `not quoted: ${heading}`);
}

const all = { ...situations, ...triggerSituations };
const fixture = useFixture({ stepMs: 0 });
useKeptByN8n();

const withoutItem = (text: string) => text.replace(/ \[item \d+\]$/, '');

/** The pattern for a quoted text: `…` matches anything. */
function patternOf(quoted: string): RegExp {
	const parts = quoted.split('…').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
	return new RegExp(`^${parts.join('.+')}$`, 's');
}

it('the docs quote exactly the messages that the test situations produce', () => {
	const quoted = pages.flatMap(quotedIn);
	expect([...new Set(quoted)].sort()).toEqual(Object.keys(all).sort());
});

it('each page about a node, a resource, or the credential has a section on common issues', () => {
	const described = pages.filter((page) => /\/|^credential|^trigger/.test(page));
	expect(described.filter((page) => quotedIn(page).length === 0)).toEqual([]);
});

test.each(Object.entries(all))('the user gets the message: %s', async (quoted, situation) => {
	const texts = (await situation(fixture)).flatMap((text) => text ?? []).map(withoutItem);
	expect(texts).toContainEqual(expect.stringMatching(patternOf(quoted)));
});
