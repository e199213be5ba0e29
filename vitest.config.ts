import { defineConfig } from 'vitest/config';

const shared = { globalSetup: ['test/build-first.ts'], testTimeout: 60_000, hookTimeout: 60_000 };

export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      { test: { ...shared, name: 'fast', include: ['test/**/*.test.ts'] } },
      { test: { ...shared, name: 'long', include: ['test/**/*.long.ts'], testTimeout: 1_800_000 } },
    ],
  },
});
