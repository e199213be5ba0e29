import { readFileSync } from 'node:fs';

const pattern = /^([01]\d|2[0-3]):([0-5]\d):([0-5]\d) ([^ ]+) (INFO|WARN|ERROR)(?: .*)?$/;
const secondsADay = 86_400;

const [settings, ...lines] = readFileSync(0, 'utf8').split('\n');
const [window, threshold] = settings.split(' ').map(Number);
const sources = new Map();
const output = [];
let day = 1;
let lastTime = 0;
let badLines = 0;

for (const line of lines) {
  if (line.trim() === '') continue;
  const match = pattern.exec(line);
  if (match) take(match, line);
  else badLines += 1;
}

function take([, hours, minutes, seconds, source], line) {
  const time = Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
  if (time < lastTime) day += 1;
  lastTime = time;
  if (!line.includes('ERROR')) return;
  const now = day * secondsADay + time;
  if (!sources.has(source)) sources.set(source, { errors: 0, alarms: 0, recent: [] });
  const state = sources.get(source);
  state.errors += 1;
  state.recent = [...state.recent.filter((then) => now - then < window), now];
  if (state.recent.length < threshold) return;
  output.push(`day ${day} ${hours}:${minutes}:${seconds} ${source} within ${now - state.recent[0]} s`);
  state.alarms += 1;
  state.recent = [];
}

const byErrors = ([nameA, a], [nameB, b]) => b.errors - a.errors || (nameA < nameB ? -1 : 1);
const summary = [...sources].sort(byErrors).map(([name, { errors, alarms }]) => `${name} ${errors} ${alarms}`);
output.push(...(summary.length > 0 ? summary : ['no errors']));
if (badLines > 0) output.push(`bad lines: ${badLines}`);
console.log(output.join('\n'));
