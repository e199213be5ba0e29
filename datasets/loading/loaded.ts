import type { Task } from '../task.ts';

/** What a loader makes of one task: the task, or the lines that tell what is wrong with it and where. */
export type Loaded = { id?: string; origin: string } & ({ task: Task } | { problems: string[] });
