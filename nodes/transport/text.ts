/**
 * Soft hyphen, joiners, marks of the writing direction, and the byte order mark: what comes along when a value is copied
 * from a chat, a web page or a spreadsheet. Nobody sees them, and no phone number, ID, address or number has them.
 */
const INVISIBLE = /\u00ad|\u034f|\u061c|\u180e|[\u200b-\u200f\u202a-\u202e\u2060-\u206f]|\ufeff/g;

/**
 * A value without the marks that nobody sees. Only for what is no prose: an emoji may be held together by a joiner, and
 * Arabic or Hebrew text may need its marks.
 */
export const withoutInvisible = (text: string): string => text.replace(INVISIBLE, '');
