/**
 * Variables by which whoever can write to the vault would run code of their own in the child: loaders, start files and
 * options of interpreters, programs that others start. What each does is in the manual of its program (ld.so(8), bash(1),
 * node(1), python(1), perlrun(1), git(1)).
 */
const names = new Set([
  'PATH',
  'IFS',
  'ENV',
  'BASH_ENV',
  'BASHOPTS',
  'SHELLOPTS',
  'PROMPT_COMMAND',
  'PS4',
  'ZDOTDIR',
  'GCONV_PATH',
  'GLIBC_TUNABLES',
  'NODE_OPTIONS',
  'NODE_PATH',
  'NODE_REPL_EXTERNAL_MODULE',
  'ELECTRON_RUN_AS_NODE',
  'PYTHONPATH',
  'PYTHONHOME',
  'PYTHONSTARTUP',
  'PYTHONUSERBASE',
  'PERL5OPT',
  'PERL5LIB',
  'PERL5DB',
  'PERLLIB',
  'RUBYOPT',
  'RUBYLIB',
  'PHPRC',
  'PHP_INI_SCAN_DIR',
  'CLASSPATH',
  'JAVA_TOOL_OPTIONS',
  'JDK_JAVA_OPTIONS',
  '_JAVA_OPTIONS',
  'DOTNET_STARTUP_HOOKS',
  'DOTNET_ADDITIONAL_DEPS',
  'EDITOR',
  'VISUAL',
  'PAGER',
  'MANPAGER',
  'BROWSER',
  'LESSOPEN',
  'LESSCLOSE',
  'SSH_ASKPASS',
  'SUDO_ASKPASS',
  'MAKEFLAGS',
  'GNUMAKEFLAGS',
])
const families =
  /^(?:LD_|DYLD_|BASH_FUNC_|LUA_INIT|CORECLR_|COR_|GIT_(?:ASKPASS|CONFIG|EDITOR|EXEC_PATH|EXTERNAL_DIFF|PAGER|PROXY_COMMAND|SEQUENCE_EDITOR|SSH|TEMPLATE_DIR)|npm_config_(?:node_options|script_shell|shell|globalconfig|userconfig)$)/i

export function isDangerousName(name: string): boolean {
  return names.has(name) || families.test(name)
}
