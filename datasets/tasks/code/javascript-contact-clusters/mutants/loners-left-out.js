export function clusters(contacts) {
  const byMark = new Map();
  for (const [name, marks] of contacts) {
    for (const mark of marks) {
      if (!byMark.has(mark)) byMark.set(mark, []);
      byMark.get(mark).push(name);
    }
  }
  const seen = new Set();
  const result = [];
  for (const start of contacts.keys()) {
    if (seen.has(start)) continue;
    const group = [];
    const stack = [start];
    seen.add(start);
    while (stack.length > 0) {
      const name = stack.pop();
      group.push(name);
      for (const mark of contacts.get(name)) {
        for (const other of byMark.get(mark)) {
          if (seen.has(other)) continue;
          seen.add(other);
          stack.push(other);
        }
      }
    }
    if (contacts.get(start).size > 0) result.push(group.sort());
  }
  return result;
}
