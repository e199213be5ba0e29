export function clusters(contacts) {
  const parent = new Map([...contacts.keys()].map((name) => [name, name]));
  const find = (name) => {
    let root = name;
    while (parent.get(root) !== root) root = parent.get(root);
    parent.set(name, root);
    return root;
  };
  const seen = new Map();
  for (const [name, marks] of contacts) {
    for (const mark of marks) {
      if (seen.has(mark)) parent.set(find(name), find(seen.get(mark)));
      seen.set(mark, name);
    }
  }
  const groups = new Map();
  for (const name of contacts.keys()) {
    const root = find(name);
    groups.set(root, (groups.get(root) ?? []).concat(name));
  }
  return [...groups.values()].map((group) => group.sort((a, b) => a.localeCompare(b)));
}
