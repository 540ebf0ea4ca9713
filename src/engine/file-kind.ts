/** What a path says about the text in it, for judging bare values. A source map holds code within strings. */
const codeExtensions = new Set(
  (
    'c cc cpp cxx h hh hpp m mm cs java kt kts scala groovy gradle go rs swift dart py pyi rb php pl pm lua r jl ex exs erl hs ml fs vb ' +
    'js jsx mjs cjs ts tsx mts cts vue svelte astro sol zig nim v sv vhd pas d clj cljs el lisp scm coffee map'
  ).split(' '),
)

/** Whether bare words are expressions there, so that a secret can only stand in quotes. */
export function isCodePath(path: string): boolean {
  return codeExtensions.has(extensionOf(path))
}

function extensionOf(path: string): string {
  const dot = path.lastIndexOf('.')
  return dot < 0 || path.indexOf('/', dot) >= 0 ? '' : path.slice(dot + 1).toLowerCase()
}
