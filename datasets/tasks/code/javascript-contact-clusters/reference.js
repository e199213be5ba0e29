export function clusters(contacts) {
  const leader = new Map();
  const find = (name) => {
    while (leader.get(name) !== name) {
      leader.set(name, leader.get(leader.get(name)));
      name = leader.get(name);
    }
    return name;
  };
  const firstWith = new Map();
  for (const [name, marks] of contacts) {
    leader.set(name, name);
    for (const mark of marks) {
      if (firstWith.has(mark)) leader.set(find(name), find(firstWith.get(mark)));
      else firstWith.set(mark, name);
    }
  }
  const groups = new Map();
  for (const name of contacts.keys()) {
    const first = find(name);
    if (!groups.has(first)) groups.set(first, []);
    groups.get(first).push(name);
  }
  return [...groups.values()].map((group) => group.sort());
}
