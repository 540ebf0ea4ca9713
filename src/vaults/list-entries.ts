import type { EntryInfo, PageOptions, Vault } from './vault.ts'

/** All entries of a vault, page after page, as they are asked for. */
export async function* listEntries(
  vault: Pick<Vault, 'page'>,
  options: Omit<PageOptions, 'cursor'> = {},
): AsyncGenerator<EntryInfo> {
  let cursor: string | undefined
  do {
    const page = await vault.page({ ...options, cursor })
    yield* page.entries
    cursor = page.cursor
  } while (cursor !== undefined)
}

/** The same as an array, sorted by name. */
export async function allEntries(
  vault: Pick<Vault, 'page'>,
  options: Omit<PageOptions, 'cursor'> = {},
): Promise<EntryInfo[]> {
  const entries: EntryInfo[] = []
  for await (const entry of listEntries(vault, options)) entries.push(entry)
  return entries.sort((a, b) => (a.name < b.name ? -1 : 1))
}
