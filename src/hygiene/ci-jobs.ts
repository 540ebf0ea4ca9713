/** Its lines. */
export type Job = readonly string[]

/**
 * For each line the job that it belongs to, in GitHub's and CircleCI's files below `jobs:`, in GitLab's at the left edge. What
 * has no jobs is one.
 */
export function jobsOf(lines: readonly string[]): Job[] {
  const starts = [...new Set([0, ...startsOfJobs(lines)])]
  return starts.flatMap((start, number) => {
    const job = lines.slice(start, starts[number + 1])
    return job.map(() => job)
  })
}

function startsOfJobs(lines: readonly string[]): number[] {
  const jobs = lines.findIndex(line => /^jobs:\s*(?:#.*)?$/.test(line))
  const first = jobs < 0 ? undefined : lines.slice(jobs + 1).find(line => /^\s+[^\s#]/.test(line))
  const indent = first === undefined ? 0 : first.search(/\S/)
  return lines.flatMap((line, at) =>
    at > jobs && line.search(/\S/) === indent && /^\s*[\w."'-]/.test(line) ? [at] : [],
  )
}
