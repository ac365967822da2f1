import { isSafeObjectProperty } from 'n8n-workflow';
import { isAbsent, isObject } from '../../transport/json';
import { RecentMap } from '../../transport/recentMap';

/** What references resolve to. */
export interface Sources {
	/** The fields of the item. */
	json: unknown;
	/** The fields of the paired item of another node. @throws if n8n can't determine that item */
	jsonOf(nodeName: string): unknown;
}

/** Marks an expression that n8n has to evaluate. */
export const LEFT = Symbol('left to n8n');
/** n8n treats code that throws a TypeError, such as a property of null, as if it were empty. */
const TYPE_ERROR = Symbol('TypeError');

/** A property access, or a method call. */
interface Link {
	name: string;
	isCall: boolean;
	isOptional: boolean;
}

type Operand = { literal: string } | { nodeName: string | undefined; links: Link[] };

/** The code between `{{` and `}}`. `||` selects the first truthy operand, `??` the first that isn't null or undefined. */
interface Code {
	operator: string | undefined;
	operands: Operand[];
}

const METHODS: Record<string, (text: string) => string> = {
	trim: (text) => text.trim(),
	toLowerCase: (text) => text.toLowerCase(),
	toUpperCase: (text) => text.toUpperCase(),
};

/** A quoted text without escapes. */
const QUOTED = String.raw`(?:"([^"\p{Cc}\p{Cs}\u2028\u2029]*)"|'([^'\p{Cc}\p{Cs}\u2028\u2029]*)')`;
/** `$json`, or `$('Name of a node').item.json`, as the editor writes them when you drag a field. */
const ROOT = new RegExp(String.raw`\$json|\$\(${QUOTED}\)\.item\.json`, 'uy');
const LINK = new RegExp(String.raw`(\?)?\.([A-Za-z_]\w*)(\(\))?|\[${QUOTED}\]`, 'uy');
const LITERAL = new RegExp(QUOTED, 'uy');
const OPERATOR = /\s*(\|\||\?\?)\s*/y;
const SPACE = /\s*/y;

/** Reads a text from the start. @returns a function that consumes the next match; it returns null if there is none */
function cursorOf(text: string): (pattern: RegExp) => RegExpExecArray | null {
	let position = 0;
	return (pattern) => {
		pattern.lastIndex = position;
		const match = pattern.exec(text);
		if (match) position = pattern.lastIndex;
		return match;
	};
}

type Take = ReturnType<typeof cursorOf>;

/** @returns undefined if there is none, or one that n8n treats specially */
function takeLinks(take: Take): Link[] | undefined {
	const links: Link[] = [];
	for (let match = take(LINK); match; match = take(LINK)) {
		const [, optional, dotted, call, double, single] = match;
		const name = dotted ?? double ?? single;
		const isCall = call !== undefined;
		if (isCall ? !Object.hasOwn(METHODS, name) : !isSafeObjectProperty(name) || name in {}) return undefined;
		links.push({ name, isCall, isOptional: optional !== undefined });
	}
	return links.length > 0 ? links : undefined;
}

function takeOperand(take: Take): Operand | undefined {
	const root = take(ROOT);
	if (root) {
		const links = takeLinks(take);
		return links && { nodeName: root[1] ?? root[2], links };
	}
	const literal = take(LITERAL);
	return literal ? { literal: literal[1] ?? literal[2] } : undefined;
}

/** @returns undefined if there is more than references, texts, and fallbacks */
function readCode(text: string): Code | undefined {
	const take = cursorOf(text);
	const operands: Operand[] = [];
	const operators = new Set<string>();
	take(SPACE);
	for (;;) {
		const operand = takeOperand(take);
		if (!operand) return undefined;
		operands.push(operand);
		const match = take(OPERATOR);
		if (!match) break;
		operators.add(match[1]);
	}
	take(SPACE);
	// Mixing both operators is a syntax error in JavaScript.
	if (!take(/$/y) || operators.size > 1) return undefined;
	return { operator: [...operators][0], operands };
}

/**
 * Splits an expression as n8n does.
 *
 * @returns alternating texts and code, starting and ending with a text; undefined if n8n has to evaluate it
 */
function readTemplate(expression: string): Array<string | Code> | undefined {
	// n8n unescapes what follows a backslash, and rejects anything that looks like a constructor.
	if (/\\|\.\s*constructor/.test(expression)) return undefined;
	const text = expression.slice(1);
	// n8n caches compiled expressions in a plain object, so a text like `toString` hits an inherited property.
	if (text in {}) return undefined;
	const [first, ...rest] = text.split('{{');
	const parts: Array<string | Code> = [first];
	for (const part of rest) {
		const end = part.indexOf('}}');
		const code = end === -1 ? undefined : readCode(part.slice(0, end));
		if (!code) return undefined;
		parts.push(code, part.slice(end + 2));
	}
	return parts;
}

/** Templates of the expressions seen so far; undefined for those that n8n has to evaluate. */
const known = new RecentMap<Array<string | Code> | undefined>(1_000);

function templateOf(expression: string): Array<string | Code> | undefined {
	if (!known.has(expression)) known.set(expression, readTemplate(expression));
	return known.get(expression);
}

const isPlain = (value: unknown) =>
	isAbsent(value) || typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value);

function valueOf(operand: Operand, { json, jsonOf }: Sources): unknown {
	if ('literal' in operand) return operand.literal;
	let value = operand.nodeName === undefined ? json : jsonOf(operand.nodeName);
	for (const { name, isCall, isOptional } of operand.links) {
		if (isAbsent(value)) return isOptional ? undefined : TYPE_ERROR;
		if (isCall) {
			if (typeof value !== 'string') return LEFT;
			value = METHODS[name](value);
		} else {
			if (!isObject(value) || (name in value && !Object.hasOwn(value, name))) return LEFT;
			value = value[name];
		}
	}
	return isPlain(value) ? value : LEFT;
}

function evaluate({ operator, operands }: Code, sources: Sources): unknown {
	let value: unknown;
	for (const operand of operands) {
		value = valueOf(operand, sources);
		if (value === TYPE_ERROR) return undefined;
		if (value === LEFT || (operator === '||' ? value : !isAbsent(value))) return value;
	}
	return value;
}

/**
 * Evaluates an expression that only combines item fields, texts, and fallbacks, such as
 * `=Hi {{ $json.name.trim() || 'there' }}`, to the same value as n8n's engine. That engine takes up to a millisecond per
 * expression (measured by `npm run bench`), which for thousands of items is most of the sending time.
 *
 * @param expression including its leading `=`
 * @returns a text, number, boolean, null, or undefined; LEFT for anything else, which n8n has to evaluate
 */
export function plainExpression(expression: string, sources: Sources): unknown {
	const parts = templateOf(expression);
	if (!parts) return LEFT;
	// Code without surrounding text keeps the type of its value.
	if (parts.length === 3 && parts[0] === '' && parts[2] === '') return evaluate(parts[1] as Code, sources);
	let text = '';
	for (const part of parts) {
		const value = typeof part === 'string' ? part : evaluate(part, sources);
		if (value === LEFT) return LEFT;
		text += String(value ?? '');
	}
	return text;
}
