import type { Recipe } from './recipe.ts'
import { runArguments, STANCH_IN_IMAGE } from './run-command.ts'

/**
 * An image whose entry point is `run`: no secret is in a layer or in its configuration. User 1000 is `node`, by its number, as
 * Kubernetes' `runAsNonRoot` wants it.
 */
export const dockerfile: Recipe = facts => ({
  name: 'Dockerfile',
  text: `FROM node:22-slim
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --omit=dev
COPY . .
USER 1000
ENTRYPOINT ${list([...STANCH_IN_IMAGE, ...runArguments(facts)])}
CMD ${list(['node', 'server.js'])}
`,
})

function list(words: readonly string[]): string {
  return `[${words.map(word => JSON.stringify(word)).join(', ')}]`
}
