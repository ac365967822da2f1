/** A map of limited size: a new entry replaces the one that was set longest ago. */
export class RecentMap<Value> extends Map<string, Value> {
	/** @param limit maximum number of entries */
	constructor(private readonly limit: number) {
		super();
	}

	override set(key: string, value: Value): this {
		this.delete(key);
		super.set(key, value);
		if (this.size > this.limit) this.delete(this.keys().next().value!);
		return this;
	}
}
