/**
 * The part of the npm package sqlite3 that n8n's database layer uses, built on Node's own SQLite, for machines where
 * sqlite3's native module can't be downloaded or compiled. The installer replaces that package's main file with it, so it
 * depends on nothing but Node 24. Parameters are positional. Queries block the event loop, but results are still reported
 * later, as in sqlite3.
 */
const { DatabaseSync } = require('node:sqlite');
const { setImmediate } = require('node:timers');

const OPEN_READONLY = 1;

/** SQLite's primary result codes; the index is the number. See https://www.sqlite.org/rescode.html */
const CODES = (
	'OK ERROR INTERNAL PERM ABORT BUSY LOCKED NOMEM READONLY INTERRUPT IOERR CORRUPT NOTFOUND FULL CANTOPEN ' +
	'PROTOCOL EMPTY SCHEMA TOOBIG CONSTRAINT MISMATCH MISUSE NOLFS AUTH FORMAT RANGE NOTADB'
).split(' ');
const MISUSE = CODES.indexOf('MISUSE');

/** sqlite3's defaults, where Node's differ. */
const SETTINGS = {
	enableForeignKeyConstraints: false,
	enableDoubleQuotedStringLiterals: true,
	// n8n's migrations edit the schema table.
	defensive: false,
	// In ms: how long to wait while another process holds the lock.
	timeout: 1000,
	// Node refuses to read an integer above 2^53 as a number.
	readBigInts: true,
};

/** A connection. Each method takes its callback last and passes it an error or null, then the rows, if any. */
class Database {
	#connection;

	/** Takes a file and, optionally, OPEN_* flags and a callback. */
	constructor(file, ...rest) {
		const [callback, flags = 0] = rest.reverse();
		const readOnly = Boolean(flags & OPEN_READONLY);
		this.#connection = new DatabaseSync(file, { ...SETTINGS, readOnly, open: false });
		report(callback, () => this.#connection.open());
	}

	/** Takes a statement and, optionally, an array of parameters; `lastID` and `changes` are in the callback's `this`. */
	run(sql, ...rest) {
		const [callback, parameters = []] = rest.reverse();
		report(callback, () => {
			const done = this.#connection.prepare(sql).run(...parameters.map(toBound));
			return { statement: { lastID: Number(done.lastInsertRowid), changes: Number(done.changes) } };
		});
		return this;
	}

	/** Takes a query and, optionally, an array of parameters. */
	all(sql, ...rest) {
		const [callback, parameters = []] = rest.reverse();
		report(callback, () => {
			const rows = this.#connection.prepare(sql).all(...parameters.map(toBound));
			return { rows: rows.map(toPlainRow) };
		});
		return this;
	}

	close(callback) {
		report(callback, () => this.#connection.close());
		return this;
	}
}

/**
 * Works immediately, but calls back after the caller has returned, as callers expect. Without a callback, errors are
 * thrown.
 */
function report(callback, work) {
	let result;
	let error = null;
	try {
		result = work();
	} catch (cause) {
		error = toSqlite3Error(cause);
	}
	setImmediate(() => {
		if (callback) callback.call(result?.statement ?? {}, error, result?.rows);
		else if (error) throw error;
	});
}

/** Node's error has SQLite's extended code, or none if Node itself refuses the call. */
function toSqlite3Error({ errcode = MISUSE, message }) {
	const errno = errcode & 0xff;
	const code = `SQLITE_${CODES[errno]}`;
	return Object.assign(new Error(`${code}: ${message}`), { errno, code });
}

/** A JavaScript value as sqlite3 binds it. */
function toBound(value) {
	switch (typeof value) {
		case 'undefined':
			return null;
		case 'boolean':
			return value ? 1n : 0n;
		case 'number':
			// Node binds every number as a float, which a text column would keep as "1.0".
			return value === (value | 0) ? BigInt(value) : value;
		case 'object':
			if (value === null || ArrayBuffer.isView(value)) return value;
			return value instanceof Date ? value.getTime() : '[object Object]';
		default:
			return value;
	}
}

/** A row as sqlite3 returns it: a plain object with numbers and Buffers. */
function toPlainRow(row) {
	const plain = { ...row };
	for (const [name, value] of Object.entries(plain)) {
		if (typeof value === 'bigint') plain[name] = Number(value);
		else if (value instanceof Uint8Array)
			plain[name] = Buffer.from(value.buffer, value.byteOffset, value.length);
	}
	return plain;
}

module.exports = {
	Database,
	OPEN_READONLY,
	OPEN_READWRITE: 2,
	OPEN_CREATE: 4,
	OPEN_URI: 64,
	verbose: () => module.exports,
};
