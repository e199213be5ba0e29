// Control characters but tab and newline, and those that turn the direction of text.
const unprintable = /[\0-\x08\x0B-\x1F\x7F-\x9F\u200E\u200F\u202A-\u202E\u2066-\u2069]/g;

/** Text of a candidate, made harmless for a terminal: what it could steer the terminal with is spelt out. */
export function printable(text: string): string {
  return text.replace(unprintable, (character) => {
    return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
  });
}
