export const hookTypes = ['pre-commit', 'pre-push', 'pre-receive'] as const
export type HookType = (typeof hookTypes)[number]
