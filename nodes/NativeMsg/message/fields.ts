/** What of messages the bots need that send them: the composer's own fields, and what their content is judged by. */
export { buttonRows, quickReplyRows } from './buttonFields';
export { channelFindings } from './channelLimits';
export { media, text } from './composerFields';
export { mediaTypeOf } from './mediaType';
