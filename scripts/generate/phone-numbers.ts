// The phone number formats of each country, from Google's metadata in libphonenumber-js, because the package itself may
// have no dependencies.
import type { CountryCode } from 'libphonenumber-js/core';
import { Metadata } from 'libphonenumber-js/core';
import metadata from 'libphonenumber-js/metadata.max.json';

/** What libphonenumber-js has about a country or, by calling code, about a service without a country. */
interface NumberingPlan {
	callingCode(): string;
	IDDPrefix(): string | null;
	possibleLengths(): number[];
	nationalNumberPattern(): string;
	nationalPrefixForParsing(): string | null;
	nationalPrefixTransformRule(): string | null;
	leadingDigits(): string | null;
}

/** One row of the table; see nodes/transport/numberingPlans.ts for the meaning of each part. */
function rowOf(plan: NumberingPlan, name: string): string {
	const parts = [
		name,
		plan.callingCode(),
		plan.possibleLengths().join(),
		plan.IDDPrefix(),
		plan.nationalPrefixForParsing(),
		plan.nationalPrefixTransformRule(),
		plan.leadingDigits(),
		plan.nationalNumberPattern(),
	];
	return parts.map((part) => part || '').join(';');
}

/**
 * The table of all countries by ISO code, and of services without a country by calling code. Countries that share a
 * calling code are in the order of lookup.
 */
export function phoneNumbers(): Record<string, string> {
	const names = new Intl.DisplayNames('en-US', { type: 'region' });
	// In title case, as n8n's linter requires for choices.
	const nameOf = (country: string) => names.of(country)!.replace(' da ', ' Da ');
	const all = new Metadata(metadata);
	const planOf = (key: string) => {
		all.selectNumberingPlan(key as CountryCode);
		return all.numberingPlan as unknown as NumberingPlan;
	};
	const countries = Object.values(metadata.country_calling_codes).flat();
	const services = Object.keys(metadata.nonGeographic);
	return Object.fromEntries([
		...countries.map((country) => [country, rowOf(planOf(country), nameOf(country))]),
		...services.map((code) => [`+${code}`, rowOf(planOf(code), '')]),
	]);
}
