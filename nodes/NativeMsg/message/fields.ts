/** What bots need for sending messages: the composer's fields, and the checks of their content. */
export { buttonRows, quickReplyRows } from './buttonFields';
export { channelFindings } from './channelLimits';
export { media, text } from './composerFields';
export { mediaTypeOf } from './mediaType';
