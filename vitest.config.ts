import { defineConfig } from 'vitest/config';

const shared = { globalSetup: ['test/build-first.ts'], testTimeout: 60_000, hookTimeout: 60_000 };

/** `.ci/run` counts the tests by this report. */
const report = process.env.ASSAY_TEST_REPORT;

export default defineConfig({
  test: {
    maxWorkers: 2,
    reporters: report ? ['default', ['json', { outputFile: report }]] : ['default'],
    projects: [
      { test: { ...shared, name: 'fast', include: ['test/**/*.test.ts'] } },
      { test: { ...shared, name: 'long', include: ['test/**/*.long.ts'], testTimeout: 1_800_000 } },
    ],
  },
});
