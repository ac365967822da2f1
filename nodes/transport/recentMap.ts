/** A map of limited size: a new entry takes the place of the one that was set longest ago. */
export class RecentMap<Value> extends Map<string, Value> {
	/** @param limit how many entries are kept at most */
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
