export function clusters(contacts) {
  let groups = [...contacts].map(([name, marks]) => ({ names: [name], marks: new Set(marks) }));
  let merged = true;
  while (merged) {
    merged = false;
    outer: for (let i = 0; i < groups.length; i++) {
      for (let j = i + 1; j < groups.length; j++) {
        if ([...groups[j].marks].some((mark) => groups[i].marks.has(mark))) {
          groups[i] = {
            names: [...groups[i].names, ...groups[j].names],
            marks: new Set([...groups[i].marks, ...groups[j].marks]),
          };
          groups = groups.filter((_, index) => index !== j);
          merged = true;
          break outer;
        }
      }
    }
  }
  return groups.map(({ names }) => names.sort());
}
