import type { IDataObject } from 'n8n-workflow';
import { SECRET, useTrigger } from '../support/triggerFixture';

const ALL = ['inboundMessage', 'postback', 'deliveryReport', 'read', 'other'];

describe('a filter of the trigger', () => {
	const fixture = useTrigger('nativeMsg', { events: ALL });
	const nativeMsg = [
		{ id: 1, channelId: 601, humandId: 540, messageType: 'I', message: { text: 'Where is Order  17?' } },
		{ id: 2, channelId: 602, humandId: 541, messageType: 'I', message: { text: 'UNSUBSCRIBE' } },
		{ id: 3, channelId: 601, humandId: 541, messageType: 'O', status: 'F', message: {} },
		{ id: 4, channelId: 603, humandId: 542, messageType: 'O', status: 'D', message: { text: 'help' } },
		{ id: 5, channelId: 604, messageType: 'I', message: { text: '\u201cYes\u201d\u2026' } },
		{ id: 6, channelId: 604, messageType: 'I', message: { text: 'Book', payload: 'BOOK_TABLE' } },
		{ id: 7, channelId: 604, messageType: 'I', message: { text: 'No more', payload: 'opt-out' } },
		{ id: 8, channelId: 604, messageType: 'I', message: { text: ' \u{1f44d}' } },
	];

	test.each<[string, IDataObject, number[]]>([
		['no filter', {}, [1, 2, 3, 4, 5, 6, 7, 8]],
		['channels', { channels: ' 602 ,603' }, [2, 4]],
		['a human', { senders: '541' }, [2, 3]],
		['statuses, whatever the case', { statuses: 'Failed' }, [3]],
		['a keyword and its synonyms', { keywords: 'stop' }, [2, 7]],
		['the word itself', { keywords: 'unsubscribe, HELP' }, [2, 4]],
		['a word written in another way', { keywords: '“Help!”' }, [4]],
		['a word that a person put something around', { keywords: 'yes' }, [5]],
		['the payload of a button', { keywords: 'book_table' }, [6]],
		['a keyword without a letter among others, and events without a text', { keywords: '!!, yes' }, [5]],
		['an emoji', { keywords: '\u{1f44d}' }, [8]],
		['a pattern', { pattern: '^where .*order\\s+\\d+' }, [1]],
		['a pattern for events without a text', { pattern: '^$' }, [3]],
		['several filters at once', { channels: '601', statuses: 'failed' }, [3]],
		['a filter that nothing fits', { channels: '9' }, []],
	])('lets the right events through, given %s', async (_name, filters, ids) => {
		const { trigger, deliver } = fixture;
		trigger.parameters = { events: ALL, filters: filters as never };
		await trigger.activate();
		expect(await deliver({ url: trigger.url, secret: SECRET, event: nativeMsg })).toMatchObject({
			status: 200,
		});
		expect(trigger.items().map(({ messageId }) => Number(messageId))).toEqual(ids);
		expect(trigger.executions).toHaveLength(ids.length > 0 ? 1 : 0);
	});

	test('lets words of your own through as STOP and START', async () => {
		const { trigger, deliver } = fixture;
		const options = { optOutWords: 'BAJA, no more', optInWords: 'alta\noui' };
		trigger.parameters = { events: ALL, filters: { keywords: 'STOP, START' }, options };
		await trigger.activate();
		const texts = ['Baja!', '\u201cNo more\u201d', 'Oui', 'Alto'];
		const event = texts.map((text, id) => ({ id, messageType: 'I', message: { text } }));
		await deliver({ url: trigger.url, secret: SECRET, event });
		expect(trigger.items().map(({ keyword }) => keyword)).toEqual(['STOP', 'STOP', 'START']);
	});

	test('does not make an event a duplicate if it kept the event out', async () => {
		const { trigger, deliver } = fixture;
		await trigger.activate();
		const order = { url: trigger.url, secret: SECRET, event: nativeMsg[0] };
		trigger.parameters = { events: ALL, filters: { channels: '9' } };
		await deliver(order);
		trigger.parameters = { events: ALL };
		await deliver(order);
		expect(trigger.items()).toHaveLength(1);
	});

	describe('that selects senders', () => {
		const ott = useTrigger('nativeMessage', { events: ['inboundMessage'] });

		test.each([
			['+1 (201) 555-0123', '+12015550123', true],
			['1.201.555.0123, +12015550199', '+12015550199', true],
			['+12015550123', '+12015550124', false],
			['ACME', 'Acme', true],
			['ACME', ' Acme ', true],
			['acme1', 'ACME1', true],
			['1acme', '1ACME', true],
			['ACME', 'OTHER', false],
			['0012015550123', '+12015550123', true],
			['+44 (0)20 7946 0958', '442079460958', true],
			['\u202a+12015550123\u202c', '+12015550123', true],
			['+12015550123', '\u200e+12015550123', true],
			['AC\u200bME', 'Acme', true],
			['+1\u2013201\u2013555\u20130123', '+12015550123', true],
			['\uff0b\uff11 201 555 0123', '+12015550123', true],
			['+12015550123', '0012015550123', true],
			['+442079460958', '+44 (0)20 7946 0958', true],
			['+12015550123', '+1\u2011201\u2011555\u20110123', true],
			['+12015550123', '', false],
			['020\u20117946\u20110958', '02079460958', true],
			['020 7946 0958', '+442079460958', false],
		])('compares the filter %j with the sender %j', async (senders, source, fits) => {
			const { trigger } = ott;
			trigger.parameters = { events: ['inboundMessage'], filters: { senders } };
			await trigger.activate();
			const [{ id }] = ott.sandbox.webhooks.subscriptions();
			await ott.deliver({
				subscriptionId: id,
				event: { event: 'mo', message_id: '1', source, content: 'Hello' },
			});
			expect(trigger.items()).toHaveLength(fits ? 1 : 0);
		});

		test.each([
			['of the credential', 'GB', {}, true],
			['of the node instead of the one of the credential', 'US', { defaultCountry: 'GB' }, true],
			['of the node, which is none', 'GB', { defaultCountry: '' }, false],
		])('reads national numbers in the Default Country %s', async (_which, country, options, fits) => {
			const { apiKey, ottBaseUrl: nativeMessageUrl } = ott.sandbox;
			const authentication = 'apiKey';
			const credential = { service: 'nativeMessage', authentication, apiKey, nativeMessageUrl };
			const trigger = await ott.start({ credential: { ...credential, defaultCountry: country } });
			trigger.parameters = {
				events: ['inboundMessage'],
				filters: { senders: '020 7946 0958, (615) 555-0182' },
				options,
			};
			await trigger.activate();
			const [{ id }] = ott.sandbox.webhooks.subscriptions();
			const event = { event: 'mo', message_id: '1', source: '+442079460958', content: 'Hello' };
			await ott.deliver({ subscriptionId: id, event });
			expect(trigger.items()).toHaveLength(fits ? 1 : 0);
		});
	});
});
