/** What may hold braces that are none: comments, texts, and single quotes. What is not closed goes to its end. */
const opaque =
  /\/\/.*|\/\*[\s\S]*?(?:\*\/|$(?![\s\S]))|"(?:\\[\s\S]|[^"\\\n])*"?|'(?:\\[^\n]{1,8}?|[^'\\\n])'|`[^`]*`?/g;

/**
 * How many braces some code leaves open, in a language that writes comments and texts as C does.
 *
 * @example
 * openBraces('int f() { if (x) { return "}"; }'); // 1
 */
export function openBraces(code: string): number {
  let open = 0;
  for (const sign of code.replaceAll(opaque, '').match(/[{}]/g) ?? []) {
    open = sign === '{' ? open + 1 : Math.max(0, open - 1);
  }
  return open;
}
