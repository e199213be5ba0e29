/** A longer text is worked on anew each time: it would take room that many short ones could have. */
const longest = 4096;

/** The same function, which remembers what it made of the latest `most` texts. What it makes is shared and never changed. */
export function remembered<Made>(most: number, make: (text: string) => Made): (text: string) => Made {
  const known = new Map<string, Made>();
  return (text) => {
    if (text.length > longest) return make(text);
    const before = known.get(text);
    if (before !== undefined) return before;
    const made = make(text);
    if (known.size >= most) known.clear();
    known.set(text, made);
    return made;
  };
}
