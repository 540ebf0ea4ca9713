/**
 * The lines of the job that a line belongs to, in GitHub's and CircleCI's files below `jobs:`, in GitLab's at the left edge. What
 * has no jobs is one.
 */
export function jobAround(lines: readonly string[], at: number): readonly string[] {
  const starts = startsOfJobs(lines)
  const start = starts.findLast(line => line <= at) ?? 0
  return lines.slice(
    start,
    starts.find(line => line > at),
  )
}

function startsOfJobs(lines: readonly string[]): number[] {
  const jobs = lines.findIndex(line => /^jobs:\s*(?:#.*)?$/.test(line))
  const first = jobs < 0 ? undefined : lines.slice(jobs + 1).find(line => /^\s+[^\s#]/.test(line))
  const indent = first === undefined ? 0 : first.search(/\S/)
  return lines.flatMap((line, at) =>
    at > jobs && line.search(/\S/) === indent && /^\s*[\w."'-]/.test(line) ? [at] : [],
  )
}
