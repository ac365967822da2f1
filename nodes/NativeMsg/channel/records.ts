import { keepFields } from '../../operations/records';

/** What most workflows need of the dozen fields of a channel. */
export const simpleChannel = keepFields('id', 'name', 'channelType', 'description', 'botId', 'dateCreated');
