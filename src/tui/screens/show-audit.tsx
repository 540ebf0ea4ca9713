import { render } from 'ink'
import type { AuditItem, Judgement } from '../audit-state.ts'
import { AuditScreen } from './audit.tsx'

/** Shows the screen until the person leaves it. */
export async function showAudit(
  items: readonly AuditItem[],
  onJudge: (fingerprint: string, judgement: Judgement) => void,
): Promise<void> {
  await render(<AuditScreen items={items} onJudge={onJudge} />).waitUntilExit()
}
