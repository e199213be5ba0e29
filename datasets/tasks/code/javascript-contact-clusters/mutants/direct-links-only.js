export function clusters(contacts) {
  const groups = [];
  for (const [name, marks] of contacts) {
    const group = groups.find(({ all }) => [...marks].some((mark) => all.has(mark)));
    if (group) {
      group.names.push(name);
      for (const mark of marks) group.all.add(mark);
    } else {
      groups.push({ names: [name], all: new Set(marks) });
    }
  }
  return groups.map(({ names }) => names.sort());
}
