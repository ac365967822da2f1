import type { INodeProperties } from 'n8n-workflow';
import { rowsTitledBy } from '../../operations/commonFields';
import { buttonRows, singleButton } from './buttonFields';

const cardTitle: INodeProperties = {
	displayName: 'Title',
	name: 'title',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. Summer Shoes',
	description: 'Up to 80 characters',
};

const cardSubtitle: INodeProperties = {
	displayName: 'Subtitle',
	name: 'subtitle',
	type: 'string',
	default: '',
	placeholder: 'e.g. From $49',
	description: 'Up to 80 characters',
};

const cardImage: INodeProperties = {
	displayName: 'Image URL',
	name: 'imageUrl',
	type: 'string',
	default: '',
	placeholder: 'e.g. https://example.com/shoes.png',
	typeOptions: { showEvenWhenOptional: true },
};

/** The URL of the API's Default Action object, whose type is always `weburl`. */
const cardLink: INodeProperties = {
	displayName: 'Link URL',
	name: 'payload',
	type: 'string',
	default: '',
	placeholder: 'e.g. https://example.com/shoes',
	description: 'The page that opens when someone taps the card',
};

/** All settings that the reference lists for a rich card. The descriptions say where each applies. */
const richCard: INodeProperties = {
	displayName: 'Rich Card',
	name: 'richCard',
	type: 'collection',
	placeholder: 'Add Setting',
	default: {},
	description: 'Makes title, media, and text one RCS card. Without settings, the defaults apply.',
	options: [
		{
			displayName: 'Card Orientation',
			name: 'cardOrientation',
			type: 'options',
			options: [
				{ name: 'Horizontal', value: 'HORIZONTAL' },
				{ name: 'Vertical', value: 'VERTICAL' },
			],
			default: 'VERTICAL',
			description: 'For a single card, not for carousels',
		},
		{
			displayName: 'Card Width',
			name: 'cardWidth',
			type: 'options',
			options: [
				{ name: 'Medium', value: 'MEDIUM' },
				{ name: 'Small', value: 'SMALL' },
			],
			default: 'MEDIUM',
			description: 'Applies to all cards of a carousel. Set it on the message.',
		},
		{
			displayName: 'Content Description',
			name: 'contentDescription',
			type: 'string',
			default: '',
			placeholder: 'e.g. A pair of red running shoes',
			description: 'What the media shows, for screen readers',
		},
		{
			displayName: 'Force Refresh',
			name: 'forceRefresh',
			type: 'boolean',
			default: true,
			description:
				'Whether to fetch the media again instead of using the copy that nativeMsg keeps for 30 days',
		},
		{
			displayName: 'Image Alignment',
			name: 'imageAlignment',
			type: 'options',
			options: [
				{ name: 'Left', value: 'LEFT' },
				{ name: 'Right', value: 'RIGHT' },
			],
			default: 'LEFT',
			description: 'For a single horizontal card',
		},
		{
			displayName: 'Media Height',
			name: 'mediaHeight',
			type: 'options',
			options: [
				{ name: 'Medium', value: 'MEDIUM' },
				{ name: 'Short', value: 'SHORT' },
				{ name: 'Tall', value: 'TALL' },
			],
			default: 'MEDIUM',
			description: 'For a vertical single card (default Tall) or the cards of a carousel (default Medium)',
		},
		{
			displayName: 'Thumbnail URL',
			name: 'thumbnailUrl',
			type: 'string',
			default: '',
			placeholder: 'e.g. https://example.com/shoes-small.png',
		},
	],
};

/** Settings that don't apply to each kind, according to the reference. */
const MEANINGLESS_FOR = {
	singleCard: ['cardWidth'],
	carousel: ['cardOrientation', 'imageAlignment'],
	cardOfCarousel: ['cardOrientation', 'cardWidth', 'imageAlignment'],
};

/** The settings of a single card, of all cards in a carousel, or of one of them. */
export function cardSettings(kind: keyof typeof MEANINGLESS_FOR): INodeProperties {
	const others = MEANINGLESS_FOR[kind];
	const options = (richCard.options as INodeProperties[]).filter(({ name }) => !others.includes(name));
	return { ...richCard, options };
}

/** Cards show title and image at first; other fields can be added. */
const cardRows = { ...rowsTitledBy('title'), sortable: true, hideOptionalFields: true };

export const carouselRows: INodeProperties = {
	displayName: 'Carousel',
	name: 'carousel',
	type: 'fixedCollection',
	typeOptions: { ...cardRows, addOptionalFieldButtonText: 'Add to Card' },
	placeholder: 'Add Card',
	default: { card: [{ title: '' }] },
	description: '1 to 10 cards to swipe through',
	options: [
		{
			displayName: 'Card',
			name: 'card',
			values: [
				cardTitle,
				cardSubtitle,
				cardImage,
				{
					displayName: 'Additional Fields',
					name: 'additionalFields',
					type: 'collection',
					placeholder: 'Add Field',
					default: {},
					options: [{ ...buttonRows, description: 'Up to 3' }, cardLink, cardSettings('cardOfCarousel')],
				},
			],
		},
	],
};

export const listRows: INodeProperties = {
	displayName: 'List',
	name: 'list',
	type: 'fixedCollection',
	typeOptions: { ...cardRows, addOptionalFieldButtonText: 'Add to Entry' },
	placeholder: 'Add Entry',
	default: { entry: [{ title: '' }, { title: '' }] },
	description: '2 to 4 entries',
	options: [
		{
			displayName: 'Entry',
			name: 'entry',
			values: [
				cardTitle,
				cardSubtitle,
				cardImage,
				{
					displayName: 'Additional Fields',
					name: 'additionalFields',
					type: 'collection',
					placeholder: 'Add Field',
					default: {},
					options: [singleButton, cardLink],
				},
			],
		},
	],
};
