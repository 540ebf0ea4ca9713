import { apt } from './apt.ts'
import { dpkg } from './dpkg.ts'
import type { PackageDatabase } from './package-database.ts'
import { python } from './python.ts'

export const packageDatabases: readonly PackageDatabase[] = [dpkg, python, apt]
