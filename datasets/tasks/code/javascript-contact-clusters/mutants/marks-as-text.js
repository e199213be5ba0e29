export function clusters(contacts) {
  const parent = {};
  const find = (name) => (parent[name] === name ? name : find(parent[name]));
  const owner = {};
  for (const [name, marks] of contacts) {
    parent[name] = name;
    for (const mark of marks) {
      if (mark in owner) parent[find(name)] = find(owner[mark]);
      else owner[mark] = name;
    }
  }
  const groups = {};
  for (const name of contacts.keys()) {
    const root = find(name);
    groups[root] ??= [];
    groups[root].push(name);
  }
  return Object.values(groups).map((group) => group.sort());
}
