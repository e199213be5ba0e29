// Control characters but tab and newline, and those that turn the direction of text.
const unprintable = /(?![\t\n])[\p{Cc}\p{Bidi_Control}]/gu;

/** Text of a candidate, made harmless for a terminal: what it could steer the terminal with is spelt out. */
export function printable(text: string): string {
  return text.replace(unprintable, (character) => {
    return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
  });
}
