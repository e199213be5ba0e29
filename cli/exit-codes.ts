/** What a command ends with; errors bring their own through `AssayError.exitCode`. */
export const exitCodes = {
  passed: 0,
  candidateFailed: 1,
  usage: 2,
  missing: 3,
  interrupted: 130,
} as const;
