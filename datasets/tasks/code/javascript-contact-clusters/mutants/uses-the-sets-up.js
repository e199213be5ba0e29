export function clusters(contacts) {
  const result = [];
  const left = new Set(contacts.keys());
  const holders = new Map();
  for (const [name, marks] of contacts) {
    for (const mark of marks) {
      if (!holders.has(mark)) holders.set(mark, []);
      holders.get(mark).push(name);
    }
  }
  for (const start of contacts.keys()) {
    if (!left.delete(start)) continue;
    const group = [start];
    for (const name of group) {
      for (const mark of contacts.get(name)) {
        contacts.get(name).delete(mark);
        for (const other of holders.get(mark)) {
          if (left.delete(other)) group.push(other);
        }
      }
    }
    result.push(group.sort());
  }
  return result;
}
