import { keepFields } from '../../operations/records';

/** The fields that most workflows need, out of a dozen. */
export const simpleChannel = keepFields('id', 'name', 'channelType', 'description', 'botId', 'dateCreated');
