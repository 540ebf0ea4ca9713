import { printJson } from '../../../reporters/print-json.ts'
import type { EnvReporter } from './index.ts'

export const json: EnvReporter = ({ files, problems, histories }) =>
  `${printJson(
    {
      schema: 'stanch.env/1',
      files: files.map(({ path, stage, kind, tracked, ignored, keys, uses }) => ({
        path,
        stage,
        kind,
        tracked,
        ignored: ignored !== 'no',
        keys: keys.map(({ name, line, classification }) => ({
          name,
          line,
          class: classification.class,
          reason: classification.reason,
          uses: uses.get(name) ?? [],
        })),
      })),
      problems: problems.map(({ rule, severity, path, line, key, message, fix, doubt }) => ({
        rule,
        severity,
        path,
        line: line ?? null,
        key: key ?? null,
        message,
        fix,
        confidence: doubt === undefined ? 'sure' : 'doubtful',
        doubt: doubt ?? null,
      })),
      histories: histories.map(({ root, commits, since, lacking, unread }) => ({
        root,
        commits,
        whole: since === undefined && lacking === 0,
        since: since ?? null,
        lacking,
        unread,
      })),
    },
    2,
  )}\n`
