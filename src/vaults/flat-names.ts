import type { Spelling } from './address.ts'

/** Stores without folders: `billing/KEY` is spelled `billing--KEY`. */
export const flatNames: Spelling = {
  write: key => key.replaceAll('/', '--'),
  read: name => name.replaceAll('--', '/'),
  refuses: key => (key.includes('--') ? '"--" stands for a slash there' : undefined),
}
