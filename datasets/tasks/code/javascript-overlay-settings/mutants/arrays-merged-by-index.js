const isGroup = (value) => typeof value === 'object' && value !== null;

function sameItems(one, other) {
  return (
    Array.isArray(one) &&
    Array.isArray(other) &&
    one.length === other.length &&
    one.every((item, index) => Object.is(item, other[index]))
  );
}

function fresh(patch) {
  const group = Array.isArray(patch) ? [] : {};
  overlay(group, patch);
  return group;
}

export function overlay(settings, patch, prefix = '') {
  const changed = [];
  for (const [key, value] of Object.entries(patch)) {
    const path = prefix + key;
    const present = Object.hasOwn(settings, key);
    if (value === null) {
      if (present) changed.push(path);
      delete settings[key];
    } else if (!isGroup(value)) {
      if (present && (Object.is(settings[key], value) || sameItems(settings[key], value))) continue;
      settings[key] = value;
      changed.push(path);
    } else if (present && isGroup(settings[key])) {
      changed.push(...overlay(settings[key], value, `${path}.`));
    } else {
      settings[key] = fresh(value);
      changed.push(path);
    }
  }
  return changed;
}
