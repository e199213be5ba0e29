import type { Task } from '../datasets/task.ts';
import type { Environment } from './environment.ts';
import { environmentRules } from './environment-rules.ts';

/** What came of checking an environment: each rule with what was found against it. */
export type EnvironmentReport = {
  passed: boolean;
  rules: { rule: string; broken: string[] }[];
};

/**
 * Proves that an environment keeps the rules that its users rely on, by playing episodes of each task: with a known
 * wrong answer, an empty one and the task's reference. `create` is called anew for each rule and task, and the tasks
 * are played at the same time.
 *
 * @example
 * const report = await checkEnvironment((options) => createEnvironment({ ...options, sandbox }), tasks);
 * if (!report.passed) console.error(report.rules.filter(({ broken }) => broken.length > 0));
 */
export async function checkEnvironment(
  create: (options: { tasks: Iterable<Task> }) => Environment,
  tasks: readonly Task[],
): Promise<EnvironmentReport> {
  const rules: EnvironmentReport['rules'] = [];
  for (const { rule, check } of environmentRules) {
    const found = await Promise.all(tasks.map((task) => checkRule(check, () => create({ tasks }), task)));
    rules.push({ rule, broken: found.flat() });
  }
  return { passed: rules.every(({ broken }) => broken.length === 0), rules };
}

type Check = (typeof environmentRules)[number]['check'];

async function checkRule(check: Check, create: () => Environment, task: Task): Promise<string[]> {
  const environment = create();
  try {
    return (await check(environment, task, create)).map((message) => `${task.id}: ${message}`);
  } catch (thrown) {
    return [`${task.id}: ${thrown instanceof Error ? thrown.message : thrown}`];
  } finally {
    await environment.close();
  }
}
