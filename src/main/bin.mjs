#!/usr/bin/env node
// The `joulebench` command. Plain JavaScript without anything new, so that an old Node can still say why it will not do.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
const needed = [22, 18];
if (major < needed[0] || (major === needed[0] && minor < needed[1])) {
  process.stderr.write(
    `joulebench needs Node.js ${needed.join('.')} or newer; this is ${process.versions.node}. Run it with npx joulebench, or install a newer Node.js.\n`,
  );
  process.exit(2);
}
const { existsSync } = await import('node:fs');
// In a checkout the sources run as they are; an installation has the build only.
const source = new URL('./cli.ts', import.meta.url);
const built = new URL('../../out/main/cli.js', import.meta.url);
const { main } = await import(existsSync(source) ? source.href : built.href);
process.exitCode = await main(process.argv.slice(2));
